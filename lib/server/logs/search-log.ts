import 'server-only';
import { toFilterPattern } from '@/lib/logs/filter-pattern';
import { isOfLevel, LEVEL_PATTERNS } from '@/lib/logs/log-level';
import { compareEvents } from '@/lib/logs/merge-events';
import { nextSearchWindow } from '@/lib/logs/search-window';
import { AppError } from '../../contract/app-error';
import type { LogEvent, LogLevel } from '../../contract/logs';
import type { LogCursor } from './log-cursor';
import type { FoundLine, LogReader, SearchInput } from './log-reader';

type SearchCursor = Extract<LogCursor, { kind: 'search' }>;

interface SearchLogInput {
  reader: LogReader;
  streamPrefix?: string;
  stream?: string;
  /** Words, a level, or both. */
  q?: string;
  level?: LogLevel;
  /** The times between which the job can have written, epoch ms. */
  floorMs: number;
  endMs: number;
  /** Wall clock, epoch ms. */
  now: () => number;
  /** Where an earlier page of the same search stopped. */
  cursor?: SearchCursor;
  limit: number;
}

export interface SearchPage {
  /** Oldest first. */
  events: LogEvent[];
  next?: SearchCursor;
  /** All lines between these times were looked at; `complete`: back to the start of the job. */
  searched: { fromMs: number; toMs: number; complete: boolean };
}

/** 20 calls: about two seconds, and two of the 10 per second the account has in us-west-2. */
const MAX_CALLS = 20;
/** 8 s: when AWS is slow or asks to slow down, a part of an answer is better than waiting on. */
const MAX_WAIT_MS = 8_000;
/** FilterLogEvents takes no longer pattern (API model). */
const MAX_PATTERN_CHARS = 1_024;
/** FilterLogEvents reads newest first only from here on (AWS docs); the jobs Cairn knows are all younger. */
const NEWEST_FIRST_SINCE_MS = Date.UTC(2024, 0, 1);

/**
 * Looks for words in the whole log of a job, at AWS, from its end back in time. Each page stops after so many lines
 * or calls and says which stretch of time it covered, so that "nothing found" is never said of what was not read.
 */
export async function searchLog(input: SearchLogInput): Promise<SearchPage> {
  const { reader, streamPrefix, stream, q, level, cursor, limit, now } = input;
  const pattern = searchPattern(q, level);
  if (pattern.length > MAX_PATTERN_CHARS) {
    throw new AppError('bad_request', 'Query parameter "q" holds too many quotes and backslashes for one search.', {
      field: 'q',
    });
  }
  const startedAt = now();
  const floorMs = Math.max(input.floorMs, NEWEST_FIRST_SINCE_MS);
  let index = cursor?.window ?? 0;
  let window = cursor ? { from: cursor.from, to: cursor.to } : nextSearchWindow(input.endMs, floorMs, index);
  let token = cursor?.token;
  const toMs = window?.to ?? input.endMs;
  let coveredMs = toMs;
  const found: FoundLine[] = [];

  for (let calls = 0; window && calls < MAX_CALLS && found.length < limit; calls++) {
    if (now() - startedAt > MAX_WAIT_MS) break;
    const answer = await search(reader, {
      streamPrefix,
      stream,
      pattern,
      fromMs: window.from,
      toMs: window.to,
      token,
      limit: limit - found.length,
    });
    if (!answer) {
      window = undefined;
      coveredMs = floorMs;
      break;
    }
    found.push(...answer.lines.filter(({ message }) => level === undefined || isOfLevel(message, level)));
    token = answer.nextToken;
    if (token !== undefined) {
      // The stretch is not done; what is proven reaches back to the oldest line it gave, newest first.
      for (const line of answer.lines) coveredMs = Math.min(coveredMs, line.timestampMs);
      continue;
    }
    coveredMs = window.from;
    index += 1;
    window = nextSearchWindow(window.from, floorMs, index);
  }

  return {
    events: found.map(toEvent).sort(compareEvents),
    ...(window ? { next: { kind: 'search', ...window, window: index, token } } : {}),
    searched: { fromMs: coveredMs, toMs, complete: window === undefined },
  };
}

/**
 * What AWS is asked for. Words and alternatives do not go together in one pattern (AWS docs: `?term` beside others is
 * ignored), so with words the level is only looked at here.
 */
export function searchPattern(q: string | undefined, level: LogLevel | undefined): string {
  if (q !== undefined) return toFilterPattern(q);
  return level === undefined ? '' : LEVEL_PATTERNS[level];
}

async function search(reader: LogReader, input: SearchInput) {
  try {
    return await reader.search(input);
  } catch (error) {
    if (input.token === undefined || !(error instanceof AppError) || error.code !== 'unprocessable') throw error;
    throw new AppError('bad_request', 'Query parameter "cursor" holds a place that AWS does not know any more.', {
      hint: 'Search again; places in a search are kept for a day.',
      field: 'cursor',
      cause: error,
    });
  }
}

/** CloudWatch names found lines itself; it does not say which line of their millisecond they are. */
function toEvent({ stream, timestampMs, message, eventId }: FoundLine): LogEvent {
  return { id: `found#${eventId}`, timestamp: new Date(timestampMs).toISOString(), message, stream };
}
