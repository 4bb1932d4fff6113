import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StorySourceState } from '@/lib/contract/story';
import { formatInteger } from '@/lib/shared/format';
import { callsAsOf, callsDelay, callsPlace, type RolloutCall, sumCalls } from '@/lib/story/rollout-calls';
import type { TimeRange } from '@/lib/story/time-ranges';
import type { Deployment } from '../deployment';
import { waitFor } from '../wait-for';
import { readGroupCalls } from './read-group-calls';
import { readLakeCalls } from './read-lake-calls';
import { isSettled } from './settled';

/** A step makes hundreds of calls: the last quarter of an hour shows when they stopped or were refused. */
const SPAN_MS = 15 * 60_000;
const AFTER_MS = 2 * 60_000;
/** While the newest events are on their way, one looks further back by as much: a stalled job else seems to make no call. */
const LATE_MS = 15 * 60_000;
/** As long as CloudTrail's management events are waited for. */
const WAIT_MS = 5_000;

export interface CallsRead {
  calls: RolloutCall[];
  /** What was looked at; absent while that is still being done, and when it was refused. */
  range?: TimeRange;
  source: StorySourceState;
}

/** What either source tells. An event data store also says what its query scanned. */
interface Told extends TimeRange {
  calls: RolloutCall[];
  scannedBytes?: number;
  /** When it was counted, by the clock of AWS, if that was before every event was there. */
  asOfMs?: number;
}

/**
 * Begins to read the calls that agents made on a job near its end, out of the log group of a trail or out of an event data
 * store. Undefined when the operator named neither. What AWS refuses is part of the answer and not thrown.
 */
export function readCalls(
  d: Deployment,
  region: string,
  job: JobDetail,
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<CallsRead> | undefined {
  const place = placeOf(d);
  if (!place) return undefined;
  const { trailLogGroup = '', trailLake } = d.settings;
  const settled = isSettled(d, region, job);
  const range = { fromMs: Math.max(startMs, endMs - SPAN_MS - (settled ? 0 : LATE_MS)), toMs: endMs + AFTER_MS };
  const reading: Promise<Told> = trailLake
    ? readLakeCalls(d, region, job, trailLake, range)
    : readGroupCalls(d, region, job, trailLogGroup, range).then((told) => ({
        ...told,
        ...(!settled && { asOfMs: d.awsNow(region).getTime() }),
      }));
  return reading.then(
    (told) => toRead(place, told, job),
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return { calls: [], source: { ...place, ...refusal(error, place) } };
    },
  );
}

/** What has been read within some seconds. What comes later is there for who asks next. */
export async function awaitCalls(d: Deployment, reading: Promise<CallsRead>): Promise<CallsRead | undefined> {
  const place = placeOf(d);
  const read = await waitFor(reading, WAIT_MS);
  if (read || !place) return read;
  const note = `Still reading ${callsPlace(place)}. This page adds the calls by itself.`;
  return { calls: [], source: { ...place, state: 'reading', note } };
}

type Place = Pick<StorySourceState, 'source' | 'label' | 'logGroup' | 'eventDataStore' | 'scannedBytes'>;

function placeOf({ settings: { trailLogGroup, trailLake } }: Deployment): Place | undefined {
  const base = { source: 'rollout-calls', label: 'Rollout calls' } as const;
  if (trailLake) return { ...base, eventDataStore: trailLake.arn };
  return trailLogGroup ? { ...base, logGroup: trailLogGroup } : undefined;
}

function toRead(base: Place, { calls, fromMs, toMs, scannedBytes, asOfMs }: Told, { endTime }: JobDetail): CallsRead {
  const asOf = asOfMs === undefined ? undefined : new Date(asOfMs).toISOString();
  const place = { ...base, scannedBytes, ...(asOf && { asOf }) };
  // An answer that was kept was counted up to the end, or the moment, of its own time.
  const untilMs = toMs - AFTER_MS;
  const minutes = Math.max(1, Math.round((untilMs - fromMs) / 60_000));
  const when = `in the last ${minutes} minutes${endTime && untilMs >= Date.parse(endTime) ? ' before the end' : ''}`;
  const where = `${callsPlace(place)}${callsAsOf(place)}`;
  const late = asOf ? ` ${callsDelay(place)}` : '';
  const many = `${formatInteger(sumCalls(calls))} calls of agents ${when}, from ${where}${asOf ? `.${late}` : ''}`;
  const none = asOf
    ? `No call of an agent ${when} is in ${where}.${late}`
    : `No call of an agent near the end is in ${where}: data events may not be on for this job.`;
  const told = calls.length > 0 ? ({ state: 'ok', note: many } as const) : ({ state: 'none', note: none } as const);
  return { calls, range: { fromMs, toMs }, source: { ...place, ...told } };
}

function refusal(error: AppError, { logGroup, eventDataStore }: Place): Pick<StorySourceState, 'state' | 'note'> {
  if (error.code === 'not_found') {
    // The group has one name in all regions and may be in some of them only. The store is one.
    return eventDataStore
      ? {
          state: 'failed',
          note: `There is no event data store ${eventDataStore}, which CAIRN_TRAIL_LAKE names. Check the id and the region in that ARN: Cairn asked in ${eventDataStore.split(':')[3]}.`,
        }
      : { state: 'none', note: `There is no log group ${logGroup}, which CAIRN_TRAIL_LOG_GROUP names.` };
  }
  return {
    state: error.code === 'access_denied' ? 'denied' : 'failed',
    note: [error.message, error.hint].filter(Boolean).join(' '),
  };
}
