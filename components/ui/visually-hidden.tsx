import type { ReactNode } from 'react';
import classes from './missing.module.css';

/** Words for screen readers only. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className={classes.reader}>{children}</span>;
}
