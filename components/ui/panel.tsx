import { type ReactNode, useId } from 'react';
import classes from './panel.module.css';

interface PanelProps {
  title: string;
  /** Beside the title, dimmed: a count, an age. */
  note?: ReactNode;
  /** At the right end of the title line. */
  actions?: ReactNode;
  children: ReactNode;
  /** The body touches the border: for tables. */
  flush?: boolean;
}

/** A titled region of a page; a landmark with the title as its name. */
export function Panel({ title, note, actions, children, flush = false }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <header className={classes.head}>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        {note ? <span className={classes.note}>{note}</span> : null}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </header>
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
