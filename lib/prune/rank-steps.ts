import type { PruneRules } from '../contract/prune';
import type { JobRewards, StepSeries } from './prune-facts';

const hasNumber = (series: StepSeries | undefined): series is StepSeries =>
  series?.values.some((value) => value !== null) ?? false;

/**
 * The steps of one job with the highest reward, of those that left a checkpoint; of equals the later one counts.
 * Undefined when that cannot be told: the metric is not there, or was not read to the job's end.
 */
export function rankSteps(
  rewards: JobRewards | undefined,
  steps: ReadonlySet<number>,
  { best, by }: Pick<PruneRules, 'best' | 'by'>,
): Set<number> | undefined {
  // A validation that was logged and is not whole yet may hold a better step: the rollouts are no stand-in for it.
  const series = by === 'validation' && hasNumber(rewards?.validation) ? rewards.validation : rewards?.reward;
  if (!hasNumber(series) || !series.whole) return undefined;
  const ranked = series.steps
    .flatMap((step, place) => {
      const value = series.values[place];
      return steps.has(step) && value !== null && value !== undefined ? [{ step, value }] : [];
    })
    .sort((a, b) => b.value - a.value || b.step - a.step);
  return new Set(ranked.slice(0, best).map(({ step }) => step));
}
