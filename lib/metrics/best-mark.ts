import { formatInteger } from '../shared/format';
import { formatMetric } from './metric-words';
import type { StitchedPoint } from './stitch-series';

export interface Best {
  point: StitchedPoint;
  /** The value it was chosen by; for a smoothed curve not the point's own. */
  value: number;
  by: 'validation' | 'smoothed_reward';
  /** `Best at step 60: validation 0.62`. */
  label: string;
  /** What it was chosen by, one sentence. */
  reason: string;
}

const peak = (points: readonly StitchedPoint[], values: readonly (number | null)[]): number =>
  values.reduce<number>((best, value, place) => {
    if (value === null || !points[place]) return best;
    return best === -1 || value > (values[best] ?? Number.NEGATIVE_INFINITY) ? place : best;
  }, -1);

/** The step to go on from: the peak of validation, and of the smoothed reward where there was no validation. */
export function findBest(
  validation: readonly StitchedPoint[],
  reward: readonly StitchedPoint[],
  smoothed: readonly (number | null)[],
): Best | undefined {
  const values = validation.map(({ value }) => value);
  const atValidation = peak(validation, values);
  const point = validation[atValidation];
  const value = values[atValidation];
  if (point && value !== null && value !== undefined) {
    return {
      point,
      value,
      by: 'validation',
      label: `Best: step ${formatInteger(point.step)}`,
      reason: `Chosen by the highest validation reward, ${formatMetric('val/reward/mean', value)}.`,
    };
  }
  const atReward = peak(reward, smoothed);
  const rewardPoint = reward[atReward];
  const rewardValue = smoothed[atReward];
  if (!rewardPoint || rewardValue === null || rewardValue === undefined) return undefined;
  return {
    point: rewardPoint,
    value: rewardValue,
    by: 'smoothed_reward',
    label: `Best: step ${formatInteger(rewardPoint.step)}`,
    reason: `Chosen by the highest smoothed reward, ${formatMetric('rollout/reward/mean', rewardValue)}, because there is no validation.`,
  };
}
