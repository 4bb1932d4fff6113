import { Hint } from '@/components/ui/hint';
import type { JobRow } from '@/lib/contract/jobs';
import { shownStatus } from '@/lib/jobs/status';
import { StatusBadge } from '../../status-badge';
import classes from '../jobs-table.module.css';

/** The status, and for a job that failed the reason on a line of its own below the row. */
export function StatusCell({ job }: { job: JobRow }) {
  const { tone } = shownStatus(job.jobStatus, job.secondaryStatus);
  return (
    <>
      <StatusBadge
        jobStatus={job.jobStatus}
        secondaryStatus={job.secondaryStatus}
        hint={
          tone === 'unknown'
            ? 'A word of AWS that this version of Cairn does not know. It is shown as it came.'
            : undefined
        }
      />
      {job.failureReason ? (
        <div className={classes.reason}>
          <Hint label={<span className={classes.wrap}>{job.failureReason}</span>} className={classes.reasonHint}>
            <bdi className={classes.reasonText}>{job.failureReason}</bdi>
          </Hint>
        </div>
      ) : null}
    </>
  );
}
