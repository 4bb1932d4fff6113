import type { LogEvent } from '../contract/logs';
import { type LineAddress, lineMark } from './line-address';
import { compareEvents } from './merge-events';

/** The time a log reaches over, epoch ms. */
export interface TimeSpan {
  fromMs: number;
  toMs: number;
}

/** How far into a span a moment lies: 0 at its start, 1 at its end, never beyond. */
export function fractionOf({ fromMs, toMs }: TimeSpan, ms: number): number {
  if (toMs <= fromMs) return 1;
  return Math.min(1, Math.max(0, (ms - fromMs) / (toMs - fromMs)));
}

/** The moment at a fraction of a span. */
export function timeAt({ fromMs, toMs }: TimeSpan, fraction: number): number {
  return Math.round(fromMs + (toMs - fromMs) * Math.min(1, Math.max(0, fraction)));
}

/** The place of a line in a run that is in order: its own, or where it would stand. */
export function indexOfLine(events: readonly LogEvent[], line: LogEvent): number {
  const at = lowerBound(events, (event) => compareEvents(event, line) < 0);
  // Found lines share time and stream without an order of their own: look a few places on.
  for (let i = at; i < events.length && events[i]?.timestamp === line.timestamp; i++) {
    if (events[i]?.id === line.id) return i;
  }
  return Math.min(at, Math.max(0, events.length - 1));
}

/** The place of the first line at or after a time; the number of lines when there is none. */
export function indexOfTime(events: readonly LogEvent[], ms: number): number {
  const time = new Date(ms).toISOString();
  return lowerBound(events, (event) => event.timestamp < time);
}

/** The line an address means, or the first at or after its time when it is not there any more. */
export function findLine(
  events: readonly LogEvent[],
  { timestampMs, mark, stream }: LineAddress,
): { event: LogEvent; exact: boolean } | undefined {
  const time = new Date(timestampMs).toISOString();
  const at = indexOfTime(events, timestampMs);
  for (let i = at; mark !== undefined && events[i]?.timestamp === time; i++) {
    const event = events[i];
    if (event && (stream === undefined || event.stream === stream) && lineMark(event.message) === mark) {
      return { event, exact: true };
    }
  }
  const event = events[at] ?? events.at(-1);
  return event && { event, exact: mark === undefined };
}

/** The run without lines of its far end, cut between two milliseconds so that a time says where it goes on. */
export function trimRun(
  events: readonly LogEvent[],
  most: number,
  far: 'start' | 'end',
): { events: readonly LogEvent[]; trimmed: boolean } {
  if (events.length <= most) return { events, trimmed: false };
  if (far === 'end') {
    let end = most;
    while (end > 0 && events[end]?.timestamp === events[end - 1]?.timestamp) end--;
    return end > 0 ? { events: events.slice(0, end), trimmed: true } : { events, trimmed: false };
  }
  let start = events.length - most;
  while (start < events.length && events[start]?.timestamp === events[start - 1]?.timestamp) start++;
  return start < events.length ? { events: events.slice(start), trimmed: true } : { events, trimmed: false };
}

function lowerBound(events: readonly LogEvent[], isBefore: (event: LogEvent) => boolean): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event && isBefore(event)) low = middle + 1;
    else high = middle;
  }
  return low;
}
