import { Hint } from './hint';
import classes from './missing.module.css';

/** What stands where a value is not known: a dash, with the reason on hover and focus. Never a zero, never nothing. */
export function Missing({ reason, focusable }: { reason: string; focusable?: boolean }) {
  return (
    <Hint label={reason} focusable={focusable}>
      <span className={classes.dash} aria-hidden="true">
        —
      </span>
      <span className={classes.reader}>{reason}</span>
    </Hint>
  );
}
