import { metricLabel } from './metric-words';

/** One panel: a metric, and what frames it where that arrived too. */
export interface MetricPanel {
  key: string;
  title: string;
  /** Drawn as a band around it. */
  low?: string;
  high?: string;
}

export interface MetricGroup {
  id: string;
  title: string;
  panels: MetricPanel[];
}

const framed = (prefix: string): MetricPanel => ({
  key: `${prefix}/mean`,
  title: metricLabel(`${prefix}/mean`),
  low: `${prefix}/min`,
  high: `${prefix}/max`,
});
const plain = (key: string): MetricPanel => ({ key, title: metricLabel(key) });

/** What is looked at first, in this order. The other hundred are found by searching. Names: AWS docs. */
export const CURATED: readonly MetricGroup[] = [
  {
    id: 'reward',
    title: 'Reward',
    panels: [
      plain('rollout/reward/zero_frac'),
      plain('rollout/reward/std'),
      plain('val/reward/mean'),
      plain('val/reward/pass_at_1'),
    ],
  },
  { id: 'turns', title: 'Turns', panels: [framed('rollout/turns'), framed('val/turns')] },
  {
    id: 'tokens',
    title: 'Tokens',
    panels: [
      {
        ...plain('rollout/tokens/response_mean'),
        low: 'rollout/tokens/response_min',
        high: 'rollout/tokens/response_max',
      },
      plain('rollout/tokens/response_max'),
      plain('rollout/tokens/prompt_mean'),
      plain('training/total_tokens'),
    ],
  },
  {
    id: 'batch',
    title: 'Advantage and batch quality',
    panels: [
      framed('rollout/advantage'),
      plain('analysis/zero_adv_groups'),
      plain('analysis/batch_valid_ratio'),
      plain('analysis/mean_group_reward_spread'),
    ],
  },
  {
    id: 'logprob',
    title: 'Log-probability health',
    panels: [
      { ...plain('rollout/logprob/nz_mean'), low: 'rollout/logprob/nz_min', high: 'rollout/logprob/nz_max' },
      plain('rollout/logprob/zero_frac'),
    ],
  },
  {
    id: 'timing',
    title: 'Timing',
    panels: [
      plain('timing_s/step'),
      plain('timing_s/training'),
      plain('timing_s/policy_update'),
      plain('timing_s/eval'),
    ],
  },
];

/** The keys one panel needs. */
export const panelKeys = ({ key, low, high }: MetricPanel): string[] =>
  [key, low, high].filter((each) => each !== undefined);

/**
 * The panels of a job. Without words to search for the curated ones, also those whose metric never came; with words every
 * metric that came and whose key or name holds all of them, in groups by the first part of the key.
 */
export function metricGroups(available: readonly string[], search: string): MetricGroup[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...CURATED];
  const groups = new Map<string, MetricPanel[]>();
  for (const key of available) {
    const text = `${key} ${metricLabel(key)}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const prefix = key.split('/').slice(0, -1).join('/') || 'other';
    groups.set(prefix, [...(groups.get(prefix) ?? []), plain(key)]);
  }
  return [...groups].map(([prefix, panels]) => ({ id: prefix, title: prefix, panels }));
}
