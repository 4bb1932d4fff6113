import { lifeOf } from '../../world/life';
import { logBegins } from '../../world/log-lines';
import type { Job } from '../../world/types';
import type { JobLogStream } from './log-streams';
import { eventsBackward, eventsForward, type LogEvent, type Range } from './stream-events';

interface Source {
  job: Job;
  streams: Set<string>;
  /** No event of the source comes before this, in reading order. */
  opensAt: number;
}

interface Open {
  events: Iterator<LogEvent>;
  head: LogEvent;
  jobIndex: number;
}

/** The events of many streams in one order of time. A job's log is only computed once the reading reaches it. */
export function* mergedEvents(streams: readonly JobLogStream[], range: Range, forward: boolean): Generator<LogEvent> {
  const sign = forward ? 1 : -1;
  const waiting = sourcesOf(streams, forward).sort(
    (a, b) => sign * (a.opensAt - b.opensAt) || a.job.index - b.job.index,
  );
  const open: Open[] = [];
  let next = 0;
  for (;;) {
    const first = firstOf(open, sign);
    const source = waiting[next];
    if (source && (!first || sign * source.opensAt <= sign * first.head.timestamp)) {
      next += 1;
      if (!touches(source.job, range)) continue;
      const events = (forward ? eventsForward : eventsBackward)(source.job, source.streams, range);
      const head = events.next();
      if (!head.done) open.push({ events, head: head.value, jobIndex: source.job.index });
      continue;
    }
    if (!first) return;
    yield first.head;
    const following = first.events.next();
    if (following.done) open.splice(open.indexOf(first), 1);
    else first.head = following.value;
  }
}

/** The source whose head comes first; jobs that wrote in the same millisecond always come in the same order. */
function firstOf(open: readonly Open[], sign: number): Open | undefined {
  let best: Open | undefined;
  for (const candidate of open) {
    const order = best ? candidate.head.timestamp - best.head.timestamp || candidate.jobIndex - best.jobIndex : -sign;
    if (sign * order < 0) best = candidate;
  }
  return best;
}

function sourcesOf(streams: readonly JobLogStream[], forward: boolean): Source[] {
  const byJob = new Map<Job, Source>();
  for (const { job, name } of streams) {
    const known = byJob.get(job);
    if (known) known.streams.add(name);
    else byJob.set(job, { job, streams: new Set([name]), opensAt: forward ? logBegins(job) : lifeOf(job).endTime });
  }
  return [...byJob.values()];
}

function touches(job: Job, range: Range): boolean {
  return logBegins(job) < range.toMs && lifeOf(job).endTime >= range.fromMs;
}
