import { Button } from '@mantine/core';
import { IconAlertOctagon, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessageState } from './message-state';

interface ErrorStateProps {
  /** What could not be done: "The job could not be loaded". */
  title: string;
  /** What happened and why, one sentence. */
  message: string;
  /** What to do, one sentence. */
  hint?: string;
  onRetry?: () => void;
  retrying?: boolean;
  actions?: ReactNode;
}

/** Something failed: what, why, and what to do. */
export function ErrorState({ title, message, hint, onRetry, retrying, actions }: ErrorStateProps) {
  return (
    <MessageState
      alert
      tone="failed"
      icon={<IconAlertOctagon size={20} />}
      title={title}
      actions={
        <>
          {onRetry ? (
            <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={onRetry} loading={retrying}>
              Try again
            </Button>
          ) : null}
          {actions}
        </>
      }
    >
      <p>{message}</p>
      {hint ? <p>{hint}</p> : null}
    </MessageState>
  );
}
