import { mergeSorted, type SortedSource } from '../../../merge-sorted';
import { lifeOf } from '../../../world/life';
import { parseRolloutId } from '../../../world/rollout-id';
import { rolloutsOf, rolloutWindows } from '../../../world/rollout-list';
import type { MlflowAccess } from '../access';
import { type MlflowRun, runOf } from '../runs';
import type { Trace } from './trace-info';

/** The traces of runs by the time of their request; a step's rollouts are simulated once the reading reaches it. */
export function tracesOf(runs: readonly MlflowRun[], t: number, forward: boolean): Iterable<Trace> {
  const sources = runs.map((run): SortedSource<Trace> => {
    const { workStart = 0, workEnd = 0 } = lifeOf(run.job);
    return {
      opensAt: forward ? workStart : workEnd,
      rank: run.job.index,
      open: () => runTraces(run, t, forward),
    };
  });
  return mergeSorted(sources, (trace) => trace.rollout.startedAt, forward);
}

function* runTraces(run: MlflowRun, t: number, forward: boolean): Generator<Trace> {
  const windows = rolloutWindows(run.job, t);
  if (!forward) windows.reverse();
  for (const window of windows) {
    const rollouts = rolloutsOf(run.job, window, t);
    if (!forward) rollouts.reverse();
    for (const rollout of rollouts) yield { run, rollout };
  }
}

/** One trace by its id, if it has ended by `t` and belongs to the app or server asked. */
export function findTrace({ region, arn }: MlflowAccess, traceId: string, t: number): Trace | undefined {
  const address = traceId.startsWith('tr-') ? parseRolloutId(traceId.slice(3)) : undefined;
  const job = address && region.jobs.find((candidate) => candidate.key === address.jobKey);
  const run = job && runOf(job, arn);
  if (!address || !run || run.startedAt > t) return undefined;
  const window = rolloutWindows(job, t).find(
    (candidate) => candidate.phase === address.phase && candidate.step === address.step,
  );
  const rollout = window && rolloutsOf(job, window, t).find((candidate) => candidate.index === address.index);
  return rollout && { run, rollout };
}
