import type { JobRow } from '@/lib/contract/jobs';
import classes from '../jobs-table.module.css';

interface PickBoxProps {
  job: JobRow;
  selected: boolean;
  onSelect: ((job: JobRow, selected: boolean) => void) | undefined;
}

/** Chooses a job to compare it with others. */
export function PickBox({ job, selected, onSelect }: PickBoxProps) {
  return (
    <label className={classes.pick}>
      <input
        type="checkbox"
        aria-label={`Select ${job.jobName} to compare`}
        checked={selected}
        disabled={!onSelect}
        onChange={(event) => onSelect?.(job, event.currentTarget.checked)}
      />
    </label>
  );
}
