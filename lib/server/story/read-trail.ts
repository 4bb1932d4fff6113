import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { type CallLimit, createCallLimit } from '../aws/call-limit';
import { lookupEventsPage, type TrailEvent } from '../aws/cloudtrail';
import { findSyncState, saveSyncState } from '../catalog/sync-state-store';
import { saveTrailEvents } from '../catalog/trail-events-store';
import type { Deployment } from '../deployment';

/** What changes a job, its checkpoints or its agent. LookupEvents takes one attribute, so each is asked for by itself. */
export const JOB_EVENTS = ['CreateJob', 'StopJob', 'DeleteJob'] as const;
export const PACKAGE_EVENTS = ['UpdateModelPackage', 'DeleteModelPackage'] as const;
export const AGENT_EVENTS = {
  agentcore: ['UpdateAgentRuntime', 'UpdateAgentRuntimeEndpoint'],
  lambda: ['UpdateFunctionCode20150331v2', 'UpdateFunctionConfiguration20150331v2'],
  unknown: [],
} as const;

/** CreateJob is an event name of other services as well. */
const SOURCES = new Set(['sagemaker.amazonaws.com', 'bedrock-agentcore.amazonaws.com', 'lambda.amazonaws.com']);

/** Events show up within about 15 min (AWS docs): what is younger than this is asked for again. */
const LAG_MS = 20 * 60_000;
const DAY_MS = 86_400_000;
/** CloudTrail's own memory (AWS docs). */
const REACH_MS = 90 * DAY_MS;
/** However many look: the newest events are asked for once in this time. */
const FRESH_MS = 60_000;
const MAX_PAGES = 20;

const coveredSchema = z.object({ fromMs: z.number(), toMs: z.number() });
type Covered = z.infer<typeof coveredSchema>;

export interface TrailRead {
  state: 'ok' | 'denied' | 'failed';
  fromMs?: number;
  toMs?: number;
  /** Too many events for one read: those before `fromMs` are still to come. */
  truncated?: boolean;
  error?: AppError;
}

interface RegionTrail {
  /** 2 a second is the account's limit (AWS docs); others may use it too. */
  limit: CallLimit;
  /** One reader at a time; whoever comes meanwhile looks afterwards what is still missing. */
  reading?: Promise<void>;
  fresh: Map<string, { at: number; fromMs: number; reachedMs: number }>;
}

const trails = new WeakMap<Deployment, Map<string, RegionTrail>>();

/**
 * Reads events of some names into the catalog so that they cover a range, asking only for what is not there yet; one reader
 * a region however many wait. Never throws what AWS refuses: it is part of the answer.
 */
export async function readTrail(
  d: Deployment,
  region: string,
  names: readonly string[],
  wantedMs: number,
): Promise<TrailRead> {
  const regions = trails.get(d) ?? new Map<string, RegionTrail>();
  trails.set(d, regions);
  const trail: RegionTrail = regions.get(region) ?? { limit: createCallLimit(1.8), fresh: new Map() };
  regions.set(region, trail);
  while (trail.reading) await trail.reading;
  const nowMs = d.awsNow(region).getTime();
  const read: TrailRead = { state: 'ok', fromMs: Math.max(wantedMs, nowMs - REACH_MS), toMs: nowMs };
  const work = readNames(d, region, trail, names, read);
  trail.reading = work.finally(() => {
    trail.reading = undefined;
  });
  await trail.reading;
  return read;
}

async function readNames(
  d: Deployment,
  region: string,
  trail: RegionTrail,
  names: readonly string[],
  read: TrailRead,
): Promise<void> {
  const wanted = { fromMs: read.fromMs ?? 0, toMs: read.toMs ?? 0 };
  try {
    for (const name of names) {
      const known = trail.fresh.get(name);
      const isFresh = known && Date.now() - known.at < FRESH_MS && known.fromMs <= wanted.fromMs;
      const reachedMs = isFresh ? known.reachedMs : await readName(d, region, name, wanted, trail.limit);
      if (!isFresh) trail.fresh.set(name, { at: Date.now(), fromMs: wanted.fromMs, reachedMs });
      if (reachedMs > wanted.fromMs) read.truncated = true;
      read.fromMs = Math.max(wanted.fromMs, read.fromMs ?? 0, reachedMs);
    }
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    read.state = thrown.code === 'access_denied' ? 'denied' : 'failed';
    read.error = thrown;
  }
}

/** Answers from when on the name is covered. */
async function readName(
  d: Deployment,
  region: string,
  name: string,
  wanted: Covered,
  limit: CallLimit,
): Promise<number> {
  const scope = await d.scope(region);
  const key = `trail ${name}`;
  const known = coveredSchema.safeParse(await findSyncState(d.catalog, scope, key)).data;
  let covered = known;
  const settledMs = wanted.toMs - LAG_MS;
  // Newer first: it is what people wait for. Both pieces touch what is known, so that one range describes it.
  const newer = { fromMs: known ? known.toMs : wanted.fromMs, toMs: wanted.toMs };
  const reached = await readRange(d, region, name, newer, limit);
  if (!known || reached > known.toMs) covered = { fromMs: reached, toMs: Math.max(reached, settledMs) };
  else covered = { fromMs: known.fromMs, toMs: Math.max(known.toMs, settledMs) };
  if (covered.fromMs > wanted.fromMs && reached <= newer.fromMs) {
    covered.fromMs = await readRange(d, region, name, { fromMs: wanted.fromMs, toMs: covered.fromMs }, limit);
  }
  await saveSyncState(d.catalog, scope, key, covered);
  return covered.fromMs;
}

/** Newest first, so that what is missing after too many pages is the oldest. Answers how far back it came. */
async function readRange(
  d: Deployment,
  region: string,
  name: string,
  { fromMs, toMs }: Covered,
  limit: CallLimit,
): Promise<number> {
  const scope = await d.scope(region);
  let nextToken: string | undefined;
  let oldestMs = toMs;
  for (let page = 0; page < MAX_PAGES; page++) {
    await limit.take();
    const answer = await lookupEventsPage(d.aws(region), {
      key: 'EventName',
      value: name,
      from: new Date(fromMs),
      to: new Date(toMs),
      nextToken,
    });
    const events = answer.events.filter(({ source }) => SOURCES.has(source));
    await saveTrailEvents(d.catalog, scope, events.map(toStored));
    nextToken = answer.nextToken;
    if (!nextToken) return fromMs;
    oldestMs = Math.min(oldestMs, ...answer.events.map(({ at }) => at.getTime()));
  }
  return oldestMs;
}

function toStored(event: TrailEvent) {
  const { jobName, jobCategory } = event.request;
  return {
    eventId: event.id,
    name: event.name,
    at: event.at,
    ...(jobName !== undefined && { jobName }),
    ...(jobCategory !== undefined && { jobCategory }),
    event,
  };
}
