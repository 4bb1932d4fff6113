import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './stale-note.module.css';

interface StaleNoteProps {
  message: string;
  hint?: string;
  onRetry?: () => void;
  retrying?: boolean;
}

/** Stands above data that is old because a refresh failed. The data stays. */
export function StaleNote({ message, hint, onRetry, retrying }: StaleNoteProps) {
  return (
    <div className={classes.note} role="status">
      <IconAlertTriangle size={16} aria-hidden="true" className={classes.icon} />
      <p className={classes.text}>
        {message} What you see is the last that was read. {hint}
      </p>
      {onRetry ? (
        <Button variant="default" onClick={onRetry} loading={retrying}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
