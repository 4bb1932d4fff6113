import { mergeSorted, type SortedSource } from '../../merge-sorted';
import { lifeOf } from '../../world/life';
import { logBegins } from '../../world/log-lines';
import type { Job } from '../../world/types';
import type { JobLogStream } from './log-streams';
import { eventsBackward, eventsForward, type LogEvent, type Range } from './stream-events';

/** The events of many streams in one order of time. A job's log is only computed once the reading reaches it. */
export function mergedEvents(streams: readonly JobLogStream[], range: Range, forward: boolean): Iterable<LogEvent> {
  const byJob = new Map<Job, Set<string>>();
  for (const { job, name } of streams) {
    if (!touches(job, range)) continue;
    byJob.set(job, (byJob.get(job) ?? new Set()).add(name));
  }
  const sources = [...byJob].map(
    ([job, names]): SortedSource<LogEvent> => ({
      opensAt: forward ? logBegins(job) : lifeOf(job).endTime,
      rank: job.index,
      open: () => (forward ? eventsForward : eventsBackward)(job, names, range),
    }),
  );
  return mergeSorted(sources, (event) => event.timestamp, forward);
}

function touches(job: Job, range: Range): boolean {
  return logBegins(job) < range.toMs && lifeOf(job).endTime >= range.fromMs;
}
