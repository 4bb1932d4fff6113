import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { TimeRange } from '@/lib/story/time-ranges';
import type { Deployment } from '../deployment';
import { waitFor } from '../wait-for';
import { TrailReader } from './trail-reader';

/** What changes a job, its checkpoints or its agent. LookupEvents takes one attribute, so each is asked for by itself. */
export const JOB_EVENTS = ['CreateJob', 'StopJob', 'DeleteJob'] as const;
export const PACKAGE_EVENTS = ['UpdateModelPackage', 'DeleteModelPackage'] as const;
export const AGENT_EVENTS = {
  agentcore: ['UpdateAgentRuntime', 'UpdateAgentRuntimeEndpoint'],
  lambda: ['UpdateFunctionCode20150331v2', 'UpdateFunctionConfiguration20150331v2'],
  unknown: [],
} as const;

/** CloudTrail's own memory (AWS docs). */
const REACH_MS = 90 * 86_400_000;
/** At two calls a second a page for each name takes about four. Who would wait longer is shown what there is. */
const WAIT_MS = 5_000;

/** A stretch of time of one event name. */
export interface WantedEvents extends TimeRange {
  name: string;
}

export interface TrailRead {
  state: 'ok' | 'denied' | 'failed';
  /** Not everything was there in time: it is still being read, and asking again shows more. */
  reading: boolean;
  /** From when on everything that was asked for is known. */
  fromMs?: number;
  toMs?: number;
  error?: AppError;
}

const readers = new WeakMap<Deployment, Map<string, TrailReader>>();

/**
 * Reads events of some names into the catalog, asking only for what is not there yet; one reader a region however many
 * wait. Whatever is not there after `waitMs` goes on being read. Never throws what AWS refuses: it is part of the answer.
 */
export async function readTrail(
  d: Deployment,
  region: string,
  wanted: readonly WantedEvents[],
  waitMs = WAIT_MS,
): Promise<TrailRead> {
  const reader = readerOf(d, region);
  const nowMs = d.awsNow(region).getTime();
  const reachable = wanted.map(({ name, fromMs, toMs }) => ({
    name,
    fromMs: Math.max(fromMs, nowMs - REACH_MS),
    toMs: Math.min(toMs, nowMs),
  }));
  const error = await waitFor(askAll(reader, reachable), waitMs);
  const gaps = (await Promise.all(reachable.map((one) => reader.missing(one.name, one)))).flatMap(([newest]) =>
    newest ? [newest] : [],
  );
  const oldestMs = Math.min(nowMs, ...reachable.map(({ fromMs }) => fromMs));
  return {
    state: error === undefined ? 'ok' : error.code === 'access_denied' ? 'denied' : 'failed',
    reading: error === undefined && gaps.length > 0,
    fromMs: Math.max(oldestMs, ...gaps.map(({ toMs }) => toMs)),
    toMs: nowMs,
    ...(error && { error }),
  };
}

function readerOf(d: Deployment, region: string): TrailReader {
  const regions = readers.get(d) ?? new Map<string, TrailReader>();
  readers.set(d, regions);
  const reader = regions.get(region) ?? new TrailReader(d, region);
  regions.set(region, reader);
  return reader;
}

/** Everything that is missing, in the order it was asked for. Answers what AWS said no with. */
async function askAll(reader: TrailReader, wanted: readonly WantedEvents[]): Promise<AppError | undefined> {
  const missing = await Promise.all(wanted.map((one) => reader.missing(one.name, one)));
  const reads = wanted.filter((_, i) => (missing[i]?.length ?? 0) > 0).map((one) => reader.read(one.name, one));
  try {
    await Promise.all(reads);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
