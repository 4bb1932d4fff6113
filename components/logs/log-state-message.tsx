import { IconClockOff, IconFileOff, IconHourglass, IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { LogState } from '@/lib/logs/log-state';

interface LogStateMessageProps {
  state: Exclude<LogState, 'ok'>;
  logGroup: string;
}

/** Why there are no lines: not yet, not any more, or never written. The three are different things to do. */
export function LogStateMessage({ state, logGroup }: LogStateMessageProps) {
  if (state === 'none-yet') {
    return (
      <EmptyState icon={<IconHourglass size={20} />} title="No log yet">
        <p>CloudWatch Logs has no stream for this job. It appears when the job’s first container writes a line.</p>
        <p>This page looks again every few seconds.</p>
      </EmptyState>
    );
  }
  if (state === 'expired') {
    return (
      <EmptyState icon={<IconClockOff size={20} />} title="The log has expired">
        <p>
          CloudWatch Logs keeps no line of this job any more; the retention of the group {logGroup} has most likely
          removed them. A job that failed before it wrote anything looks the same.
        </p>
        <p>A longer retention on the group keeps the logs of later jobs.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconFileOff size={20} />} title="The log is empty">
      <p>The job has written no line to {logGroup}.</p>
    </EmptyState>
  );
}

/** Nothing found, and how much that says. */
export function NothingFound({ words, complete, actions }: { words: string; complete: boolean; actions: ReactNode }) {
  return (
    <EmptyState
      icon={<IconSearchOff size={20} />}
      title={complete ? `No line holds “${words}”` : `No line with “${words}” so far`}
      actions={actions}
    >
      <p>
        {complete
          ? 'The whole log was searched for these exact words; upper and lower case count.'
          : 'Only the newest part of the log was searched; older lines were not looked at yet.'}
      </p>
    </EmptyState>
  );
}
