import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { type TroubleMinute, type TroubleResponse, troubleMinuteSchema } from '@/lib/contract/trouble';
import { readJobAgent } from '@/lib/jobs/agent';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import { countTrouble } from '@/lib/story/count-trouble';
import { isOfAnother } from '@/lib/story/jobs-named';
import { filterLogEvents } from '../aws/log-events';
import { listDocumentsDuring } from '../catalog/documents-from';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { TROUBLE } from './read-errors';

/** However many look at a running job: its agent's log is read on at most once in this time. */
const FRESH_MS = 60_000;
/** So much of a log is read at a time; after so many pages a question is answered, and the next goes on from there. */
const SLICE_MS = 15 * 60_000;
const MAX_PAGES = 30;
/** A slice with more than this is counted in part. */
const MAX_SLICE_PAGES = 40;
const PAGE_EVENTS = 10_000;
/** Lines arrive some seconds after they were written: the newest are left for the next time. */
const LATE_MS = 30_000;
const AFTER_MS = 2 * 60_000;
const MINUTE_MS = 60_000;

/** What was counted so far, kept in the catalog: a minute that is counted is never read again. */
const keptSchema = z.object({
  toMs: z.number(),
  minutes: z.array(troubleMinuteSchema),
  /** Some stretch held more than was counted. */
  cut: z.boolean(),
});
type Kept = z.infer<typeof keptSchema>;

const readings = new WeakMap<Deployment, Map<string, { at: number; answer: Promise<TroubleResponse> }>>();

/**
 * Errors and timeouts in the log of a job's agent, minute by minute over the life of the job. Read once, on from where the
 * last reading ended; shared by all who look. Never throws what AWS refuses: it is part of the answer.
 */
export async function getTrouble(d: Deployment, region: string, ref: JobRef): Promise<TroubleResponse> {
  const { job } = await getJob(d, region, ref);
  const jobs = readings.get(d) ?? new Map<string, { at: number; answer: Promise<TroubleResponse> }>();
  readings.set(d, jobs);
  const key = `${region} ${ref.jobCategory} ${ref.jobName}`;
  const known = jobs.get(key);
  if (known && Date.now() - known.at < FRESH_MS) {
    const answer = await known.answer;
    if (answer.state !== 'reading') return answer;
  }
  // Somebody else who waited for the same answer may have gone on already.
  const current = jobs.get(key);
  if (current && current !== known) return current.answer;
  const reading = { at: Date.now(), answer: readOn(d, region, job) };
  jobs.set(key, reading);
  const forget = () => jobs.get(key) === reading && jobs.delete(key);
  setTimeout(forget, FRESH_MS).unref();
  reading.answer.catch(forget);
  return reading.answer;
}

async function readOn(d: Deployment, region: string, job: JobDetail): Promise<TroubleResponse> {
  const agent = readJobAgent(job.config.parsed);
  const awsNow = d.awsNow(region);
  const scope = await d.scope(region);
  const fromMs = floorMinute(
    Date.parse(job.transitions.find(({ status }) => status === 'Training')?.startTime ?? job.creationTime),
  );
  const endMs = job.endTime === undefined ? undefined : Date.parse(job.endTime) + AFTER_MS;
  const kept = keptSchema.safeParse(await findReport(d.catalog, scope, job, 'trouble')).data ?? {
    toMs: fromMs,
    minutes: [],
    cut: false,
  };
  const sharedWith = await sharers(d, region, job, new Date(fromMs), new Date(endMs ?? awsNow));
  const answer = (
    state: TroubleResponse['state'],
    toMs: number,
    minutes: TroubleMinute[],
    note?: string,
  ): TroubleResponse => ({
    state,
    minutes,
    fromMs,
    toMs,
    ...(agent.kind !== 'unknown' && { logGroup: agent.logGroup }),
    ...(sharedWith.length > 0 && { sharedWith }),
    ...(note && { note }),
    asOf: new Date().toISOString(),
    awsNow: awsNow.toISOString(),
  });
  if (agent.kind === 'unknown') return answer('none', fromMs, [], 'The config document names no agent Cairn can read.');
  // Whole minutes only, so that each is counted once.
  const wantedMs = floorMinute(Math.min(awsNow.getTime() - LATE_MS, (endMs ?? Number.POSITIVE_INFINITY) + MINUTE_MS));
  const cutNote = ({ cut }: Kept) => (cut ? 'Some minutes hold more lines than were counted.' : undefined);
  if (kept.toMs >= wantedMs) return answer('ok', kept.toMs, kept.minutes, cutNote(kept));
  let read = kept;
  try {
    // Kept slice by slice: what was read before a failure is not read again.
    const what = { jobName: job.jobName, logGroup: agent.logGroup, sharedWith };
    for await (read of readSlices(d, region, what, kept, wantedMs)) {
      await saveReport(d.catalog, scope, job, 'trouble', read);
    }
    return answer(read.toMs < wantedMs ? 'reading' : 'ok', read.toMs, read.minutes, cutNote(read));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const state = error.code === 'not_found' ? 'none' : error.code === 'access_denied' ? 'denied' : 'failed';
    const note =
      state === 'none'
        ? `There is no log group ${agent.logGroup}.`
        : [error.message, error.hint].filter(Boolean).join(' ');
    return answer(state, read.toMs, read.minutes, note);
  }
}

/** Names of other jobs that ran meanwhile with an agent that writes into the same log group. */
async function sharers(d: Deployment, region: string, job: JobDetail, from: Date, to: Date): Promise<string[]> {
  const agent = readJobAgent(job.config.parsed);
  if (agent.kind === 'unknown') return [];
  const holds = agent.kind === 'agentcore' ? agent.runtimeId : agent.name;
  const documents = await listDocumentsDuring(d.catalog, await d.scope(region), job, { from, to, holds });
  return documents.flatMap(({ job: other, raw }) => {
    const its = readJobAgent(parseConfigDocument(raw).parsed);
    return its.kind !== 'unknown' && its.logGroup === agent.logGroup ? [other.jobName] : [];
  });
}

const floorMinute = (ms: number) => ms - (ms % MINUTE_MS);

/** Slice by slice, oldest first, so that what is read is one stretch; a slice that was begun is read to its end. */
async function* readSlices(
  d: Deployment,
  region: string,
  { jobName, logGroup, sharedWith }: { jobName: string; logGroup: string; sharedWith: readonly string[] },
  kept: Kept,
  wantedMs: number,
): AsyncGenerator<Kept, undefined> {
  let { toMs, minutes, cut } = kept;
  let pages = 0;
  while (toMs < wantedMs && pages < MAX_PAGES) {
    const endMs = Math.min(toMs + SLICE_MS, wantedMs);
    const lines: Array<{ atMs: number; message: string }> = [];
    const first = pages;
    let nextToken: string | undefined;
    do {
      pages += 1;
      const answer = await filterLogEvents(d.aws(region), {
        logGroup,
        pattern: TROUBLE,
        startTime: new Date(toMs),
        // FilterLogEvents takes the end in (AWS docs).
        endTime: new Date(endMs - 1),
        limit: PAGE_EVENTS,
        startFromHead: true,
        nextToken,
      });
      for (const { timestamp, message } of answer.events) {
        if (!isOfAnother(message, jobName, sharedWith)) lines.push({ atMs: timestamp.getTime(), message });
      }
      nextToken = answer.nextToken;
    } while (nextToken && pages - first < MAX_SLICE_PAGES);
    minutes = countTrouble(minutes, lines);
    cut ||= nextToken !== undefined;
    toMs = endMs;
    yield { toMs, minutes, cut };
  }
  return undefined;
}
