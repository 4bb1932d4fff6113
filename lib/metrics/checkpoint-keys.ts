import type { Series } from '../contract/metrics';

/** What is told of the step a checkpoint was written at, in this order. Names: AWS docs of training jobs. */
const TOLD = [
  'rollout/reward/mean',
  'rollout/reward/min',
  'rollout/reward/max',
  'val/reward/mean',
  'rollout/turns/mean',
  'rollout/tokens/response_mean',
  'training/total_tokens',
] as const;

/** Losses and divergences are not documented, but a run that logs one means it: `training/loss`, `policy_kl`. */
const HEALTH = /(^|[/_])(loss|kl)$/i;
const MOST_HEALTH = 4;

/** The metrics told of a checkpoint, out of those a run has. The documented ones are asked for whether they came or not. */
export function checkpointKeys(available: readonly string[]): string[] {
  return [...TOLD, ...available.filter((key) => HEALTH.test(key)).slice(0, MOST_HEALTH)];
}

export interface StepValue {
  key: string;
  /** Where it was measured; absent: not recorded. */
  step?: number;
  value?: number | null;
}

/**
 * The values of a step. Validations come every so many steps, so that of a validation the last one up to the step counts;
 * everything else is of that very step or not recorded.
 */
export function valuesAt(step: number, keys: readonly string[], series: readonly Series[]): StepValue[] {
  return keys.map((key) => {
    const found = series.find((one) => one.key === key);
    const at = found ? lastUpTo(found.steps, step) : -1;
    const measured = found?.steps[at];
    if (measured === undefined || (measured !== step && !key.startsWith('val/'))) return { key };
    return { key, step: measured, value: found?.values[at] ?? null };
  });
}

/** Index of the last of the rising steps that is not beyond `step`; -1 where there is none. */
function lastUpTo(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
