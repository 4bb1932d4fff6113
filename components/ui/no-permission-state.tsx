import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessageState } from './message-state';

interface NoPermissionStateProps {
  /** What may not be seen: "Jobs of us-west-2 cannot be read". */
  title: string;
  message: string;
  /** The IAM action or the setting that mends it. */
  hint?: string;
  actions?: ReactNode;
}

/** The credentials do not allow this; not the same as an error, and trying again does not help. */
export function NoPermissionState({ title, message, hint, actions }: NoPermissionStateProps) {
  return (
    <MessageState alert tone="warn" icon={<IconLock size={20} />} title={title} actions={actions}>
      <p>{message}</p>
      {hint ? <p>{hint}</p> : null}
    </MessageState>
  );
}
