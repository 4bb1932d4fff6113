import type { Series } from '../contract/metrics';
import { formatInteger, formatPercent, formatPlural } from '../shared/format';
import { smooth } from './smooth';

/** Something in the curves that AWS's docs or practice warn of, and where. Steps are the job's own. */
export interface MetricWarning {
  kind: 'truncated' | 'no_gradient' | 'zero_reward_rising' | 'looping';
  /** The panel it is drawn on. */
  key: string;
  fromStep: number;
  toStep: number;
  title: string;
  text: string;
}

/** What warnings are found in. */
export const WARNING_KEYS = [
  'rollout/tokens/response_max',
  'analysis/zero_adv_groups',
  'training/num_groups',
  'rollout/reward/zero_frac',
  'rollout/turns/mean',
  'rollout/reward/mean',
] as const;

/** A step or two at the cap is a long answer; three on end is truncation. */
const RUN = 3;
/** From here on most of a batch teaches nothing. */
const NO_GRADIENT_SHARE = 0.5;
const RISE = 0.2;
const TURNS_RISE = 0.2;
/** Less than this is no gain of reward. */
const NO_GAIN = 0.005;
const WINDOW = 15;
const WEIGHT = 0.7;

interface Facts {
  series: readonly Series[];
  /** sampling_max_tokens of the config or its default. */
  maxTokens?: number;
  /** Prompt groups of a step (global_batch_size), where no metric tells it. */
  groups?: number;
}

/** Stretches of at least `RUN` points where `bad` holds, as places. Gaps end a stretch. */
function stretches(values: readonly (number | null)[], bad: (value: number, place: number) => boolean, least = RUN) {
  const found: { from: number; to: number }[] = [];
  let from = -1;
  for (let place = 0; place <= values.length; place += 1) {
    const value = values[place];
    const holds = value !== null && value !== undefined && bad(value, place);
    if (holds && from === -1) from = place;
    if (!holds && from !== -1) {
      if (place - from >= least) found.push({ from, to: place - 1 });
      from = -1;
    }
  }
  return found;
}

/** Everything worth a warning in the curves of one job, in order of steps. */
export function findWarnings({ series, maxTokens, groups }: Facts): MetricWarning[] {
  const of = (key: (typeof WARNING_KEYS)[number]) => series.find((each) => each.key === key);
  const at = (found: Series, { from, to }: { from: number; to: number }) => ({
    key: found.key,
    fromStep: found.steps[from] ?? 0,
    toStep: found.steps[to] ?? 0,
  });
  const warnings: MetricWarning[] = [];

  const longest = of('rollout/tokens/response_max');
  if (longest && maxTokens) {
    for (const stretch of stretches(longest.values, (value) => value >= maxTokens)) {
      warnings.push({
        kind: 'truncated',
        ...at(longest, stretch),
        title: 'Responses are cut off',
        text: `The longest response sits at sampling_max_tokens, ${formatInteger(maxTokens)} tokens. What comes after is never seen by the reward.`,
      });
    }
  }

  const idle = of('analysis/zero_adv_groups');
  const counted = of('training/num_groups');
  if (idle) {
    const inStep = new Map(counted?.steps.map((step, place) => [step, counted.values[place]]));
    const total = (place: number) => groups ?? inStep.get(idle.steps[place] ?? -1) ?? undefined;
    const bad = (value: number, place: number) => {
      const all = total(place);
      return all !== undefined && all !== null && all > 0 && value / all >= NO_GRADIENT_SHARE;
    };
    for (const stretch of stretches(idle.values, bad)) {
      const share = (idle.values[stretch.to] ?? 0) / (total(stretch.to) ?? 1);
      warnings.push({
        kind: 'no_gradient',
        ...at(idle, stretch),
        title: 'Most groups give no gradient',
        text: `In ${formatPercent(Math.min(1, share))} of the groups every rollout had the same reward, so nothing is learned from them. Easier or harder prompts, or a larger group, would help.`,
      });
    }
  }

  const zero = of('rollout/reward/zero_frac');
  if (zero) {
    const line = smooth(zero.values, WEIGHT);
    for (const stretch of risesOf(line, (now, then) => now - then >= RISE)) {
      warnings.push({
        kind: 'zero_reward_rising',
        ...at(zero, stretch),
        title: 'More rollouts get nothing',
        text: `The share of rollouts with reward zero rose to ${formatPercent(line[stretch.to] ?? 0)} within ${formatPlural(WINDOW, 'step')}.`,
      });
    }
  }

  const turns = of('rollout/turns/mean');
  const reward = of('rollout/reward/mean');
  if (turns && reward) {
    const line = smooth(turns.values, WEIGHT);
    const rewards = smooth(reward.values, WEIGHT);
    const places = new Map(reward.steps.map((step, place) => [step, place]));
    const gain = (to: number, from: number) => {
      const now = rewards[places.get(turns.steps[to] ?? -1) ?? -1];
      const then = rewards[places.get(turns.steps[from] ?? -1) ?? -1];
      return now === null || then === null || now === undefined || then === undefined ? undefined : now - then;
    };
    const climbs = risesOf(line, (now, then, to, from) => {
      const gained = gain(to, from);
      return now >= then * (1 + TURNS_RISE) && gained !== undefined && gained <= NO_GAIN;
    });
    for (const stretch of climbs) {
      warnings.push({
        kind: 'looping',
        ...at(turns, stretch),
        title: 'More turns, no more reward',
        text: 'Turns climb and reward does not: the agent may be going round in circles.',
      });
    }
  }
  return warnings.sort((a, b) => a.fromStep - b.fromStep);
}

/** Stretches that end at points for which `rose` holds against the point `WINDOW` before; those that touch become one. */
function risesOf(
  line: readonly (number | null)[],
  rose: (now: number, then: number, to: number, from: number) => boolean,
) {
  const flags = line.map((value, place) => {
    const then = line[place - WINDOW];
    return value !== null && then !== null && then !== undefined && rose(value, then, place, place - WINDOW) ? 1 : 0;
  });
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of stretches(flags, (flag) => flag === 1)) {
    const begin = Math.max(0, from - WINDOW);
    const before = merged.at(-1);
    if (before && begin <= before.to) before.to = to;
    else merged.push({ from: begin, to });
  }
  return merged;
}
