import classes from './code-text.module.css';

/** Text to read and copy as it is: reachable and scrollable by keyboard. */
export function CodeText({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.box} aria-label={label} tabIndex={0}>
      <pre className={classes.text}>{text}</pre>
    </section>
  );
}
