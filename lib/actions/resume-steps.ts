import type { JobDetail } from '../contract/jobs';

export interface ResumeSteps {
  /** First step the new job trains: the checkpoint's step + 1 (AWS docs). */
  firstStep?: number;
  /** Steps of the whole run, as the parent counts them. */
  totalSteps?: number;
  stepsLeft?: number;
  /** Whole steps the parent had trained beyond the checkpoint. */
  stepsRedone?: number;
}

/** Which steps a resume from `step` trains. What is not known stays absent. */
export function resumeSteps(
  parent: Pick<JobDetail, 'jobStatus' | 'progress' | 'config'>,
  step: number | undefined,
): ResumeSteps {
  if (step === undefined) return {};
  const totalSteps = parent.progress?.totalSteps ?? maxSteps(parent.config.parsed);
  const done = stepsDone(parent);
  return {
    firstStep: step + 1,
    ...(totalSteps === undefined ? {} : { totalSteps, stepsLeft: Math.max(0, totalSteps - step) }),
    ...(done === undefined ? {} : { stepsRedone: Math.max(0, done - step) }),
  };
}

/** Whole steps of the run that are done. CurrentStep is the one under way until the job completes (SDK source). */
export function stepsDone({ jobStatus, progress }: Pick<JobDetail, 'jobStatus' | 'progress'>): number | undefined {
  if (!progress) return undefined;
  if (jobStatus === 'Completed') return progress.totalSteps ?? progress.currentStep;
  return progress.currentStep === undefined ? undefined : Math.max(0, progress.currentStep - 1);
}

function maxSteps(document: Record<string, unknown> | undefined): number | undefined {
  const training = document?.TrainingConfig;
  if (typeof training !== 'object' || training === null) return undefined;
  const parameters = (training as Record<string, unknown>).HyperParameters;
  if (typeof parameters !== 'object' || parameters === null) return undefined;
  const value = Number((parameters as Record<string, unknown>).max_steps ?? Number.NaN);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
