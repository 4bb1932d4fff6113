import { flag, must, readInput } from '../../../protocol/read-input';
import { hashKey, unitAt } from '../../../rng';
import type { Operation } from '../../service';
import { eventLimit, logGroupIdentifier, logGroupName, logStreamName, logTime, logToken } from '../fields';
import { invalidParameter, noSuchStream } from '../log-errors';
import { findGroupOrThrow } from '../log-groups';
import { findStream } from '../log-streams';
import { formatPositionToken, type Position, parsePositionToken } from '../position-token';
import {
  eventsBackward,
  eventsForward,
  intersect,
  type LogEvent,
  type Range,
  toOutputEvent,
  visibleRange,
} from '../stream-events';
import { takePage } from '../take-page';

/** The share of places in a stream from which the service first answers with an empty page. */
const EMPTY_PAGE_SHARE = 0.15;

/**
 * GetLogEvents: one stream, in either direction. Both tokens are always there; a token that comes back as it was sent
 * means there is nothing (more) in that direction. A page can be empty while more follows: its token then differs.
 */
export const getLogEvents: Operation = ({ sandbox, region, now, input }) => {
  const read = readInput(input, {
    logGroupName: logGroupName(),
    logGroupIdentifier: logGroupIdentifier(),
    logStreamName: must(logStreamName()),
    startTime: logTime(),
    endTime: logTime(),
    nextToken: logToken(),
    limit: eventLimit(),
    startFromHead: flag(),
    unmask: flag(),
  });
  const group = findGroupOrThrow(region, read, now);
  const stream = findStream(region, group, read.logStreamName, now);
  if (!stream) throw noSuchStream();
  const range = intersect(visibleRange(now, sandbox.scenario.logRetentionDays), {
    fromMs: read.startTime ?? 0,
    toMs: read.endTime ?? Number.MAX_SAFE_INTEGER,
  });
  const from = read.nextToken === undefined ? undefined : parsePositionToken(stream.name, read.nextToken);
  if (from?.direction === 'f' && read.startFromHead !== true) {
    throw invalidParameter('startFromHead must be true when nextToken is a forward token.');
  }
  const forward = from ? from.direction === 'f' : read.startFromHead === true;
  const names = new Set([stream.name]);
  const events = forward
    ? takePage(eventsForward(stream.source, names, from ? rangeFrom(range, from) : range), read.limit, startsAt(from))
    : takePage(eventsBackward(stream.source, names, from ? rangeTo(range, from) : range), read.limit, endsAt(from));
  const token = (position: Position) => formatPositionToken(stream.name, position);
  if (from && events.length > 0 && !from.rested && isEmptyPage(stream.name, from)) {
    const onward = token({ ...from, rested: true });
    const back = token({ ...from, direction: forward ? 'b' : 'f' });
    return { events: [], nextForwardToken: forward ? onward : back, nextBackwardToken: forward ? back : onward };
  }
  if (!forward) events.reverse();
  const edges = edgesOf(events, from, forward, range);
  return {
    events: events.map(toOutputEvent),
    // At an end the token comes back exactly as it was sent.
    nextForwardToken: token(forward && from && events.length === 0 ? from : edges.after),
    nextBackwardToken: token(!forward && from && events.length === 0 ? from : edges.before),
  };
};

const rangeFrom = (range: Range, from: Position) => ({ ...range, fromMs: Math.max(range.fromMs, from.timestamp) });
const rangeTo = (range: Range, from: Position) => ({ ...range, toMs: Math.min(range.toMs, from.timestamp + 1) });
const startsAt = (from: Position | undefined) => (event: LogEvent) =>
  from !== undefined && event.timestamp === from.timestamp && event.ordinal < from.ordinal;
const endsAt = (from: Position | undefined) => (event: LogEvent) =>
  from !== undefined && event.timestamp === from.timestamp && event.ordinal >= from.ordinal;

/** The places before the first and behind the last event of a page; for an empty page, where the reader stands. */
function edgesOf(events: readonly LogEvent[], from: Position | undefined, forward: boolean, range: Range) {
  const first = events[0];
  const last = events.at(-1);
  const here = from ?? { timestamp: Math.max(0, forward ? range.fromMs : range.toMs), ordinal: 0 };
  const at = (direction: 'f' | 'b', timestamp: number, ordinal: number): Position => ({
    direction,
    timestamp,
    ordinal,
    rested: false,
  });
  return {
    before: first ? at('b', first.timestamp, first.ordinal) : at('b', here.timestamp, here.ordinal),
    after: last ? at('f', last.timestamp, last.ordinal + 1) : at('f', here.timestamp, here.ordinal),
  };
}

function isEmptyPage(stream: string, from: Position): boolean {
  return (
    unitAt(hashKey('empty-page', stream, from.direction), from.timestamp % 4_294_967_296, from.ordinal) <
    EMPTY_PAGE_SHARE
  );
}
