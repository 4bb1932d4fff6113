import Link from 'next/link';
import type { ReactNode } from 'react';
import { Hint } from '@/components/ui/hint';
import { MiddleCut } from '@/components/ui/middle-cut';
import { TimeText } from '@/components/ui/time-text';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { parentWords } from '@/lib/jobs/row-facts';
import classes from '../jobs-table.module.css';

/** The job's name, the way to its page, and under it where it came from. */
export function NameCell({ job, pick }: { job: JobRow; pick?: ReactNode }) {
  return (
    <div className={classes.name}>
      <div className={classes.nameLine}>
        {pick}
        <Link
          href={pagePaths.job(job.region, job.jobCategory, job.jobName)}
          prefetch={false}
          className={classes.nameLink}
          // The parts of a cut name would be read with a pause between them.
          aria-label={job.jobName}
          data-row-link
        >
          <MiddleCut text={job.jobName} tailLength={12} />
        </Link>
        {job.jobCategory === 'AgentRFTEvaluation' ? <span className={classes.evaluation}>Evaluation</span> : null}
        {job.deletedAt ? (
          <Hint
            label={
              <>
                Not in AWS any more, noticed <TimeText iso={job.deletedAt} focusable={false} />. Cairn remembers it.
              </>
            }
          >
            <span className={classes.deleted}>Deleted</span>
          </Hint>
        ) : null}
      </div>
      {job.parent ? <ParentLine job={job} parent={job.parent} /> : null}
    </div>
  );
}

function ParentLine({ job, parent }: { job: JobRow; parent: NonNullable<JobRow['parent']> }) {
  const step = parent.step === undefined ? '' : ` at step ${parent.step}`;
  return (
    <div className={classes.parent}>
      <span className={classes.parentWords}>{parentWords(parent.kind)}</span>
      {parent.job ? (
        <Link
          href={pagePaths.job(job.region, parent.job.jobCategory, parent.job.jobName)}
          prefetch={false}
          className={classes.parentLink}
          aria-label={parent.job.jobName}
        >
          <MiddleCut text={parent.job.jobName} tailLength={8} />
        </Link>
      ) : (
        <Hint label={<span className={classes.wrap}>{parent.packageArn}</span>} className={classes.short}>
          <span className={classes.ellipsis}>a checkpoint of an unknown job</span>
        </Hint>
      )}
      <span className={classes.parentWords}>{step}</span>
    </div>
  );
}
