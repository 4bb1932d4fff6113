import { Hint } from '@/components/ui/hint';
import { Missing } from '@/components/ui/missing';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { JobDetail } from '@/lib/contract/jobs';
import { rolloutWords } from '@/lib/jobs/row-facts';
import { shownStatus } from '@/lib/jobs/status';
import { formatInteger, formatPercent } from '@/lib/shared/format';
import classes from './job-header.module.css';
import { progressDetail } from './job-words';

/** Bar and words of how far the job is. A job of which nothing is known has a hatched bar and a dash with the reason. */
export function JobProgress({ job }: { job: JobDetail }) {
  const { progress, jobCategory } = job;
  const detail = progressDetail(progress);
  const rollouts = jobCategory === 'AgentRFTEvaluation' ? evaluationRollouts(job) : rolloutWords(job);
  const { tone } = shownStatus(job.jobStatus, job.secondaryStatus);
  const percent = progress?.fraction === undefined ? undefined : formatPercent(progress.fraction);
  const words = [...new Set([percent, detail?.text, rollouts])].filter(Boolean).join(', ');
  return (
    <div className={classes.progress}>
      <div className={classes.bar}>
        <ProgressBar fraction={progress?.fraction} tone={tone} label={words === '' ? 'Progress not known' : words} />
      </div>
      {words === '' ? (
        <span className={classes.fact}>
          <span className={classes.label}>Progress</span> <Missing reason="AWS has reported no progress for this job" />
        </span>
      ) : null}
      {percent ? <span className={classes.percent}>{percent}</span> : null}
      {detail ? (
        detail.whole ? (
          <Hint label={`Over all epochs: ${detail.whole}`}>
            <span className={classes.fact}>{detail.text}</span>
          </Hint>
        ) : (
          <span className={classes.fact}>{detail.text}</span>
        )
      ) : null}
      {rollouts && rollouts !== detail?.text ? <span className={classes.fact}>{rollouts}</span> : null}
    </div>
  );
}

/** An evaluation has no steps: its rollouts are its progress, also after the end. */
function evaluationRollouts({ progress }: JobDetail): string | undefined {
  const rollouts = progress?.rollouts;
  return rollouts && `${formatInteger(rollouts.completed)} of ${formatInteger(rollouts.total)} rollouts`;
}
