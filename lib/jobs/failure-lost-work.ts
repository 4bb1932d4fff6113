import type { JobDetail, JobRow } from '../contract/jobs';

/** What a failed or stopped training job had done beyond its last resumable checkpoint. */
export type LostWork =
  /** It cannot be said, and why. */
  | { known: false; reason: string }
  | {
      known: true;
      /** The step it was on when it ended. */
      reachedStep: number;
      /** Absent: no resumable checkpoint, everything is lost. */
      lastResumableStep?: number;
      /** Whole steps that are trained again after a resume. */
      lostSteps: number;
      /** Rollouts of the unfinished step, which are made again too. */
      lostRollouts?: { completed: number; total: number };
      /** From the last resumable checkpoint, or from the begin of the work, to the end. Absent where a time is unknown. */
      lostMs?: number;
      /** Billable tokens of that time: the job's own by its share of the steps, since AWS counts them for the job only. */
      lostTokens?: number;
    };

type Told = Pick<JobRow, 'progress' | 'checkpoints' | 'parent'> &
  Partial<Pick<JobDetail, 'tokens' | 'endTime' | 'transitions' | 'lastResumableTime'>>;

/**
 * Lost work of a job that ended without completing: whole steps between the last resumable checkpoint and the step it
 * was on, which itself was not finished (the service counts a step while it is being trained; SDK source).
 */
export function lostWork(job: Told): LostWork {
  const reachedStep = job.progress?.currentStep;
  if (reachedStep === undefined) {
    return { known: false, reason: 'AWS reported no progress for this job, so lost work cannot be counted.' };
  }
  const { lastResumableStep, resumable } = job.checkpoints;
  if (resumable > 0 && lastResumableStep === undefined) {
    return { known: false, reason: 'The steps of its resumable checkpoints are not known.' };
  }
  // A resumed job begins after its parent's checkpoint; the steps before are not its own to lose.
  const before = job.parent?.kind === 'resume' ? (job.parent.step ?? 0) : 0;
  const kept = Math.max(lastResumableStep ?? before, before);
  const rollouts = job.progress?.rollouts;
  const lostSteps = Math.max(0, reachedStep - 1 - kept);
  const underWay = reachedStep > kept;
  const lostMs = lostTime(job);
  const lostTokens = underWay ? lostShare(job, { lostSteps, madeSteps: Math.max(0, reachedStep - 1 - before) }) : 0;
  return {
    known: true,
    reachedStep,
    ...(lastResumableStep === undefined ? {} : { lastResumableStep }),
    lostSteps,
    ...(rollouts && rollouts.completed > 0 && underWay ? { lostRollouts: rollouts } : {}),
    ...(lostMs === undefined ? {} : { lostMs }),
    ...(lostTokens === undefined ? {} : { lostTokens }),
  };
}

function lostTime({ endTime, checkpoints, lastResumableTime, transitions = [] }: Told): number | undefined {
  const began = transitions.find(({ status }) => status === 'Training')?.startTime;
  const from = checkpoints.lastResumableStep === undefined ? began : lastResumableTime;
  if (from === undefined || endTime === undefined) return undefined;
  return Math.max(0, Date.parse(endTime) - Date.parse(from));
}

function lostShare({ tokens, progress }: Told, steps: { lostSteps: number; madeSteps: number }): number | undefined {
  const counts = [tokens?.train, tokens?.prefill, tokens?.sample].filter((count) => count !== undefined);
  if (counts.length === 0) return undefined;
  const { completed = 0, total = 0 } = progress?.rollouts ?? {};
  const begun = total > 0 ? Math.min(1, completed / total) : 0;
  const made = steps.madeSteps + begun;
  if (made === 0) return 0;
  return Math.round((counts.reduce((a, b) => a + b, 0) * (steps.lostSteps + begun)) / made);
}
