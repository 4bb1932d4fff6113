import { formatPageToken, parsePageToken } from '../../../protocol/page-token';
import { flag, listOf, readInput, text } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { eventLimit, logGroupIdentifier, logGroupName, logStreamName, logTime, logToken } from '../fields';
import { parseFilterPattern } from '../filter-pattern';
import { invalidParameter, noSuchStream } from '../log-errors';
import { findGroupOrThrow } from '../log-groups';
import { findStream, streamsAt } from '../log-streams';
import { mergedEvents } from '../merged-events';
import { eventBytes, intersect, type LogEvent, toFilteredEvent, visibleRange } from '../stream-events';
import { PAGE_BYTES, PAGE_EVENTS } from '../take-page';

/** Events one call with a pattern looks at; a rare word then gives empty pages with a token, as on the real service. */
const SCAN_EVENTS = 400;
const NEWEST_FIRST_SINCE = Date.UTC(2024, 0, 1);

interface Place {
  timestamp: number;
  /** Events seen at that timestamp, over all streams. */
  seen: number;
  forward: boolean;
}

/** FilterLogEvents: events of many streams in one order of time, by pattern. It is over when no token comes back. */
export const filterLogEvents: Operation = ({ sandbox, region, now, input }) => {
  const read = readInput(input, {
    logGroupName: logGroupName(),
    logGroupIdentifier: logGroupIdentifier(),
    logStreamNames: listOf(logStreamName(), { min: 1, max: 100 }),
    logStreamNamePrefix: logStreamName(),
    startTime: logTime(),
    endTime: logTime(),
    filterPattern: text({ max: 1024 }),
    nextToken: logToken(),
    limit: eventLimit(),
    interleaved: flag(),
    unmask: flag(),
    startFromHead: flag(),
  });
  const { logStreamNames: names, logStreamNamePrefix: prefix } = read;
  if (names && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  if (read.startFromHead === false && (read.startTime ?? 0) < NEWEST_FIRST_SINCE) {
    throw invalidParameter('startFromHead can be false only when startTime is on or after Jan 1, 2024 00:00:00 UTC.');
  }
  const matches = parseFilterPattern(read.filterPattern ?? '');
  const group = findGroupOrThrow(region, read, now);
  const streams = names
    ? names.map((name) => findStream(region, group, name, now) ?? throwNoSuchStream())
    : streamsAt(region, group, now, prefix);

  const { nextToken: _token, limit: _limit, startFromHead: _head, ...request } = input;
  const from = parsePageToken(request, read.nextToken) as Place | undefined;
  const forward = from?.forward ?? read.startFromHead !== false;
  const range = intersect(visibleRange(now, sandbox.scenario.logRetentionDays), {
    fromMs: Math.max(read.startTime ?? 0, from && forward ? from.timestamp : 0),
    // Unlike in GetLogEvents, the end is included (AWS docs).
    toMs: Math.min(
      (read.endTime ?? Number.MAX_SAFE_INTEGER - 1) + 1,
      from && !forward ? from.timestamp + 1 : Number.MAX_SAFE_INTEGER,
    ),
  });
  const page = takeMatches(mergedEvents(streams, range, forward), {
    from,
    forward,
    limit: read.limit ?? PAGE_EVENTS,
    scan: read.filterPattern ? SCAN_EVENTS : PAGE_EVENTS,
    matches,
  });
  return {
    events: page.events.map(toFilteredEvent),
    searchedLogStreams: [],
    nextToken: page.next && formatPageToken(request, page.next),
  };
};

function throwNoSuchStream(): never {
  throw noSuchStream();
}

function takeMatches(
  events: Iterable<LogEvent>,
  wish: {
    from: Place | undefined;
    forward: boolean;
    limit: number;
    scan: number;
    matches: (message: string) => boolean;
  },
): { events: LogEvent[]; next?: Place } {
  const { from, forward, limit, scan, matches } = wish;
  const page: LogEvent[] = [];
  let place: Place | undefined;
  let scanned = 0;
  let bytes = 0;
  for (const event of events) {
    const seen = (place?.timestamp === event.timestamp ? place.seen : 0) + 1;
    const here: Place = { timestamp: event.timestamp, seen, forward };
    const isOld = event.timestamp === from?.timestamp && seen <= from.seen;
    if (!isOld) {
      const hit = matches(event.message);
      if (hit) bytes += eventBytes(event);
      const full = page.length >= limit || scanned >= scan || (bytes > PAGE_BYTES && page.length > 0);
      // Only now is it known that something follows.
      if (full && place) return { events: page, next: place };
      scanned += 1;
      if (hit) page.push(event);
    }
    place = here;
  }
  return { events: page };
}
