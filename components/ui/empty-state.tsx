import { IconMoodEmpty } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MessageState } from './message-state';

interface EmptyStateProps {
  title: string;
  /** Why there is nothing, and what to do. */
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
}

/** Nothing to show, and why. */
export function EmptyState({ title, children, actions, icon }: EmptyStateProps) {
  return (
    <MessageState icon={icon ?? <IconMoodEmpty size={20} />} title={title} actions={actions}>
      {children}
    </MessageState>
  );
}
