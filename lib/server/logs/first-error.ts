import 'server-only';
import { isOfLevel, LEVEL_PATTERNS } from '@/lib/logs/log-level';
import type { FirstErrorResponse, LogEvent } from '../../contract/logs';
import type { Ask } from './job-logs';
import type { FoundLine } from './log-reader';

/** The last minutes hold the cause of nearly every failure; an error of the first hour of sixty is hardly it. */
const SPANS_MS = [10 * 60_000, 60 * 60_000, Number.POSITIVE_INFINITY];
/** Lines flushed after the end, and clocks that differ. */
const AFTER_MS = 2 * 60_000;
/** Per stretch; the last one may be weeks long. */
const MAX_CALLS = 40;

/**
 * The first error of the last ten minutes before the end (of the job, or now), else of the last hour, else of all. It says which
 * stretch was looked at: for the newest one, every line of it.
 */
export async function findFirstError(ask: Ask, now: () => number): Promise<FirstErrorResponse> {
  const { times, awsNowMs, kept } = ask;
  const endMs = Math.min(times.endedAtMs ?? awsNowMs, awsNowMs);
  const beforeMs = endMs + AFTER_MS;
  const clock = { asOf: new Date(kept?.facts.keptAt ?? now()).toISOString(), awsNow: new Date(awsNowMs).toISOString() };
  let searched = { from: iso(endMs), to: iso(endMs) };
  for (const span of SPANS_MS) {
    const floorMs = Math.max(times.createdAtMs, endMs - span);
    const { event, coveredMs } = kept
      ? {
          event: await kept.findFirst({ floorMs, beforeMs }, ({ message }) => isOfLevel(message, 'error')),
          coveredMs: beforeMs,
        }
      : await findAtAws(ask, floorMs, beforeMs);
    searched = { from: iso(floorMs), to: iso(Math.min(coveredMs, endMs)) };
    if (event || floorMs === times.createdAtMs) return { ...clock, ...(event && { event }), searched };
  }
  return { ...clock, searched };
}

const iso = (ms: number) => new Date(ms).toISOString();

async function findAtAws(
  { reader, place }: Ask,
  fromMs: number,
  toMs: number,
): Promise<{ event?: LogEvent; coveredMs: number }> {
  let token: string | undefined;
  let coveredMs = fromMs;
  for (let calls = 0; calls < MAX_CALLS; calls++) {
    const answer = await reader.search({
      streamPrefix: place.prefix,
      pattern: LEVEL_PATTERNS.error,
      fromMs,
      toMs,
      token,
      limit: 50,
      fromHead: true,
    });
    if (!answer) return { coveredMs: toMs };
    const first = answer.lines.find(({ message }) => isOfLevel(message, 'error'));
    if (first) return { event: toEvent(first), coveredMs: toMs };
    for (const { timestampMs } of answer.lines) coveredMs = Math.max(coveredMs, timestampMs);
    token = answer.nextToken;
    if (token === undefined) return { coveredMs: toMs };
  }
  return { coveredMs };
}

const toEvent = ({ stream, timestampMs, message, eventId }: FoundLine): LogEvent => ({
  id: `found#${eventId}`,
  timestamp: iso(timestampMs),
  message,
  stream,
});
