import 'server-only';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { type StoryResponse, type StorySourceState, storyResponseSchema } from '@/lib/contract/story';
import { formatUtc } from '@/lib/shared/time';
import { findCauses } from '@/lib/story/find-causes';
import { findSkew } from '@/lib/story/find-skew';
import { foldLines } from '@/lib/story/fold-lines';
import { countCalls, refusedLines } from '@/lib/story/rollout-calls';
import { trailDeployments, trailEntry } from '@/lib/story/trail-entries';
import { transitionEntries } from '@/lib/story/transition-entries';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { readJobTrail } from './job-trail';
import { awaitCalls, type CallsRead, readCalls } from './read-calls';
import { readLogs, type StoryLogs, storyTimes } from './read-logs';
import type { TrailRead } from './read-trail';
import { isSettled } from './settled';

const SHARED_MS = 30_000;
/** While CloudTrail is still being read, people ask again every few seconds: the logs are not read again for that. */
const READING_MS = 10 * 60_000;

interface Shared {
  at: number;
  logs: Promise<StoryLogs>;
  /** Absent where the operator named nothing that records them. */
  calls: Promise<CallsRead> | undefined;
  story?: StoryResponse;
  /** Being put together now, for whoever asks meanwhile. */
  making?: Promise<StoryResponse>;
}

const shared = new WeakMap<Deployment, Map<string, Shared>>();

/**
 * What happened around the end of a job, from every source that knows. Worked out once for a finished job and kept; for any
 * other, the logs are read at most every 30 s however many look. CloudTrail is waited for some seconds only: what it has
 * not told by then comes with the next question, and its source says so.
 */
export async function getStory(d: Deployment, region: string, ref: JobRef): Promise<StoryResponse> {
  const { job } = await getJob(d, region, ref);
  const scope = await d.scope(region);
  const kept = storyResponseSchema.safeParse(await findReport(d.catalog, scope, ref, 'story'));
  // A trail that was named since then has more to tell.
  const lacksCalls = kept.success && !hasCalls(kept.data, d.settings);
  if (kept.success && !lacksCalls) return { ...kept.data, awsNow: d.awsNow(region).toISOString(), kept: true };
  const stories = shared.get(d) ?? new Map<string, Shared>();
  shared.set(d, stories);
  const key = `${region} ${ref.jobCategory} ${ref.jobName}`;
  const entry = freshEntry(stories.get(key)) ?? beginReading(d, region, job);
  if (stories.get(key) !== entry) {
    stories.set(key, entry);
    setTimeout(() => stories.get(key) === entry && stories.delete(key), READING_MS).unref();
    const drop = () => stories.get(key) === entry && stories.delete(key);
    entry.logs.catch(drop);
    entry.calls?.catch(drop);
  }
  if (entry.story && !isReading(entry.story)) return entry.story;
  entry.making ??= makeStory(d, region, job, entry)
    .then((story) => {
      entry.story = story;
      return story;
    })
    .finally(() => {
      entry.making = undefined;
    });
  return entry.making;
}

const beginReading = (d: Deployment, region: string, job: JobDetail): Shared => ({
  at: Date.now(),
  logs: readLogs(d, region, job),
  calls: readCalls(d, region, job, storyTimes(d, region, job)),
});

function freshEntry(entry: Shared | undefined): Shared | undefined {
  if (!entry) return undefined;
  const goodForMs = entry.making || (entry.story && isReading(entry.story)) ? READING_MS : SHARED_MS;
  return Date.now() - entry.at < goodForMs ? entry : undefined;
}

/** Whether a story has the agents' calls, or knows that there are none where they are recorded now. */
function hasCalls({ callMinutes, sources }: StoryResponse, { trailLogGroup, trailLake }: Deployment['settings']) {
  const place = trailLogGroup ?? trailLake?.arn;
  if (!place || callMinutes) return true;
  return sources.some(({ logGroup, eventDataStore, source }) => {
    return source === 'rollout-calls' && place === (logGroup ?? eventDataStore);
  });
}

export const isReading = (story: StoryResponse) => story.sources.some(({ state }) => state === 'reading');

async function makeStory(
  d: Deployment,
  region: string,
  job: JobDetail,
  begun: Pick<Shared, 'logs' | 'calls'>,
): Promise<StoryResponse> {
  const [logs, calls, trail] = await Promise.all([
    begun.logs,
    begun.calls && awaitCalls(d, begun.calls),
    readJobTrail(d, region, job),
  ]);
  const awsNow = d.awsNow(region);
  const { startMs, endMs } = storyTimes(d, region, job);
  // What was done long after the end is in the Events tab.
  const near = trail.events.filter(({ at }) => at.getTime() <= endMs + 3_600_000);
  const entries = [
    ...transitionEntries(job),
    ...foldLines('job-log', logs.jobLog.lines),
    ...foldLines('agent-log', logs.agentLog.lines),
    ...(logs.rollouts.entry ? [logs.rollouts.entry] : []),
    ...foldLines('rollout-calls', refusedLines(calls?.calls ?? [])),
    ...near.map((event) => trailEntry(event, job)),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const sources: StorySourceState[] = [
    { source: 'transitions', label: 'Status', state: 'ok' },
    logs.jobLog.source,
    logs.agentLog.source,
    logs.rollouts.source,
    ...(calls ? [calls.source] : []),
    { source: 'cloudtrail', label: 'CloudTrail', ...trailState(trail.read) },
  ];
  const skew = [logs.jobLog, logs.agentLog].flatMap(({ lines, source }) => findSkew(source.label, lines) ?? []);
  const story: StoryResponse = {
    from: new Date(entries[0] ? Math.min(startMs, Date.parse(entries[0].at)) : startMs).toISOString(),
    to: new Date(Math.max(endMs, Date.parse(entries.at(-1)?.at ?? awsNow.toISOString()))).toISOString(),
    entries,
    sources,
    ...(calls?.range && { callMinutes: countCalls(calls.calls, calls.range.fromMs, calls.range.toMs) }),
    ...(skew.length > 0 && { skew }),
    causes: findCauses(job, entries, trailDeployments(near)),
    kept: false,
    asOf: new Date().toISOString(),
    awsNow: awsNow.toISOString(),
  };
  const whole = sources.every(({ state }) => state === 'ok' || state === 'none');
  if (whole && isSettled(d, region, job)) await saveReport(d.catalog, await d.scope(region), job, 'story', story);
  return story;
}

function trailState(read: TrailRead): Pick<StorySourceState, 'state' | 'note'> {
  if (read.error) {
    return { state: read.state, note: [read.error.message, read.error.hint].filter(Boolean).join(' ') };
  }
  if (!read.reading) return { state: read.state, note: 'Events may arrive 15 minutes late.' };
  // Of some name nothing is there yet: no time to tell.
  const nothing = (read.fromMs ?? Number.POSITIVE_INFINITY) >= (read.toMs ?? 0) - 60_000;
  const until = nothing ? '' : ` Events before ${formatUtc(read.fromMs ?? 0)} are to come.`;
  return {
    state: 'reading',
    note: `Still reading CloudTrail, which answers twice a second.${until} This page adds them by itself.`,
  };
}
