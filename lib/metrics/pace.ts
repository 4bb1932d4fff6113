import type { Series } from '../contract/metrics';
import { formatPlural } from '../shared/format';
import { formatDuration } from '../shared/time';

/** No new step for so many times the usual one: the job hangs, or its agent does. */
const STALL_FACTOR = 4;
/** Older steps say less of the pace: responses grow as a policy learns. */
const RECENT_STEPS = 20;

export interface Pace {
  medianStepMs: number;
  /** Set when no new step came for four times the median. */
  stalled?: { sinceMs: number; words: string };
  left?: { ms: number; words: string; basis: string };
}

interface PaceOptions {
  /** A metric that comes with every step. */
  series: Pick<Series, 'steps' | 'timesMs'> | undefined;
  /** Epoch milliseconds at AWS. */
  nowMs: number;
  /** The job trains: nothing stalls that waits, uploads or is over. */
  training: boolean;
  totalSteps?: number;
}

const median = (values: number[]): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return undefined;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
};

/** How fast a job steps, whether it hangs, and when it may end. Undefined before its third step. */
export function findPace({ series, nowMs, training, totalSteps }: PaceOptions): Pace | undefined {
  if (!series) return undefined;
  const gaps: number[] = [];
  for (let place = 1; place < series.steps.length; place += 1) {
    const steps = (series.steps[place] ?? 0) - (series.steps[place - 1] ?? 0);
    const ms = (series.timesMs[place] ?? Number.NaN) - (series.timesMs[place - 1] ?? Number.NaN);
    if (steps > 0 && ms > 0) gaps.push(ms / steps);
  }
  const recent = gaps.slice(-RECENT_STEPS);
  const medianStepMs = recent.length >= 2 ? median(recent) : undefined;
  // Not that of the highest step: a trainer that was interrupted makes earlier steps again.
  const lastMs = series.timesMs.length > 0 ? series.timesMs.reduce((a, b) => Math.max(a, b)) : undefined;
  const lastStep = series.steps.at(-1);
  if (medianStepMs === undefined || lastMs === undefined || lastStep === undefined) return undefined;
  if (!training) return { medianStepMs };
  const sinceMs = nowMs - lastMs;
  const usual = formatDuration(medianStepMs);
  const pace: Pace = { medianStepMs };
  if (sinceMs > STALL_FACTOR * medianStepMs) {
    pace.stalled = { sinceMs, words: `No new step for ${formatDuration(sinceMs)}; a step usually takes ${usual}.` };
  }
  if (totalSteps !== undefined && totalSteps > lastStep) {
    const stepsLeft = totalSteps - lastStep;
    // The step under way has been paid for in part.
    const ms = Math.max(0, stepsLeft * medianStepMs - Math.min(sinceMs, medianStepMs));
    pace.left = {
      ms,
      words: `about ${formatDuration(ms)} left`,
      basis: `${formatPlural(stepsLeft, 'step')} left at ${usual} each, the median of the last ${formatPlural(recent.length, 'step')}. Validation and saving are in it as far as those steps had them.`,
    };
  }
  return pace;
}
