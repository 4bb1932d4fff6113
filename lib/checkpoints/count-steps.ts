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
  /** The job has ended; its packages are all there. */
  ended: boolean;
  completed: boolean;
}

/**
 * The steps of a job's packages by counting them, oldest first: the n-th is of the n-th step that is saved. The weakest
 * evidence, so it is used only where everything known agrees: how often the model saves, where the job began, and that
 * as many packages are there as steps were saved. Undefined where it does not. A job that failed or was stopped may have
 * one more: the promoted copy of its last checkpoint (AWS docs), which is of the same step as the one before it.
 */
export function countSteps(input: CountInput): number[] | undefined {
  const { isOutput, startStep, saveEvery, currentStep, totalSteps, ended, completed } = input;
  if (startStep === undefined || !saveEvery || currentStep === undefined || isOutput.length === 0) return undefined;
  const saved = savedSteps(startStep, saveEvery, currentStep, totalSteps);
  const done = completed ? saved : saved.filter((step) => step < currentStep);
  const agrees = (count: number) =>
    // A running job may have been asked for its step a moment before or after its packages were listed.
    count === done.length || (!completed && count === saved.length) || (!ended && Math.abs(count - done.length) <= 1);
  const count = isOutput.length;
  const schedule = savedSteps(startStep, saveEvery, currentStep + saveEvery, totalSteps);
  const copied = schedule[done.length - 1];
  if (ended && !completed && isOutput.at(-1) === true && count === done.length + 1 && copied !== undefined) {
    return [...schedule.slice(0, done.length), copied];
  }
  return agrees(count) && schedule.length >= count ? schedule.slice(0, count) : undefined;
}

/** Steps after `start` up to `until` that are saved: every `every`-th of the run, and the last one. */
function savedSteps(start: number, every: number, until: number, total: number | undefined): number[] {
  const steps: number[] = [];
  const end = total === undefined ? until : Math.min(until, total);
  for (let step = (Math.floor(start / every) + 1) * every; step <= end; step += every) steps.push(step);
  if (total !== undefined && total <= until && total > start && steps.at(-1) !== total) steps.push(total);
  return steps;
}
