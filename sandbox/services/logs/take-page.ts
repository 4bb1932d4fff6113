import { eventBytes, type LogEvent } from './stream-events';

/** What one answer may hold (AWS docs). */
export const PAGE_BYTES = 1_048_576;
export const PAGE_EVENTS = 10_000;

/** The next events of a stream, as many as one answer holds; an event is never cut, so the first always fits. */
export function takePage(
  events: Iterable<LogEvent>,
  limit = PAGE_EVENTS,
  skip: (event: LogEvent) => boolean = () => false,
): LogEvent[] {
  const page: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    if (skip(event)) continue;
    bytes += eventBytes(event);
    if (page.length > 0 && bytes > PAGE_BYTES) break;
    page.push(event);
    if (page.length >= limit) break;
  }
  return page;
}
