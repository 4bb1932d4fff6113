import { hashKey, unitAt } from '../../rng';
import type { LogSource } from './log-source';

/** One event and where it stands. */
export interface LogEvent {
  stream: string;
  timestamp: number;
  /** Counts the events of one stream that share a timestamp. */
  ordinal: number;
  message: string;
}

/** From writing a line to seeing it: a line is visible once it is this old. */
export const INGESTION_MS = 1_500;

/** Lines are computed in windows of this length, so that a page near the end of a long log costs little. */
const WINDOW_MS = 1_200_000;

export interface Range {
  /** First timestamp wanted. */
  fromMs: number;
  /** First timestamp no longer wanted. */
  toMs: number;
}

/** The events of a source's streams inside a range, in order; ties keep the order they were written in. */
export function* eventsForward(source: LogSource, streams: ReadonlySet<string>, range: Range): Generator<LogEvent> {
  const { fromMs, toMs } = bounded(source, range);
  const step = source.windowMs ?? WINDOW_MS;
  for (let at = fromMs; at < toMs; at += step) yield* window(source, streams, at, Math.min(at + step, toMs));
}

/** The same, newest first. */
export function* eventsBackward(source: LogSource, streams: ReadonlySet<string>, range: Range): Generator<LogEvent> {
  const { fromMs, toMs } = bounded(source, range);
  const step = source.windowMs ?? WINDOW_MS;
  for (let at = toMs; at > fromMs; at -= step) {
    yield* window(source, streams, Math.max(at - step, fromMs), at).reverse();
  }
}

/** The range of a log that can be seen: not before retention took it, not before it has arrived. */
export function visibleRange(t: number, retentionDays: number | undefined): Range {
  const fromMs = retentionDays === undefined ? 0 : t - retentionDays * 86_400_000;
  return { fromMs, toMs: t - INGESTION_MS + 1 };
}

export function intersect(a: Range, b: Range): Range {
  return { fromMs: Math.max(a.fromMs, b.fromMs), toMs: Math.min(a.toMs, b.toMs) };
}

/** An event as GetLogEvents shows it. */
export function toOutputEvent(event: LogEvent) {
  return { timestamp: event.timestamp, message: event.message, ingestionTime: ingestionTimeOf(event) };
}

/** An event as FilterLogEvents shows it; the id is stable, and 56 digits long like AWS's. */
export function toFilteredEvent(event: LogEvent) {
  const key = hashKey(event.stream, event.timestamp, event.ordinal);
  const digits = (n: number) => String(Math.floor(unitAt(key, n) * 1e14)).padStart(14, '0');
  return {
    logStreamName: event.stream,
    ...toOutputEvent(event),
    eventId: `3${String(event.timestamp).padStart(13, '0')}${digits(1)}${digits(2)}${digits(3)}`,
  };
}

/** What an event weighs against the 1 MB of a page: its UTF-8 bytes and AWS's 26 bytes overhead. */
export const eventBytes = (event: LogEvent) => Buffer.byteLength(event.message, 'utf8') + 26;

const ingestionTimeOf = (event: LogEvent) =>
  event.timestamp + 200 + Math.floor(unitAt(hashKey(event.stream), event.timestamp % 4_294_967_296) * 1_200);

function bounded(source: LogSource, range: Range): Range {
  return intersect(range, { fromMs: source.begins(), toMs: source.ends() + 1 });
}

function window(source: LogSource, streams: ReadonlySet<string>, fromMs: number, toMs: number): LogEvent[] {
  const events: LogEvent[] = [];
  const last = new Map<string, LogEvent>();
  for (const line of source.lines(fromMs, toMs)) {
    if (!streams.has(line.stream)) continue;
    const before = last.get(line.stream);
    const ordinal = before?.timestamp === line.timestamp ? before.ordinal + 1 : 0;
    const event = { ...line, ordinal };
    last.set(line.stream, event);
    events.push(event);
  }
  return events;
}
