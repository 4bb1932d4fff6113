import { agentLogBegins, agentLogStreams } from '../../world/agent-log';
import { agentLogGroup, agentOf } from '../../world/agents';
import { ACCOUNT_ID } from '../../world/arns';
import { logStreams } from '../../world/log-lines';
import { rolloutCallsBegin } from '../../world/rollout-calls';
import type { Job, JobCategory } from '../../world/types';
import type { RegionWorld } from '../../world/world';
import { hasLog, type LogGroup } from './log-groups';
import { agentSource, jobSource, type LogSource, seededSource, trailSource } from './log-source';
import { INGESTION_MS } from './stream-events';

export interface LogStream {
  name: string;
  source: LogSource;
}

/**
 * The streams of a group whose names begin with `prefix`, in no particular order. Retention empties streams but does not
 * remove them.
 */
export function streamsAt(region: RegionWorld, group: LogGroup, t: number, prefix = ''): LogStream[] {
  const seeded = region.seededLogs
    .filter((log) => log.group === group.name && log.fromMs <= t && log.stream.startsWith(prefix))
    .map((log) => ({ name: log.stream, source: seededSource(log) }));
  return [...ownStreams(region, group, t, prefix), ...seeded];
}

function ownStreams(region: RegionWorld, group: LogGroup, t: number, prefix: string): LogStream[] {
  if ('category' in group.of) return jobStreams(region, group.of.category, t, prefix);
  if ('trail' in group.of) return trailStreams(region, t, prefix);
  return 'agent' in group.of ? agentStreams(region, group.name, t, prefix) : [];
}

/** A trail writes everything into one stream, whoever the calls are for. */
function trailStreams(region: RegionWorld, t: number, prefix: string): LogStream[] {
  const name = `${ACCOUNT_ID}_CloudTrail_${region.name}`;
  const begun = region.jobsByTime().some((job) => rolloutCallsBegin(job) <= t);
  return begun && name.startsWith(prefix) ? [{ name, source: trailSource(region, name) }] : [];
}

function jobStreams(region: RegionWorld, category: JobCategory, t: number, prefix: string): LogStream[] {
  const [jobPart = '', streamPart] = prefix.split('/', 2);
  const named = (job: Job) => (streamPart === undefined ? job.name.startsWith(jobPart) : job.name === jobPart);
  return region
    .jobsByTime()
    .filter((job) => job.category === category && named(job) && hasLog(job, t))
    .flatMap((job) => logStreams(job).map((name) => ({ name, source: jobSource(job) })))
    .filter((stream) => stream.name.startsWith(prefix));
}

function agentStreams(region: RegionWorld, groupName: string, t: number, prefix: string): LogStream[] {
  return region
    .jobsByTime()
    .filter((job) => {
      const agent = agentOf(job);
      return agent && agentLogGroup(agent) === groupName && (agentLogBegins(job) ?? Number.POSITIVE_INFINITY) <= t;
    })
    .flatMap((job) => agentLogStreams(job).map((name) => ({ name, source: agentSource(job) })))
    .filter((stream) => stream.name.startsWith(prefix));
}

export function findStream(region: RegionWorld, group: LogGroup, name: string, t: number): LogStream | undefined {
  return streamsAt(region, group, t, name).find((stream) => stream.name === name);
}

const QUARTER_HOUR_MS = 900_000;

/** What DescribeLogStreams says of a stream. */
export function streamSummary(group: LogGroup, stream: LogStream, t: number) {
  const first = firstEventTime(stream, t);
  const last = first === undefined ? undefined : Math.max(first, lastEventTime(stream.source, t));
  return {
    logStreamName: stream.name,
    creationTime: stream.source.begins(),
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
function lastEventTime(source: LogSource, t: number): number {
  const ends = source.ends();
  return ends > noticedBy(t) ? roughLastEventTime(source, t) : (source.lastLine(ends) ?? ends);
}

/** The same within seconds and without looking at the log: good enough to sort thousands of streams by. */
export function roughLastEventTime(source: LogSource, t: number): number {
  return Math.max(source.begins(), Math.min(source.ends(), noticedBy(t)));
}

const noticedBy = (t: number) => t - (t % QUARTER_HOUR_MS);

function firstEventTime({ name, source }: LogStream, t: number): number | undefined {
  // Made for a test, perhaps of a million lines: the first stands where it begins.
  if (source.windowMs !== undefined) return source.begins() <= t - INGESTION_MS ? source.begins() : undefined;
  for (const span of [600_000, Number.POSITIVE_INFINITY]) {
    const until = Math.min(t - INGESTION_MS, source.ends(), source.begins() + span) + 1;
    const first = source.lines(0, until).find((line) => line.stream === name);
    if (first) return first.timestamp;
  }
  return undefined;
}
