import type { Series } from '../contract/metrics';
import { formatInteger, formatPercent, formatSignificant } from '../shared/format';
import { smooth } from './smooth';

export interface Dip {
  /** Steps of the best before the fall and of the lowest after it. */
  fromStep: number;
  toStep: number;
  /** Whose doing it looks like. `unclear`: neither speaks. */
  blame: 'environment' | 'policy' | 'unclear';
  /** One or two sentences with the numbers they rest on. */
  words: string;
}

interface Signals {
  reward: Series | undefined;
  errors?: Series;
  timeouts?: Series;
  stepSeconds?: Series;
  turns?: Series;
}

const WEIGHT = 0.5;
/** A fall counts when it takes this much of everything the smoothed reward ever moved, and stands clear of its noise. */
const LEAST_SHARE = 0.25;
const NOISE_FACTOR = 3;
const LEAST_STEPS = 6;

/**
 * The largest fall of a reward and what stood beside it: errors and timeouts of the agent, slower steps and changed turns
 * speak for the environment; a fall while all of these stayed as they were, for the policy. Undefined without a fall that
 * stands out. Thresholds are Cairn's own.
 */
export function explainDip({ reward, errors, timeouts, stepSeconds, turns }: Signals): Dip | undefined {
  const fall = reward && findFall(reward);
  if (!reward || !fall) return undefined;
  const [fromStep, toStep] = [reward.steps[fall.from] ?? 0, reward.steps[fall.to] ?? 0];
  const compare = (series: Series | undefined) => beside(series, fromStep, toStep);
  const trouble = sum(compare(errors), compare(timeouts));
  const seconds = compare(stepSeconds);
  const turned = compare(turns);
  const steps = `Smoothed, the reward fell from ${formatSignificant(fall.high)} at step ${formatInteger(fromStep)} to ${formatSignificant(fall.low)} at step ${formatInteger(toStep)}`;
  const signs: string[] = [];
  if (trouble && trouble.during >= 0.5 && trouble.during >= 3 * trouble.before) {
    signs.push(`agent errors and timeouts rose from ${rate(trouble.before)} to ${rate(trouble.during)} a step`);
  }
  if (seconds && seconds.during > 1.5 * seconds.before) {
    signs.push(`steps took ${formatSignificant(seconds.during / seconds.before)} times as long`);
  }
  if (signs.length > 0) {
    const words = `${steps}, while ${signs.join(' and ')}. That points at the agent or what stands behind it, not at the policy.`;
    return { fromStep, toStep, blame: 'environment', words };
  }
  if (!trouble) {
    return {
      fromStep,
      toStep,
      blame: 'unclear',
      words: `${steps}. The agent’s log could not be read for those steps.`,
    };
  }
  const change = turned && turned.before > 0 ? turned.during / turned.before - 1 : 0;
  const moved =
    Math.abs(change) > 0.25 ? ` Turns changed by ${change > 0 ? '+' : '−'}${formatPercent(Math.abs(change))}.` : '';
  return {
    fromStep,
    toStep,
    blame: 'policy',
    words: `${steps}, while the agent’s errors, timeouts and step times stayed as they were. That points at the policy.${moved}`,
  };
}

const rate = (value: number) => (value === 0 ? 'none' : formatSignificant(value));

interface Fall {
  from: number;
  to: number;
  high: number;
  low: number;
}

/** The deepest fall below an earlier best, in the smoothed values. */
function findFall({ values }: Series): Fall | undefined {
  const smoothed = smooth(values, WEIGHT);
  const known = smoothed.flatMap((value, place) => (value === null ? [] : [{ value, place }]));
  if (known.length < LEAST_STEPS) return undefined;
  let best = known[0];
  let deepest: Fall | undefined;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const point of known) {
    low = Math.min(low, point.value);
    high = Math.max(high, point.value);
    if (!best || point.value >= best.value) best = point;
    else if (!deepest || best.value - point.value > deepest.high - deepest.low) {
      deepest = { from: best.place, to: point.place, high: best.value, low: point.value };
    }
  }
  if (!deepest) return undefined;
  const depth = deepest.high - deepest.low;
  const jumps = values.flatMap((value, i) => {
    const before = values[i - 1];
    return value === null || before === null || before === undefined ? [] : [Math.abs(value - before)];
  });
  const noise = [...jumps].sort((a, b) => a - b)[jumps.length >> 1] ?? 0;
  return depth >= LEAST_SHARE * (high - low) && depth > NOISE_FACTOR * noise * (1 - WEIGHT) ? deepest : undefined;
}

/** The mean of a signal in the fall, and in as many steps before it (five at least). */
function beside(series: Series | undefined, fromStep: number, toStep: number) {
  if (!series) return undefined;
  const span = Math.max(5, toStep - fromStep);
  const mean = (from: number, to: number) => {
    const inside = series.values.filter((value, i) => {
      const step = series.steps[i] ?? 0;
      return value !== null && step > from && step <= to;
    }) as number[];
    return inside.length > 0 ? inside.reduce((a, b) => a + b, 0) / inside.length : undefined;
  };
  const [before, during] = [mean(fromStep - span, fromStep), mean(fromStep, toStep)];
  return before === undefined || during === undefined ? undefined : { before, during };
}

function sum(a: ReturnType<typeof beside>, b: ReturnType<typeof beside>) {
  if (!a || !b) return a ?? b;
  return { before: a.before + b.before, during: a.during + b.during };
}
