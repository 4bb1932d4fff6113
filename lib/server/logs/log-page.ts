import 'server-only';
import { compareEvents, logEventId } from '@/lib/logs/merge-events';
import type { LogEvent } from '../../contract/logs';
import type { LogStreamFacts, StreamLine } from './log-reader';

/** A stretch of a log. It never splits a millisecond, so that a time alone says what comes before and after it. */
export interface LogPage {
  /** Oldest first. */
  events: LogEvent[];
  /** Every line from here on up to the first asked for is in `events`, and there may be lines before; absent at the start. */
  fromMs?: number;
  /** There may be lines from here on; absent at the end. */
  toMs?: number;
}

/** Which lines a page may hold, epoch ms: `floorMs` <= time < `beforeMs`. */
export interface Bounds {
  floorMs?: number;
  beforeMs?: number;
}

/** A line with the stream it stands in, and CloudWatch's own id where it gave one. */
export interface TailLine extends StreamLine {
  stream: string;
}

/** The end of a log as it grows; it keeps its own place. One of it serves every viewer. */
export interface TailFeed {
  listStreams(): Promise<LogStreamFacts[]>;
  /** The last lines, once; undefined while there is nothing to read from. */
  seed(limit: number): Promise<LogPage | undefined>;
  /** What came since. */
  next(): Promise<TailLine[]>;
}

/** One source of a job as pages by time, however CloudWatch holds it. Throws what AWS refuses; what is absent is empty. */
export interface SourceReader {
  listStreams(): Promise<LogStreamFacts[]>;
  /** The newest lines within the bounds, about `limit` of them. */
  readBefore(limit: number, bounds: Bounds): Promise<LogPage>;
  /** The oldest lines from `afterMs` on, about `limit` of them. */
  readAfter(limit: number, afterMs: number, bounds: Bounds): Promise<LogPage>;
  tail(): TailFeed;
}

/** A line as the API sends it. `order` counts the lines of its stream within its millisecond. */
export function toLogEvent(stream: string, line: StreamLine, order: number): LogEvent {
  return {
    id: logEventId(stream, line.timestampMs, order),
    timestamp: new Date(line.timestampMs).toISOString(),
    message: line.message,
    stream,
  };
}

/** Names lines that are in order already, as a page gave them. */
export function nameOrdered(lines: readonly TailLine[]): LogEvent[] {
  const counts = new Map<string, number>();
  let atMs = Number.NaN;
  return lines.map((line) => {
    if (line.timestampMs !== atMs) counts.clear();
    atMs = line.timestampMs;
    const order = counts.get(line.stream) ?? 0;
    counts.set(line.stream, order + 1);
    return toLogEvent(line.stream, line, order);
  });
}

/** Names the lines of whole milliseconds, each stream's in the order it wrote them. */
export function nameLines(lines: readonly TailLine[]): LogEvent[] {
  return nameOrdered([...lines].sort((a, b) => a.timestampMs - b.timestampMs)).sort(compareEvents);
}

/** 1 million characters: an answer stays small even when lines have 256 kB; AWS pages end there too. */
export const MAX_PAGE_CHARS = 1_000_000;

const sizeOf = (events: readonly LogEvent[]) => events.reduce((sum, event) => sum + event.message.length, 0);

/** Whether a page is as long as it may be. */
export const isFull = (events: readonly LogEvent[], limit: number) =>
  events.length >= limit || sizeOf(events) >= MAX_PAGE_CHARS;

/** The newest lines up to the limits, and the rest of the millisecond the oldest of them stands in. */
export function takeLast(events: LogEvent[], limit: number): LogEvent[] {
  let start = events.length;
  for (let chars = 0; start > 0 && events.length - start < limit && chars < MAX_PAGE_CHARS; start--) {
    chars += events[start - 1]?.message.length ?? 0;
  }
  while (start > 0 && events[start - 1]?.timestamp === events[start]?.timestamp) start--;
  return events.slice(start);
}

/** The oldest lines up to the limits, and the rest of the millisecond the newest of them stands in. */
export function takeFirst(events: LogEvent[], limit: number): LogEvent[] {
  let end = 0;
  for (let chars = 0; end < events.length && end < limit && chars < MAX_PAGE_CHARS; end++) {
    chars += events[end]?.message.length ?? 0;
  }
  while (end > 0 && end < events.length && events[end]?.timestamp === events[end - 1]?.timestamp) end++;
  return events.slice(0, end);
}
