import { Hint } from '@/components/ui/hint';
import type { JobDetail } from '@/lib/contract/jobs';
import { type LostWork as LostWorkFacts, lostWork } from '@/lib/jobs/failure-lost-work';
import { formatCount, formatInteger, formatPlural } from '@/lib/shared/format';
import { formatDuration } from '@/lib/shared/time';
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
          <LostAmounts lost={lost} />
          <p className={classes.lostText}>{lostWords(lost)}</p>
        </>
      ) : (
        <p className={classes.lostText}>{lost.reason}</p>
      )}
    </div>
  );
}

type KnownLoss = Extract<LostWorkFacts, { known: true }>;

/** Tokens and hours between the last resumable checkpoint and the end. */
function LostAmounts({ lost: { lostTokens, lostMs } }: { lost: KnownLoss }) {
  const parts = [
    lostMs === undefined ? undefined : <span key="time">{formatDuration(lostMs)} of run time</span>,
    lostTokens === undefined ? undefined : (
      <Hint key="tokens" label={TOKENS_BASIS}>
        {lostTokens === 0 ? 'no' : `about ${formatCount(lostTokens)}`} billable tokens
      </Hint>
    ),
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? <p className={classes.lostAmounts}>{parts}</p> : null;
}

const TOKENS_BASIS =
  'AWS counts billable tokens for the whole job. This is the share of the steps that are trained again after a resume.';

function lostWords(lost: KnownLoss): string {
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
