import 'server-only';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { type StoryEntry, type StoryResponse, type StorySourceState, storyResponseSchema } from '@/lib/contract/story';
import { readJobAgent } from '@/lib/jobs/agent';
import { jobStatusFacts } from '@/lib/jobs/status';
import { eventDetail, eventTitle } from '@/lib/story/event-words';
import { findCauses } from '@/lib/story/find-causes';
import { foldLines } from '@/lib/story/fold-lines';
import { transitionEntries } from '@/lib/story/transition-entries';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { type JobTrailEvent, readJobTrail } from './job-trail';
import { readErrors } from './read-errors';
import type { TrailRead } from './read-trail';

/** After this long CloudTrail and the logs have told everything: the story of a finished job is then kept. */
const SETTLED_MS = 20 * 60_000;
const SHARED_MS = 30_000;

const shared = new WeakMap<Deployment, Map<string, { at: number; story: Promise<StoryResponse> }>>();

/**
 * What happened around the end of a job, from every source that knows. Worked out once for a finished job and kept; for any
 * other, at most every 30 s however many look.
 */
export async function getStory(d: Deployment, region: string, ref: JobRef): Promise<StoryResponse> {
  const { job } = await getJob(d, region, ref);
  const scope = await d.scope(region);
  const kept = storyResponseSchema.safeParse(await findReport(d.catalog, scope, ref, 'story'));
  if (kept.success) return { ...kept.data, awsNow: d.awsNow(region).toISOString(), kept: true };
  const stories = shared.get(d) ?? new Map<string, { at: number; story: Promise<StoryResponse> }>();
  shared.set(d, stories);
  const key = `${region} ${ref.jobCategory} ${ref.jobName}`;
  const known = stories.get(key);
  if (known && Date.now() - known.at < SHARED_MS) return known.story;
  const entry = { at: Date.now(), story: makeStory(d, region, job) };
  stories.set(key, entry);
  const forget = () => stories.get(key) === entry && stories.delete(key);
  setTimeout(forget, SHARED_MS).unref();
  entry.story.catch(forget);
  return entry.story;
}

async function makeStory(d: Deployment, region: string, job: JobDetail): Promise<StoryResponse> {
  const awsNow = d.awsNow(region);
  const endMs = Math.min(Date.parse(job.endTime ?? awsNow.toISOString()), awsNow.getTime());
  const startMs = Date.parse(job.creationTime);
  const agent = readJobAgent(job.config.parsed);
  const jobGroup = `/aws/sagemaker/Job/${job.jobCategory}`;
  const [jobLog, agentLog, trail] = await Promise.all([
    readErrors(d, region, jobGroup, { startMs, endMs, prefix: `${job.jobName}/` }),
    agent.kind === 'unknown' ? undefined : readErrors(d, region, agent.logGroup, { startMs, endMs }),
    readJobTrail(d, region, job),
  ]);
  // What was done long after the end is in the Events tab.
  const near = trail.events.filter(({ at }) => at.getTime() <= endMs + 3_600_000);
  const entries = [
    ...transitionEntries(job),
    ...foldLines('job-log', jobLog.lines),
    ...foldLines('agent-log', agentLog?.lines ?? []),
    ...near.map((event) => trailEntry(event, job)),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const deployments = near
    .filter(({ name }) => name.startsWith('UpdateAgentRuntime') || name.startsWith('UpdateFunctionCode'))
    .map(({ at, user, name, request }) => ({
      at: at.toISOString(),
      source: 'cloudtrail' as const,
      text: `${eventTitle(name, request)}${user ? ` (${user})` : ''}`,
    }));
  const sources: StorySourceState[] = [
    { source: 'transitions', label: 'Status', state: 'ok' },
    { source: 'job-log', label: 'Job log', logGroup: jobGroup, state: jobLog.state, note: jobLog.note },
    agentLog && agent.kind !== 'unknown'
      ? {
          source: 'agent-log',
          label: 'Agent log',
          logGroup: agent.logGroup,
          state: agentLog.state,
          note: agentLog.note,
        }
      : {
          source: 'agent-log',
          label: 'Agent log',
          state: 'none',
          note: 'The config document names no agent Cairn can read.',
        },
    { source: 'cloudtrail', label: 'CloudTrail', state: trail.read.state, note: trailNote(trail.read) },
  ];
  const story: StoryResponse = {
    from: new Date(entries[0] ? Math.min(startMs, Date.parse(entries[0].at)) : startMs).toISOString(),
    to: new Date(Math.max(endMs, Date.parse(entries.at(-1)?.at ?? awsNow.toISOString()))).toISOString(),
    entries,
    sources,
    causes: findCauses(job, entries, deployments),
    kept: false,
    asOf: new Date().toISOString(),
    awsNow: awsNow.toISOString(),
  };
  const whole = !trail.read.truncated && sources.every(({ state }) => state === 'ok' || state === 'none');
  const settled = jobStatusFacts(job.jobStatus).final && awsNow.getTime() - endMs > SETTLED_MS;
  if (settled && whole) await saveReport(d.catalog, await d.scope(region), job, 'story', story);
  return story;
}

function trailEntry(event: JobTrailEvent, job: JobDetail): StoryEntry {
  const deployed = event.name.startsWith('UpdateAgent') || event.name.startsWith('UpdateFunction');
  const during = event.at.toISOString() > job.creationTime;
  const detail = eventDetail(event.request);
  const title = eventTitle(event.name, event.request);
  return {
    id: `cloudtrail#${event.id}`,
    source: 'cloudtrail',
    at: event.at.toISOString(),
    level: event.errorCode ? 'error' : deployed && during ? 'warn' : 'info',
    text: `${title}${event.user ? ` (${event.user})` : ''}${detail ? `: ${detail}` : ''}${event.errorCode ? `, refused: ${event.errorCode}` : ''}`,
    count: 1,
    pinned: deployed && during,
  };
}

function trailNote(read: TrailRead): string {
  if (read.error) return [read.error.message, read.error.hint].filter(Boolean).join(' ');
  if (read.truncated && read.fromMs !== undefined) {
    const from = new Date(read.fromMs).toISOString().slice(0, 16).replace('T', ' ');
    return `There are more events than one reading takes: those before ${from} UTC are still missing. Look again in a minute.`;
  }
  return 'Events may arrive 15 minutes late.';
}
