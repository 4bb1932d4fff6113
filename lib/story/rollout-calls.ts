import type { CallMinute, StoryResponse, StorySourceState } from '../contract/story';
import { formatSignificant } from '../shared/format';
import { formatUtc } from '../shared/time';
import type { StoryLine } from './fold-lines';

/** What agents call on a job's runtime (AWS docs): the data events of jobs. */
export const ROLLOUT_CALLS = ['Sample', 'SampleWithResponseStream', 'CompleteRollout', 'UpdateReward'] as const;

/** A call, or several alike of one minute that an event data store counted. */
export interface RolloutCall {
  /** Of the first of them. */
  atMs: number;
  name: string;
  /** The error AWS refused it with, and its words. */
  error?: string;
  /** The rollout it was made for. */
  rolloutId?: string;
  /** How many they are, and when the last was; absent for one. */
  count?: number;
  lastMs?: number;
}

export const sumCalls = (calls: readonly RolloutCall[]) => calls.reduce((all, { count = 1 }) => all + count, 0);

const MINUTE_MS = 60_000;

/**
 * A record of a trail as the call it tells of. Undefined for a record about anything else than one of the four calls on
 * exactly this job, and for text that is no record.
 */
export function readRolloutCall(message: string, jobArn: string): RolloutCall | undefined {
  let record: Record<string, unknown>;
  try {
    record = JSON.parse(message) as Record<string, unknown>;
  } catch {
    return undefined;
  }
  const name = text(record?.eventName);
  const atMs = Date.parse(text(record?.eventTime) ?? '');
  const resources = Array.isArray(record?.resources) ? (record.resources as { ARN?: unknown }[]) : [];
  const request = record?.requestParameters as Record<string, unknown> | null | undefined;
  const isOfJob = resources.some((one) => one?.ARN === jobArn) || request?.jobArn === jobArn;
  if (!name || !(ROLLOUT_CALLS as readonly string[]).includes(name) || Number.isNaN(atMs) || !isOfJob) return undefined;
  const error = [text(record.errorCode), text(record.errorMessage)].filter(Boolean).join(': ');
  const rolloutId = text(request?.trajectoryId);
  return { atMs, name, ...(error && { error }), ...(rolloutId && { rolloutId }) };
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** How many calls of each name came in each minute, and how many were refused, oldest first; silent minutes too. */
export function countCalls(calls: readonly RolloutCall[], fromMs: number, toMs: number): CallMinute[] {
  const minutes: CallMinute[] = [];
  for (let at = fromMs - (fromMs % MINUTE_MS); at <= toMs; at += MINUTE_MS) {
    minutes.push({ at: new Date(at).toISOString(), calls: {}, refused: 0 });
  }
  const first = Date.parse(minutes[0]?.at ?? '');
  for (const { atMs, name, error, count = 1 } of calls) {
    const minute = minutes[Math.floor((atMs - first) / MINUTE_MS)];
    if (!minute) continue;
    minute.calls[name] = (minute.calls[name] ?? 0) + count;
    if (error) minute.refused += count;
  }
  return minutes;
}

/** The refused calls as lines of a log, for the story to fold. */
export function refusedLines(calls: readonly RolloutCall[]): StoryLine[] {
  return calls.flatMap(({ atMs, name, error, count, lastMs }) =>
    error === undefined ? [] : [{ atMs, message: `ERROR ${name} was refused: ${error}`, count, lastMs }],
  );
}

/** Where calls were read, in words, with what that scanned where it was told. */
export function callsPlace({ logGroup, eventDataStore, scannedBytes }: Partial<StorySourceState>): string {
  if (eventDataStore === undefined) return `the trail’s log group ${logGroup ?? ''}`.trim();
  const scanned = scannedBytes === undefined ? '' : ` (${formatSignificant(scannedBytes / 1e6)}\u00a0MB scanned)`;
  return `the Lake event data store ${eventDataStore.split('/').at(-1)}${scanned}`;
}

/** How late events come to a store (AWS docs), or into a trail's log group, in words. */
export const callsDelay = ({ eventDataStore }: Partial<StorySourceState>): string =>
  eventDataStore === undefined
    ? 'Events may arrive about five minutes late, at times later.'
    : 'Events may arrive up to 15 minutes late.';

/** When calls were counted, as a clause to follow their place; empty where every event was there. */
export const callsAsOf = ({ asOf }: Partial<StorySourceState>): string =>
  asOf === undefined ? '' : `, as of ${formatUtc(Date.parse(asOf))}`;

/** The sources of a story that are still being read, by name; empty when none is. */
export const sourcesRead = ({ sources }: Pick<StoryResponse, 'sources'>): string =>
  sources
    .filter(({ state }) => state === 'reading')
    .map(({ source, label, eventDataStore }) => {
      if (source !== 'rollout-calls') return label;
      return eventDataStore ? 'CloudTrail Lake' : 'the trail’s log group';
    })
    .join(', ');
