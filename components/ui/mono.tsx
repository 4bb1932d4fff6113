import type { ReactNode } from 'react';
import classes from './mono.module.css';

/** Names, ARNs, numbers in tables: the monospaced face, breaking anywhere rather than running over. */
export function Mono({ children, breakAnywhere = true }: { children: ReactNode; breakAnywhere?: boolean }) {
  return <span className={breakAnywhere ? `${classes.mono} ${classes.break}` : classes.mono}>{children}</span>;
}
