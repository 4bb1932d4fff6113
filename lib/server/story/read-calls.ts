import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { StorySourceState } from '@/lib/contract/story';
import { formatInteger } from '@/lib/shared/format';
import { type RolloutCall, readRolloutCall } from '@/lib/story/rollout-calls';
import { filterLogEvents } from '../aws/log-events';
import type { Deployment } from '../deployment';

/** A step makes hundreds of calls: the last quarter of an hour shows when they stopped or were refused. */
const SPAN_MS = 15 * 60_000;
const AFTER_MS = 2 * 60_000;
/** A trail writes its events within about five minutes, at times later (AWS docs). */
const DELIVERY_MS = 30 * 60_000;
const PAGE_EVENTS = 10_000;
const MAX_PAGES = 30;

export interface CallsRead {
  calls: RolloutCall[];
  fromMs: number;
  toMs: number;
  source: StorySourceState;
}

/**
 * The calls that agents made on a job near its end, out of the log group of a trail, newest first. Undefined when the
 * operator named no such group. Never throws what AWS refuses: it is part of the answer.
 */
export async function readCalls(
  d: Deployment,
  region: string,
  job: JobDetail,
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<CallsRead | undefined> {
  const logGroup = d.settings.trailLogGroup;
  if (!logGroup) return undefined;
  const base = { source: 'rollout-calls', label: 'Rollout calls', logGroup } as const;
  const read: CallsRead = {
    calls: [],
    fromMs: Math.max(startMs, endMs - SPAN_MS),
    toMs: endMs + AFTER_MS,
    source: { ...base, state: 'ok' },
  };
  try {
    let nextToken: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const answer = await filterLogEvents(d.aws(region), {
        logGroup,
        // The whole ARN, quoted: CloudTrail's JSON has it letter by letter. A longer job name that begins alike is left out below.
        pattern: `"${job.jobArn}"`,
        startTime: new Date(read.fromMs),
        endTime: new Date(read.toMs + DELIVERY_MS),
        nextToken,
        limit: PAGE_EVENTS,
        startFromHead: false,
      });
      for (const { message } of answer.events) {
        const call = readRolloutCall(message, job.jobArn);
        if (call && call.atMs >= read.fromMs && call.atMs <= read.toMs) read.calls.push(call);
      }
      nextToken = answer.nextToken;
      if (!nextToken) break;
    }
    const oldestMs = Math.min(...read.calls.map(({ atMs }) => atMs));
    if (nextToken && read.calls.length > 0) read.fromMs = oldestMs;
    const minutes = Math.max(1, Math.round((endMs - read.fromMs) / 60_000));
    read.source =
      read.calls.length > 0
        ? {
            ...base,
            state: 'ok',
            note: `${formatInteger(read.calls.length)} calls of agents in the last ${minutes} minutes before the end`,
          }
        : {
            ...base,
            state: 'none',
            note: 'The trail recorded no call of an agent near the end: data events may not be on for this job.',
          };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const missing = error.code === 'not_found';
    read.source = {
      ...base,
      state: missing ? 'none' : error.code === 'access_denied' ? 'denied' : 'failed',
      note: missing
        ? `There is no log group ${logGroup}, which CAIRN_TRAIL_LOG_GROUP names.`
        : [error.message, error.hint].filter(Boolean).join(' '),
    };
  }
  return read;
}
