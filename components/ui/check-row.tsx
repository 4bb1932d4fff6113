import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconHelp, IconXboxX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './check-row.module.css';
import { VisuallyHidden } from './visually-hidden';

export type CheckState = 'pass' | 'warn' | 'fail' | 'unknown' | 'not-run';

const LOOKS: Record<CheckState, { Icon: typeof IconHelp; word: string }> = {
  pass: { Icon: IconCircleCheck, word: 'Passed' },
  warn: { Icon: IconAlertTriangle, word: 'Warning' },
  fail: { Icon: IconXboxX, word: 'Failed' },
  unknown: { Icon: IconHelp, word: 'Could not check' },
  'not-run': { Icon: IconCircleDashed, word: 'Not run' },
};

interface CheckRowProps {
  state: CheckState;
  title: string;
  /** What was found. */
  detail: string;
  /** What to do about it. */
  hint?: string;
  children?: ReactNode;
}

interface CheckRowsProps {
  label?: string;
  busy?: boolean;
  /** Without coloured backgrounds: where many rows fail at once. */
  quiet?: boolean;
  children: ReactNode;
}

/** The list that check rows stand in. */
export function CheckRows({ label, busy, quiet, children }: CheckRowsProps) {
  return (
    <ul className={classes.list} aria-label={label} aria-busy={busy} data-quiet={quiet || undefined}>
      {children}
    </ul>
  );
}

/** One thing that was looked at. What passed is a quiet line; what did not says so in colour, shape and word. */
export function CheckRow({ state, title, detail, hint, children }: CheckRowProps) {
  const { Icon, word } = LOOKS[state];
  return (
    <li className={classes.item} data-state={state}>
      <Icon size={16} aria-hidden="true" className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>
          {title}
          {state === 'pass' ? <VisuallyHidden> {word}.</VisuallyHidden> : <span className={classes.state}>{word}</span>}
        </p>
        <p className={classes.detail}>{detail}</p>
        {hint ? <p>{hint}</p> : null}
        {children ? <div className={classes.more}>{children}</div> : null}
      </div>
    </li>
  );
}
