import 'server-only';
import { compareEvents, logEventId } from '@/lib/logs/merge-events';
import { AppError } from '../../contract/app-error';
import type { LogEvent } from '../../contract/logs';
import type { LogReader, StreamLine } from './log-reader';

interface BackwardInput {
  reader: LogReader;
  streams: readonly string[];
  /** Only lines before this time, epoch ms; left out: the end of the log. */
  beforeMs?: number;
  /** How many lines are wanted; a few more come when the oldest of them share a millisecond. */
  limit: number;
}

export interface BackwardPage {
  /** Oldest first, whole milliseconds only. */
  events: LogEvent[];
  /** Every line from this time on is in `events`; absent when the start of the log was reached. */
  fromMs?: number;
  /** Where each stream goes on after its last line. */
  forwardTokens: Map<string, string>;
}

/** Lines asked for beyond the limit, so that the millisecond at the edge is nearly always whole in the first answer. */
const SPARE_LINES = 100;
/** GetLogEvents gives at most this many lines (AWS docs). */
const MAX_AWS_LINES = 10_000;
/** 1 million characters: an answer stays small even when lines have 256 kB; AWS pages end there too. */
const MAX_PAGE_CHARS = 1_000_000;
/** More pages than any real log needs for one answer; only a run of empty pages comes here. */
const MAX_CALLS = 60;

class StreamCursor {
  lines: StreamLine[] = [];
  token: string | undefined;
  forwardToken: string | undefined;
  done = false;

  constructor(
    readonly name: string,
    private readonly input: BackwardInput,
  ) {}

  /** The time from which on this stream is known without a gap: its oldest millisecond may have lines further back. */
  get completeFromMs(): number {
    if (this.done) return Number.NEGATIVE_INFINITY;
    const [oldest] = this.lines;
    return oldest ? oldest.timestampMs + 1 : Number.POSITIVE_INFINITY;
  }

  async readOlder(): Promise<void> {
    const { reader, beforeMs, limit } = this.input;
    const page = await reader.readStream({
      stream: this.name,
      token: this.token,
      beforeMs,
      fromHead: false,
      limit: Math.min(MAX_AWS_LINES, limit + SPARE_LINES),
    });
    this.done = page === undefined || page.backwardToken === this.token;
    if (!page) return;
    this.forwardToken ??= page.forwardToken;
    this.token = page.backwardToken;
    this.lines = [...page.lines, ...this.lines];
  }

  /** The lines that are certain, named: a millisecond is counted from its first line. */
  eventsFrom(fromMs: number): LogEvent[] {
    let last = Number.NaN;
    let order = 0;
    return this.lines.flatMap((line) => {
      order = line.timestampMs === last ? order + 1 : 0;
      last = line.timestampMs;
      return line.timestampMs < fromMs ? [] : [toLogEvent(this.name, line, order)];
    });
  }
}

/** A line as the API sends it. */
export function toLogEvent(stream: string, line: StreamLine, order: number): LogEvent {
  return {
    id: logEventId(stream, line.timestampMs, order),
    timestamp: new Date(line.timestampMs).toISOString(),
    message: line.message,
    stream,
  };
}

/**
 * The last lines of a log before a time, merged over its streams. Reads each stream back until enough is certain: a line
 * counts only when no other stream can still hold an older or equal one. Empty pages are read over; the start is where
 * a token comes back unchanged. Throws `aws_failed` when CloudWatch answers with empty pages only.
 */
export async function readBackward(input: BackwardInput): Promise<BackwardPage> {
  const cursors = input.streams.map((name) => new StreamCursor(name, input));
  let behind = cursors;
  let calls = 0;
  let known: LogEvent[] = [];
  while (behind.length > 0) {
    await Promise.all(behind.map((cursor) => cursor.readOlder()));
    calls += behind.length;
    const completeFromMs = Math.max(...cursors.map((cursor) => cursor.completeFromMs));
    known = cursors.flatMap((cursor) => cursor.eventsFrom(completeFromMs)).sort(compareEvents);
    if (known.length >= input.limit || sizeOf(known) >= MAX_PAGE_CHARS) break;
    if (calls >= MAX_CALLS + cursors.length) {
      if (known.length > 0) break;
      throw new AppError('aws_failed', 'CloudWatch Logs answered with empty pages only.', {
        hint: 'Try again; the log is there, but this part of it could not be read.',
      });
    }
    behind = cursors.filter((cursor) => !cursor.done && cursor.completeFromMs === completeFromMs);
  }
  const events = takeLast(known, input.limit);
  const whole = events.length === known.length && cursors.every((cursor) => cursor.done);
  const [first] = events;
  return {
    events,
    ...(whole || !first ? {} : { fromMs: Date.parse(first.timestamp) }),
    forwardTokens: new Map(
      cursors.flatMap(({ name, forwardToken }) => (forwardToken === undefined ? [] : [[name, forwardToken] as const])),
    ),
  };
}

function sizeOf(events: readonly LogEvent[]): number {
  return events.reduce((sum, event) => sum + event.message.length, 0);
}

/** The newest lines up to the limits, and the rest of the millisecond the oldest of them stands in. */
function takeLast(events: LogEvent[], limit: number): LogEvent[] {
  let start = events.length;
  for (let chars = 0; start > 0 && events.length - start < limit && chars < MAX_PAGE_CHARS; start--) {
    chars += events[start - 1]?.message.length ?? 0;
  }
  while (start > 0 && events[start - 1]?.timestamp === events[start]?.timestamp) start--;
  return events.slice(start);
}
