import type { Series } from '../contract/metrics';
import type { TroubleMinute } from '../contract/trouble';

/** Keys of what is counted from the agent's log: never those of MLflow, which have no `#`-less twin. */
export const TROUBLE_KEYS = { errors: 'agent-log/errors', timeouts: 'agent-log/timeouts' } as const;

const MINUTE_MS = 60_000;

/** Errors and timeouts since the last step that was logged: no step's value, and often what ended the job. */
export function troubleAfter(minutes: readonly TroubleMinute[], { timesMs }: Pick<Series, 'timesMs'>): number {
  const lastMs = timesMs.at(-1) ?? Number.POSITIVE_INFINITY;
  return minutes
    .filter(({ atMs }) => atMs + MINUTE_MS / 2 > lastMs)
    .reduce((sum, { errors, timeouts }) => sum + errors + timeouts, 0);
}

/**
 * Errors and timeouts of an agent's log by step of a job: what came after the step before it was logged and before it was
 * logged itself. Minutes are told only whole, so that trouble at a step's edge may count for its neighbour. What came after
 * the last step belongs to the one under way and is left out. Steps that were not read of are gaps.
 */
export function troubleSeries(
  minutes: readonly TroubleMinute[],
  steps: Pick<Series, 'steps' | 'timesMs'>,
  read: { fromMs: number; toMs: number },
): Series[] {
  return (['errors', 'timeouts'] as const).map((kind) => {
    const values = steps.steps.map((_, place): number | null => {
      const toMs = steps.timesMs[place] ?? Number.NaN;
      const fromMs = steps.timesMs[place - 1] ?? Number.NEGATIVE_INFINITY;
      if (!(toMs - MINUTE_MS <= read.toMs && toMs >= read.fromMs)) return null;
      return minutes
        .filter(({ atMs }) => atMs + MINUTE_MS / 2 > fromMs && atMs + MINUTE_MS / 2 <= toMs)
        .reduce((sum, minute) => sum + minute[kind], 0);
    });
    return {
      key: TROUBLE_KEYS[kind],
      steps: [...steps.steps],
      values,
      timesMs: [...steps.timesMs],
      total: steps.steps.length,
    };
  });
}
