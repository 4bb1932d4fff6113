import { formatCount, formatPercent, formatSignificant } from '../shared/format';
import { formatDuration } from '../shared/time';
import { parsePassKey } from './reward-keys';

/** What is known of a metric by its name. Names and meanings: AWS docs, in own words. */
const WORDS: Record<string, string> = {
  'reward/mean': 'Mean reward',
  'reward/valid_mean': 'Mean reward where there is an advantage',
  'reward/std': 'Spread of rewards',
  'reward/min': 'Lowest reward',
  'reward/max': 'Highest reward',
  'reward/zero_frac': 'Rollouts with reward zero',
  'turns/mean': 'Mean turns',
  'turns/min': 'Fewest turns',
  'turns/max': 'Most turns',
  'tokens/prompt_mean': 'Prompt tokens a turn',
  'tokens/response_mean': 'Response tokens a turn',
  'tokens/response_std': 'Spread of response tokens',
  'tokens/response_min': 'Shortest response',
  'tokens/response_max': 'Longest response',
  'logprob/zero_frac': 'Log-probabilities of exactly zero',
  'logprob/nz_mean': 'Mean log-probability',
  'logprob/nz_std': 'Spread of log-probabilities',
  'logprob/nz_min': 'Lowest log-probability',
  'logprob/nz_max': 'Highest log-probability',
  'advantage/mean': 'Mean advantage',
  'advantage/std': 'Spread of advantages',
  'advantage/min': 'Lowest advantage',
  'advantage/max': 'Highest advantage',
  'analysis/batch_completion_ratio': 'Groups completed',
  'analysis/batch_valid_ratio': 'Groups with an advantage',
  'analysis/zero_adv_groups': 'Groups without an advantage',
  'analysis/mean_group_reward_spread': 'Reward spread inside groups',
  'training/total_tokens': 'Tokens trained',
  'training/num_trajectories': 'Trajectories trained',
  'timing_s/step': 'Time of a step',
  'timing_s/training': 'Time in training',
  'timing_s/policy_update': 'Time handing over weights',
  'timing_s/save_checkpoint': 'Time saving a checkpoint',
  'timing_s/eval': 'Time of a validation',
};

/** A metric's name for people; the key itself for one nobody has met. */
export function metricLabel(key: string): string {
  const pass = parsePassKey(key);
  if (pass) return pass.kind === 'at' ? `pass@${pass.k}` : `pass^${pass.k}`;
  const short = key.replace(/^(rollout|val|eval)\//, '');
  const words = WORDS[key] ?? WORDS[short];
  if (!words) return key;
  return key.startsWith('val/') ? `Validation: ${words.charAt(0).toLowerCase()}${words.slice(1)}` : words;
}

export type MetricUnit = 'percent' | 'seconds' | 'count' | 'plain';

/** What a metric is counted in, by its name. */
export function unitOf(key: string): MetricUnit {
  if (key.startsWith('timing_s/')) return 'seconds';
  if (parsePassKey(key) || /(_frac|_ratio)$/.test(key)) return 'percent';
  if (/(^|\/)tokens\/|_tokens|total_tokens|num_|_count$|_groups$|_positions$/.test(key)) return 'count';
  return 'plain';
}

/** A value of a metric as text, with its unit. */
export function formatMetric(key: string, value: number): string {
  switch (unitOf(key)) {
    case 'percent':
      return formatPercent(value);
    case 'seconds':
      return formatDuration(value * 1000);
    case 'count':
      return Number.isInteger(value) || Math.abs(value) >= 1000 ? formatCount(value) : formatSignificant(value);
    case 'plain':
      return formatSignificant(value);
  }
}
