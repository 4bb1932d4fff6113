import type { Series } from '../contract/metrics';
import { parsePassKey } from './reward-keys';

const PASS_K = [1, 2, 4, 8, 16, 32];

/** What an evaluation job is summed up by, with pass@k also for the k of its own. Names: AWS docs. */
export const evaluationKeys = (ks: readonly number[] = []): string[] => [
  ...['mean', 'std', 'min', 'max', 'zero_frac', 'num_prompts', 'rollouts_per_prompt', 'succeeded_rollouts'].map(
    (name) => `eval/reward/${name}`,
  ),
  ...['failed_rollouts', 'success_threshold'].map((name) => `eval/reward/${name}`),
  ...[...new Set([...PASS_K, ...ks])].flatMap((k) => [`eval/reward/pass_at_${k}`, `eval/reward/pass_power_${k}`]),
  'eval/turns/mean',
  'eval/tokens/response_mean',
  'timing_s/eval',
];

/** pass@k and pass^k of one k. */
export interface PassRow {
  k: number;
  at?: number;
  power?: number;
}

/** The last value of a metric: an evaluation tells each once (assumption). */
export function lastValue(series: readonly Series[], key: string): number | undefined {
  return series.find((each) => each.key === key)?.values.findLast((value) => value !== null) ?? undefined;
}

/** pass@k and pass^k by ascending k; a k that was not measured is left out. */
export function passRows(series: readonly Series[]): PassRow[] {
  const rows = new Map<number, PassRow>();
  for (const { key } of series) {
    const pass = parsePassKey(key);
    const value = lastValue(series, key);
    if (pass?.of !== 'eval' || value === undefined) continue;
    const row = rows.get(pass.k) ?? { k: pass.k };
    row[pass.kind] = value;
    rows.set(pass.k, row);
  }
  return [...rows.values()].sort((a, b) => a.k - b.k);
}

export interface Bucket {
  from: number;
  to: number;
  count: number;
}

/** Rewards in at most `most` buckets of equal width; each value alone where there are few different ones. */
export function distribute(values: readonly number[], most = 12): Bucket[] {
  if (values.length === 0) return [];
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const count = (test: (value: number) => boolean) => values.filter(test).length;
  if (distinct.length <= most) {
    return distinct.map((value) => ({ from: value, to: value, count: count((each) => each === value) }));
  }
  const [low, high] = [distinct[0] ?? 0, distinct.at(-1) ?? 0];
  const width = (high - low) / most;
  const buckets = Array.from({ length: most }, (_, place) => ({
    from: low + place * width,
    to: place === most - 1 ? high : low + (place + 1) * width,
    count: 0,
  }));
  for (const value of values) {
    const bucket = buckets[Math.min(most - 1, Math.floor((value - low) / width))];
    if (bucket) bucket.count += 1;
  }
  return buckets;
}
