import { AppError } from '@/lib/contract/app-error';
import classes from './actions.module.css';

interface ActionErrorProps {
  /** What was not done: "The job was not started". */
  title: string;
  error: Error;
}

/** An action that failed, beside the button that was pressed: what, why, and what to do. */
export function ActionError({ title, error }: ActionErrorProps) {
  const hint = error instanceof AppError ? error.hint : undefined;
  return (
    <div className={classes.alert} role="alert">
      <p className={classes.alertTitle}>{title}</p>
      <p>{error.message}</p>
      {hint ? <p>{hint}</p> : null}
    </div>
  );
}
