import { Button } from '@mantine/core';
import { IconClockOff, IconFileOff, IconFilterOff, IconHourglass, IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import type { LogLevel } from '@/lib/contract/logs';
import type { LogState } from '@/lib/logs/log-state';

interface LogStateMessageProps {
  state: Exclude<LogState, 'ok'>;
  logGroup: string;
  source: string;
}

/** Why there are no lines: not yet, not any more, or never written. The three are different things to do. */
export function LogStateMessage({ state, logGroup, source }: LogStateMessageProps) {
  const isJob = source === 'job';
  if (state === 'none-yet') {
    return (
      <EmptyState icon={<IconHourglass size={20} />} title="No log yet">
        <p>
          {isJob
            ? 'CloudWatch Logs has no stream for this job. It appears when the job’s first container writes a line.'
            : `CloudWatch Logs has no stream in ${logGroup}. It appears when the agent writes its first line.`}
        </p>
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
        <p>Cairn keeps the logs of jobs that finish while it runs. A longer retention on the group does so as well.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconFileOff size={20} />} title="The log is empty">
      <p>
        {isJob ? `The job has written no line to ${logGroup}.` : `${logGroup} has no line from the time of this job.`}
      </p>
    </EmptyState>
  );
}

interface NothingFoundProps {
  words: string | undefined;
  level: LogLevel | undefined;
  complete: boolean;
  actions: ReactNode;
}

/** Nothing found, and how much that says. */
export function NothingFound({ words, level, complete, actions }: NothingFoundProps) {
  const kind = level === 'error' ? 'error' : level === 'warn' ? 'warning or error' : 'line';
  const title = words ? `No ${kind} holds “${words}”` : `No ${kind} was found`;
  const soFar = words ? `No ${kind} with “${words}” so far` : `No ${kind} so far`;
  return (
    <EmptyState icon={<IconSearchOff size={20} />} title={complete ? title : soFar} actions={actions}>
      <p>
        {complete
          ? words
            ? 'Everything was searched for these exact words; upper and lower case count.'
            : 'Every line was looked at.'
          : 'Only the newest part of the log was searched; older lines were not looked at yet.'}
      </p>
    </EmptyState>
  );
}

/** The filters leave nothing. */
export function NothingInRange({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={<IconFilterOff size={20} />}
      title="No line in this stream and time"
      actions={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      <p>The log has lines, but none that these filters let through.</p>
    </EmptyState>
  );
}
