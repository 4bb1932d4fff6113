import 'server-only';
import { compareEvents } from '@/lib/logs/merge-events';
import { AppError } from '../../contract/app-error';
import type { LogEvent } from '../../contract/logs';
import { isFull, type LogPage, takeFirst, takeLast, toLogEvent } from './log-page';
import type { LogReader, StreamLine } from './log-reader';

interface StreamsInput {
  reader: LogReader;
  streams: readonly string[];
  /** Only lines before this time, epoch ms; left out: up to the end of the log. */
  beforeMs?: number;
  /** Only lines from this time on, epoch ms. */
  fromMs?: number;
  /** How many lines are wanted; a few more come when the oldest of them share a millisecond. */
  limit: number;
}

export interface BackwardPage extends LogPage {
  /** Where each stream goes on after its last line. */
  forwardTokens: Map<string, string>;
}

/** Lines asked for beyond the limit, so that the millisecond at the edge is nearly always whole in the first answer. */
const SPARE_LINES = 100;
/** GetLogEvents gives at most this many lines (AWS docs). */
const MAX_AWS_LINES = 10_000;
/** More pages than any real log needs for one answer; only a run of empty pages comes here. */
const MAX_CALLS = 60;

/** One stream that is read one way. */
class StreamCursor {
  lines: StreamLine[] = [];
  token: string | undefined;
  forwardToken: string | undefined;
  done = false;

  constructor(
    readonly name: string,
    private readonly input: StreamsInput,
    private readonly fromHead = false,
  ) {}

  /** The time from which on this stream is known without a gap: its oldest millisecond may have lines further back. */
  get completeFromMs(): number {
    if (this.done) return Number.NEGATIVE_INFINITY;
    const [oldest] = this.lines;
    return oldest ? oldest.timestampMs + 1 : Number.POSITIVE_INFINITY;
  }

  /** The time before which this stream is known without a gap, read from its head. */
  get completeToMs(): number {
    if (this.done) return Number.POSITIVE_INFINITY;
    return this.lines.at(-1)?.timestampMs ?? Number.NEGATIVE_INFINITY;
  }

  async readOn(): Promise<void> {
    const { reader, beforeMs, fromMs, limit } = this.input;
    const page = await reader.readStream({
      stream: this.name,
      token: this.token,
      beforeMs,
      fromMs,
      fromHead: this.fromHead,
      limit: Math.min(MAX_AWS_LINES, limit + SPARE_LINES),
    });
    const next = this.fromHead ? page?.forwardToken : page?.backwardToken;
    this.done = page === undefined || next === this.token;
    if (!page) return;
    this.forwardToken ??= page.forwardToken;
    this.token = next;
    this.lines = this.fromHead ? [...this.lines, ...page.lines] : [...page.lines, ...this.lines];
  }

  /** The lines that are certain, named: a millisecond is counted from its first line. */
  events(isCertain: (timestampMs: number) => boolean): LogEvent[] {
    let last = Number.NaN;
    let order = 0;
    return this.lines.flatMap((line) => {
      order = line.timestampMs === last ? order + 1 : 0;
      last = line.timestampMs;
      return isCertain(line.timestampMs) ? [toLogEvent(this.name, line, order)] : [];
    });
  }
}

/**
 * The last lines of a log before a time, merged over its streams. Reads each stream back until enough is certain: a line
 * counts only when no other stream can still hold an older or equal one. Empty pages are read over; the start is where
 * a token comes back unchanged. Throws `aws_failed` when CloudWatch answers with empty pages only.
 */
export async function readBackward(input: StreamsInput): Promise<BackwardPage> {
  const cursors = input.streams.map((name) => new StreamCursor(name, input));
  let behind = cursors;
  let calls = 0;
  let known: LogEvent[] = [];
  while (behind.length > 0) {
    await Promise.all(behind.map((cursor) => cursor.readOn()));
    calls += behind.length;
    const completeFromMs = Math.max(...cursors.map((cursor) => cursor.completeFromMs));
    known = cursors.flatMap((cursor) => cursor.events((ms) => ms >= completeFromMs)).sort(compareEvents);
    if (isFull(known, input.limit)) break;
    if (calls >= MAX_CALLS + cursors.length) {
      if (known.length > 0) break;
      throw emptyPagesOnly();
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

/**
 * The first lines of a log from a time on, merged over its streams; the mirror of `readBackward`. `toMs` is where the next
 * page begins, absent at the end of the log.
 */
export async function readForward(input: StreamsInput): Promise<LogPage> {
  const cursors = input.streams.map((name) => new StreamCursor(name, input, true));
  let behind = cursors;
  let calls = 0;
  let known: LogEvent[] = [];
  while (behind.length > 0) {
    await Promise.all(behind.map((cursor) => cursor.readOn()));
    calls += behind.length;
    const completeToMs = Math.min(...cursors.map((cursor) => cursor.completeToMs));
    known = cursors.flatMap((cursor) => cursor.events((ms) => ms < completeToMs)).sort(compareEvents);
    if (isFull(known, input.limit)) break;
    if (calls >= MAX_CALLS + cursors.length) {
      if (known.length > 0) break;
      throw emptyPagesOnly();
    }
    behind = cursors.filter((cursor) => !cursor.done && cursor.completeToMs === completeToMs);
  }
  const events = takeFirst(known, input.limit);
  const whole = events.length === known.length && cursors.every((cursor) => cursor.done);
  const last = events.at(-1);
  return { events, ...(whole || !last ? {} : { toMs: Date.parse(last.timestamp) + 1 }) };
}

/** CloudWatch went on answering without a line, and a caller who asks again from there would never end. */
export const emptyPagesOnly = () =>
  new AppError('aws_failed', 'CloudWatch Logs answered with empty pages only.', {
    hint: 'Try again; the log is there, but this part of it could not be read.',
  });
