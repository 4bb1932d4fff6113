import { UnstyledButton } from '@mantine/core';
import classes from '@/components/ui/filter-bar.module.css';
import { StatusIcon } from '@/components/ui/status-icon';
import { parseStatusWords, toggleStatusGroup } from '@/lib/jobs/jobs-search';
import { STATUS_GROUPS, type StatusGroup, statusGroup } from '@/lib/jobs/status';
import { formatInteger } from '@/lib/shared/format';

interface StatusFilterProps {
  status: string | undefined;
  /** How many jobs of the region have which raw status; undefined while not known. */
  counts: readonly { value: string; count: number }[] | undefined;
  onChange: (status: string) => void;
}

const LABELS: Record<StatusGroup, string> = {
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  stopped: 'Stopped',
  unknown: 'Unknown',
};

/** The status groups as switches with their counts; several may be on. An unknown word shows up only where one occurs. */
export function StatusFilter({ status, counts, onChange }: StatusFilterProps) {
  const on = parseStatusWords(status);
  const countOf = (group: StatusGroup) =>
    counts?.reduce((sum, { value, count }) => (statusGroup(value) === group ? sum + count : sum), 0);
  return (
    <fieldset className={classes.statuses}>
      <legend className={classes.legend}>Status</legend>
      {STATUS_GROUPS.map((group) => {
        const count = countOf(group);
        const pressed = on.includes(group);
        if (group === 'unknown' && !count && !pressed) return null;
        return (
          <UnstyledButton
            key={group}
            className={classes.chip}
            aria-pressed={pressed}
            onClick={() => onChange(toggleStatusGroup(status, group))}
          >
            <StatusIcon tone={group} sizePx={12} />
            {LABELS[group]}
            {count === undefined ? null : <span className={classes.count}>{formatInteger(count)}</span>}
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}
