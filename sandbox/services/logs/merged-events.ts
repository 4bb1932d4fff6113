import { mergeSorted, type SortedSource } from '../../merge-sorted';
import type { LogSource } from './log-source';
import type { LogStream } from './log-streams';
import { eventsBackward, eventsForward, type LogEvent, type Range } from './stream-events';

/** The events of many streams in one order of time. A source's lines are only computed once the reading reaches it. */
export function mergedEvents(streams: readonly LogStream[], range: Range, forward: boolean): Iterable<LogEvent> {
  const bySource = new Map<LogSource, Set<string>>();
  for (const { source, name } of streams) {
    if (!touches(source, range)) continue;
    bySource.set(source, (bySource.get(source) ?? new Set()).add(name));
  }
  const sources = [...bySource].map(
    ([source, names]): SortedSource<LogEvent> => ({
      opensAt: forward ? source.begins() : source.ends(),
      rank: source.rank,
      open: () => (forward ? eventsForward : eventsBackward)(source, names, range),
    }),
  );
  return mergeSorted(sources, (event) => event.timestamp, forward);
}

function touches(source: LogSource, range: Range): boolean {
  return source.begins() < range.toMs && source.ends() >= range.fromMs;
}
