import type { RewardSummary } from '../contract/reward-summary';
import type { SeriesColumns } from './to-series';

/** As many as a sparkline of a table cell has room for. */
const MOST = 40;

/**
 * What a list row shows, from the headline series of a job: `mean` drawn small, and the best of `validation`. Undefined
 * when there is not one number.
 */
export function toRewardSummary(mean?: SeriesColumns, validation?: SeriesColumns): RewardSummary | undefined {
  const numbers = (mean?.values ?? []).filter((value) => value !== null);
  const best = bestOf(validation);
  if (numbers.length === 0 && !best) return undefined;
  return { spark: thin(mean?.values ?? []), last: numbers.at(-1), bestValidation: best };
}

function bestOf(series: SeriesColumns | undefined): RewardSummary['bestValidation'] {
  let best: RewardSummary['bestValidation'];
  series?.values.forEach((value, i) => {
    if (value !== null && (!best || value > best.value)) best = { value, step: series.steps[i] ?? 0 };
  });
  return best;
}

/** Lowest and highest of each of 20 stretches, in the order they came; a stretch without numbers is one gap. */
function thin(values: readonly (number | null)[]): (number | null)[] {
  if (values.length <= MOST) return [...values];
  const stretches = MOST / 2;
  return Array.from({ length: stretches }, (_, i) => {
    const stretch = values.slice(
      Math.floor((i * values.length) / stretches),
      Math.floor(((i + 1) * values.length) / stretches),
    );
    const numbers = stretch.filter((value) => value !== null);
    if (numbers.length === 0) return [null];
    const low = Math.min(...numbers);
    const high = Math.max(...numbers);
    return stretch.indexOf(low) <= stretch.indexOf(high) ? [low, high] : [high, low];
  }).flat();
}
