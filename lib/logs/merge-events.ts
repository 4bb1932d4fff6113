import type { LogEvent } from '../contract/logs';

/** The order of a log: by time, then by stream, then as the stream wrote them. */
export function compareEvents(a: LogEvent, b: LogEvent): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1;
  if (a.stream !== b.stream) return a.stream < b.stream ? -1 : 1;
  return orderOf(a) - orderOf(b);
}

/**
 * A name for one line, the same on every page and for every viewer: CloudWatch gives none. `order` counts the lines
 * of one stream within one millisecond, from 0.
 */
export function logEventId(stream: string, timestampMs: number, order: number): string {
  return `${stream}#${timestampMs}#${order}`;
}

function orderOf(event: LogEvent): number {
  return Number(event.id.slice(event.id.lastIndexOf('#') + 1)) || 0;
}

/**
 * Joins pages to one log, oldest first, each line once. Pages may overlap and may bring a line that belongs further up
 * (streams of one job are not delivered in step).
 */
export function mergeEvents(pages: readonly (readonly LogEvent[])[]): LogEvent[] {
  const all = new Map<string, LogEvent>();
  let sorted = true;
  let last: LogEvent | undefined;
  for (const page of pages) {
    for (const event of page) {
      if (all.has(event.id)) continue;
      all.set(event.id, event);
      if (last && sorted && compareEvents(last, event) > 0) sorted = false;
      last = event;
    }
  }
  const events = [...all.values()];
  return sorted ? events : events.sort(compareEvents);
}
