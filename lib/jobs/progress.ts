import type { Progress } from '../contract/jobs';
import type { JobCategory } from '../contract/names';
import { asCount, asRecord } from './parse-value';

/** ServiceOutput.ProgressInfo and RolloutInfo, read but not yet judged. */
export type RawProgress = Omit<Progress, 'fraction'>;

/**
 * Reads ProgressInfo in both its forms (SDK source): `{MaxSteps, CurrentStep}` and
 * `{MaxEpoch, StepsPerEpoch, CurrentEpoch, CurrentStep}`, where CurrentStep counts inside its epoch. Both become steps of
 * the whole run, the first being 1. Absent stays absent.
 */
export function toRawProgress(serviceOutput: Record<string, unknown> | undefined): RawProgress | undefined {
  const info = asRecord(serviceOutput?.ProgressInfo);
  const rollouts = toRollouts(serviceOutput);
  if (!info && !rollouts) return undefined;
  const maxEpoch = asCount(info?.MaxEpoch);
  const stepsPerEpoch = asCount(info?.StepsPerEpoch);
  const currentEpoch = asCount(info?.CurrentEpoch);
  const currentStep = asCount(info?.CurrentStep);
  const batchSize = asCount(info?.BatchSize);
  if (maxEpoch === undefined && stepsPerEpoch === undefined && currentEpoch === undefined) {
    return { form: 'step', currentStep, totalSteps: asCount(info?.MaxSteps), batchSize, rollouts };
  }
  const before =
    currentEpoch !== undefined && stepsPerEpoch !== undefined
      ? Math.max(0, currentEpoch - 1) * stepsPerEpoch
      : undefined;
  return {
    form: 'epoch',
    currentStep: currentStep !== undefined && before !== undefined ? before + currentStep : undefined,
    totalSteps: maxEpoch !== undefined && stepsPerEpoch !== undefined ? maxEpoch * stepsPerEpoch : undefined,
    currentEpoch,
    maxEpoch,
    stepsPerEpoch,
    batchSize,
    rollouts,
  };
}

function toRollouts(serviceOutput: Record<string, unknown> | undefined): Progress['rollouts'] {
  const info = asRecord(serviceOutput?.RolloutInfo);
  const completed = asCount(info?.Completed);
  const total = asCount(info?.Total);
  return completed === undefined || total === undefined ? undefined : { completed, total };
}

interface ProgressOf {
  jobCategory: JobCategory;
  jobStatus: string;
  /** The step of the resumable checkpoint the job went on from; absent for a job that began anew. */
  startStep?: number;
}

/**
 * Adds how much of the job's own work is done, 0 to 1.
 * Training: the step under way is not done (SDK source: CurrentStep - 1), except in a completed job, where everything is.
 * A resumed job counts on from its checkpoint, so the steps up to it are its parent's work and left out on both sides.
 * Evaluation: it has no steps; its rollouts are counted over the whole run (assumption).
 */
export function toProgress(raw: RawProgress, job: ProgressOf): Progress {
  if (job.jobStatus === 'Completed') return { ...raw, fraction: 1 };
  const { currentStep, totalSteps, rollouts } = raw;
  if (job.jobCategory === 'AgentRFTEvaluation') {
    return rollouts?.total ? { ...raw, fraction: Math.min(1, rollouts.completed / rollouts.total) } : raw;
  }
  if (currentStep === undefined || !totalSteps) return raw;
  // A start at or beyond what the job counts cannot be its start: the counter must have begun anew.
  const start = job.startStep !== undefined && job.startStep < Math.min(currentStep, totalSteps) ? job.startStep : 0;
  return { ...raw, fraction: Math.min(1, Math.max(0, currentStep - 1 - start) / (totalSteps - start)) };
}
