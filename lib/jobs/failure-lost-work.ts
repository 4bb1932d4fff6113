import type { JobRow } from '../contract/jobs';

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
    };

/**
 * Lost work of a job that ended without completing: whole steps between the last resumable checkpoint and the step it
 * was on, which itself was not finished (the service counts a step while it is being trained; SDK source).
 */
export function lostWork(job: Pick<JobRow, 'progress' | 'checkpoints' | 'parent'>): LostWork {
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
  return {
    known: true,
    reachedStep,
    ...(lastResumableStep === undefined ? {} : { lastResumableStep }),
    lostSteps: Math.max(0, reachedStep - 1 - kept),
    ...(rollouts && rollouts.completed > 0 && reachedStep > kept ? { lostRollouts: rollouts } : {}),
  };
}
