import { unitAt } from '../rng';
import type { TrainPlan } from './types';

// When each step ends, in closed form: the n-th step's time needs no other step's time, so a list of 200,000
// checkpoints can be entered anywhere.

const SALT_STEP = 11;
/** Steps jitter by at most this share of a step to either side, less than half, so that their order never changes. */
const JITTER = 0.22;

const intermediate = (plan: TrainPlan, step: number) =>
  plan.valEvery > 0 ? Math.floor(step / plan.valEvery) - Math.floor((plan.firstStep - 1) / plan.valEvery) : 0;

/** Validation passes done from the start of training until `step` has ended and, where due, been validated. */
function validationsBy(plan: TrainPlan, step: number): number {
  const last = step >= plan.lastStep && !(plan.valEvery > 0 && plan.lastStep % plan.valEvery === 0) ? 1 : 0;
  return (plan.baselineValidation ? 1 : 0) + intermediate(plan, step) + last;
}

/** True when the model is validated after this step (0 = before the first). */
export function isValidated(plan: TrainPlan, step: number): boolean {
  if (step === 0) return plan.baselineValidation;
  return step === plan.lastStep || (plan.valEvery > 0 && step % plan.valEvery === 0);
}

function outageMsBefore(plan: TrainPlan, step: number): number {
  let total = 0;
  for (const outage of plan.outages) {
    if (outage.afterStep < step) total += outage.interruptedMs + outage.restartingMs + plan.stepMs * OUTAGE_STEP_SHARE;
  }
  return total;
}

/** How far into the next step an outage strikes; that part is done again afterwards. */
export const OUTAGE_STEP_SHARE = 0.6;

/** Milliseconds from the start of training to the end of a step's optimizer update, before its validation. */
export function stepEndOffsetMs(plan: TrainPlan, key: number, step: number): number {
  const done = step - plan.firstStep + 1;
  if (done <= 0) return plan.baselineValidation ? plan.validationMs : 0;
  const jitterMs = (unitAt(key, SALT_STEP, step) * 2 - 1) * JITTER * plan.stepMs;
  return Math.round(
    done * plan.stepMs + validationsBy(plan, step - 1) * plan.validationMs + outageMsBefore(plan, step) + jitterMs,
  );
}

/** Milliseconds from the start of training to when a step is over, its validation included. */
export function stepDoneOffsetMs(plan: TrainPlan, key: number, step: number): number {
  const end = stepEndOffsetMs(plan, key, step);
  return step >= plan.firstStep && isValidated(plan, step) ? end + plan.validationMs : end;
}

/**
 * Milliseconds from the start of training to when a step begins to collect rollouts: after the step before it and that
 * one's validation, and once more after an outage that struck it.
 */
export function collectStartsMs(plan: TrainPlan, key: number, step: number): { first: number; again?: number } {
  const first = stepDoneOffsetMs(plan, key, step - 1);
  const outage = plan.outages.find((candidate) => candidate.afterStep === step - 1);
  if (!outage) return { first };
  return { first, again: first + plan.stepMs * OUTAGE_STEP_SHARE + outage.interruptedMs + outage.restartingMs };
}

/** The last step whose update had ended `offsetMs` after training began; `firstStep - 1` when none had. */
export function stepsDoneAt(plan: TrainPlan, key: number, offsetMs: number): number {
  let low = plan.firstStep - 1;
  let high = plan.lastStep;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (stepEndOffsetMs(plan, key, middle) <= offsetMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** True when checkpoints are saved after this step. The last step is always saved. */
export function isSaved(plan: TrainPlan, step: number): boolean {
  return step >= plan.firstStep && (step === plan.lastStep || (plan.saveEvery > 0 && step % plan.saveEvery === 0));
}

/** The first saved step after `step`, or undefined when there is none. */
export function nextSavedStep(plan: TrainPlan, step: number): number | undefined {
  if (step >= plan.lastStep) return undefined;
  if (plan.saveEvery <= 0) return plan.lastStep;
  const next = (Math.floor(step / plan.saveEvery) + 1) * plan.saveEvery;
  return Math.min(next, plan.lastStep);
}

/** The last saved step at or before `step`, or undefined when the job saved none by then. */
export function lastSavedStep(plan: TrainPlan, step: number): number | undefined {
  const reached = Math.min(step, plan.lastStep);
  if (reached < plan.firstStep) return undefined;
  if (reached === plan.lastStep) return reached;
  if (plan.saveEvery <= 0) return undefined;
  const saved = Math.floor(reached / plan.saveEvery) * plan.saveEvery;
  return saved >= plan.firstStep ? saved : undefined;
}
