import { Hint } from '@/components/ui/hint';
import { Missing } from '@/components/ui/missing';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { JobRow } from '@/lib/contract/jobs';
import { progressWords, rolloutWords } from '@/lib/jobs/row-facts';
import { jobStatusFacts, shownStatus } from '@/lib/jobs/status';
import { formatInteger } from '@/lib/shared/format';
import classes from '../jobs-table.module.css';

/** How far the job is: step n of N, the rollouts of a running step, and the bar where it is not simply full. */
export function ProgressCell({ job }: { job: JobRow }) {
  const words = progressWords(job.progress);
  const rollouts = rolloutWords(job);
  if (!words && job.progress?.fraction === undefined) return <Missing reason={whyNone(job)} />;
  const { tone } = shownStatus(job.jobStatus, job.secondaryStatus);
  const over = jobStatusFacts(job.jobStatus).final;
  const label = [words ?? 'progress', rollouts].filter(Boolean).join(', ');
  return (
    <div className={classes.progress}>
      <div className={classes.progressWords}>
        <span>{words}</span>
        {rollouts && job.progress?.rollouts ? (
          <Hint label={`${rollouts} of this step`}>
            <span className={classes.rollouts}>
              {formatInteger(job.progress.rollouts.completed)}/{formatInteger(job.progress.rollouts.total)}
              <span className={classes.rolloutsWord}> rollouts</span>
            </span>
          </Hint>
        ) : null}
      </div>
      {tone === 'completed' ? null : (
        <ProgressBar fraction={job.progress?.fraction} tone={over ? 'stopped' : tone} label={label} />
      )}
    </div>
  );
}

function whyNone(job: JobRow): string {
  if (!job.described) return 'Not described yet';
  return jobStatusFacts(job.jobStatus).final ? 'AWS told no progress of this job' : 'AWS tells no progress yet';
}
