/** A job's packages of one group, as counting needs them. */
export interface CountInput {
  /** Whether each package, oldest version first, is the job's output (OutputModelPackageArn). */
  isOutput: readonly boolean[];
  /** 0 for a job that began anew, the step of its resumable checkpoint for a resumed one; absent when not known. */
  startStep?: number;
  /** Every how many steps the model saves; absent when not known. */
  saveEvery?: number;
  /** The step under way, or the last one, as ServiceOutput.ProgressInfo says. */
  currentStep?: number;
  totalSteps?: number;
  ending: Ending;
}

/** none: it runs. early: it failed or was stopped. unknown: it ended in a way nobody has met. */
export type Ending = 'none' | 'completed' | 'early' | 'unknown';

/**
 * The steps of a job's packages by counting them, oldest first: the n-th is of the n-th step that is saved. The weakest
 * evidence, so it is used only where everything known agrees: how often the model saves, where the job began, and that
 * as many packages are there as steps were saved. Undefined where it does not. A job that failed or was stopped may have
 * one more: the promoted copy of its last checkpoint (AWS docs), which is of the same step as the one before it.
 */
export function countSteps(input: CountInput): number[] | undefined {
  const { isOutput, startStep, saveEvery, currentStep, totalSteps, ending } = input;
  const count = isOutput.length;
  if (startStep === undefined || !saveEvery || currentStep === undefined || count === 0) return undefined;
  const reached = savedSteps(startStep, saveEvery, currentStep, totalSteps);
  // Unless the job completed, the step under way is not done (SDK source).
  const done = ending === 'completed' ? reached : reached.filter((step) => step < currentStep);
  const promoted = isOutput.at(-1) === true && count === done.length + 1;
  const copied = done.at(-1);
  if (ending === 'early' && promoted && copied !== undefined) return [...done, copied];
  if (ending === 'unknown' && promoted) return undefined;
  // The step under way may be saved already, and a running job may have been asked a moment before or after its list.
  const agrees =
    count === done.length || count === reached.length || (ending === 'none' && Math.abs(count - done.length) <= 1);
  const schedule = savedSteps(startStep, saveEvery, currentStep + saveEvery, totalSteps);
  return agrees && schedule.length >= count ? schedule.slice(0, count) : undefined;
}

/** Steps after `start` up to `until` that are saved: every `every`-th of the run, and the last one. */
function savedSteps(start: number, every: number, until: number, total: number | undefined): number[] {
  const steps: number[] = [];
  const end = total === undefined ? until : Math.min(until, total);
  for (let step = (Math.floor(start / every) + 1) * every; step <= end; step += every) steps.push(step);
  if (total !== undefined && total <= until && total > start && steps.at(-1) !== total) steps.push(total);
  return steps;
}
