import { lifeOf } from '../../world/life';
import { lastLogTime, logBegins, logLines, logStreams } from '../../world/log-lines';
import type { Job } from '../../world/types';
import type { RegionWorld } from '../../world/world';
import { hasLog, type JobLogGroup } from './log-groups';
import { INGESTION_MS } from './stream-events';

export interface JobLogStream {
  name: string;
  job: Job;
}

/**
 * The streams of a group whose names begin with `prefix`, in no particular order. Retention empties streams but does not
 * remove them.
 */
export function streamsAt(region: RegionWorld, group: JobLogGroup, t: number, prefix = ''): JobLogStream[] {
  const [jobPart = '', streamPart] = prefix.split('/', 2);
  const named = (job: Job) => (streamPart === undefined ? job.name.startsWith(jobPart) : job.name === jobPart);
  return region
    .jobsByTime()
    .filter((job) => job.category === group.category && named(job) && hasLog(job, t))
    .flatMap((job) => logStreams(job).map((name) => ({ name, job })))
    .filter((stream) => stream.name.startsWith(prefix));
}

export function findStream(region: RegionWorld, group: JobLogGroup, name: string, t: number): JobLogStream | undefined {
  return streamsAt(region, group, t, name).find((stream) => stream.name === name);
}

const QUARTER_HOUR_MS = 900_000;

/** What DescribeLogStreams says of a stream. */
export function streamSummary(group: JobLogGroup, stream: JobLogStream, t: number) {
  const first = firstEventTime(stream, t);
  const last = first === undefined ? undefined : Math.max(first, lastEventTime(stream.job, t));
  return {
    logStreamName: stream.name,
    creationTime: logBegins(stream.job),
    firstEventTimestamp: first,
    lastEventTimestamp: last,
    lastIngestionTime: last === undefined ? undefined : last + INGESTION_MS,
    uploadSequenceToken: '49039859627988474747474747474747474747474747474747474747',
    arn: `${group.arn}:log-stream:${stream.name}`,
    // AWS stopped counting per stream in 2019 (AWS docs).
    storedBytes: 0,
  };
}

/**
 * When the last event was written, as far as the service has noticed: exact for a job that ended a while ago, and up to a
 * quarter of an hour behind for one that has not (AWS docs: eventually consistent).
 */
function lastEventTime(job: Job, t: number): number {
  const { endTime } = lifeOf(job);
  return endTime > noticedBy(t) ? roughLastEventTime(job, t) : (lastLogTime(job, endTime) ?? endTime);
}

/** The same within seconds and without looking at the log: good enough to sort thousands of streams by. */
export function roughLastEventTime(job: Job, t: number): number {
  return Math.max(logBegins(job), Math.min(lifeOf(job).endTime, noticedBy(t)));
}

const noticedBy = (t: number) => t - (t % QUARTER_HOUR_MS);

function firstEventTime(stream: JobLogStream, t: number): number | undefined {
  const { job } = stream;
  for (const span of [600_000, Number.POSITIVE_INFINITY]) {
    const until = Math.min(t - INGESTION_MS, lifeOf(job).endTime, logBegins(job) + span) + 1;
    const first = logLines(job, 0, until).find((line) => line.stream === stream.name);
    if (first) return first.timestamp;
  }
  return undefined;
}
