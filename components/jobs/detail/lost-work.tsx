import type { JobDetail } from '@/lib/contract/jobs';
import { lostWork } from '@/lib/jobs/failure-lost-work';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import classes from './end-panel.module.css';

/** What was trained after the last resumable checkpoint: to be trained again, or gone. */
export function LostWork({ job }: { job: JobDetail }) {
  const lost = lostWork(job);
  return (
    <div>
      <p className={classes.lostTitle}>Lost work</p>
      {lost.known ? (
        <>
          <p className={classes.lostCount}>
            {lost.lostSteps === 0 ? 'No whole step' : formatPlural(lost.lostSteps, 'step')}
          </p>
          <p className={classes.lostText}>{lostWords(lost)}</p>
        </>
      ) : (
        <p className={classes.lostText}>{lost.reason}</p>
      )}
    </div>
  );
}

function lostWords(lost: Extract<ReturnType<typeof lostWork>, { known: true }>): string {
  const kept =
    lost.lastResumableStep === undefined
      ? 'There is no resumable checkpoint.'
      : `The last resumable checkpoint is step ${formatInteger(lost.lastResumableStep)}.`;
  const rollouts = lost.lostRollouts
    ? ` with ${formatInteger(lost.lostRollouts.completed)} of ${formatInteger(lost.lostRollouts.total)} rollouts made`
    : '';
  const under =
    lost.lastResumableStep !== undefined && lost.reachedStep <= lost.lastResumableStep
      ? ''
      : ` Step ${formatInteger(lost.reachedStep)} was under way${rollouts}.`;
  return `${kept}${under}`;
}
