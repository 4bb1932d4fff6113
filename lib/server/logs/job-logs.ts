import 'server-only';
import { isOfLevel } from '@/lib/logs/log-level';
import { logState } from '@/lib/logs/log-state';
import { compareEvents } from '@/lib/logs/merge-events';
import type { JobRef } from '../../contract/jobs';
import type { FirstErrorResponse, ListLogsQuery, ListLogsResponse, LogEvent, LogScopeQuery } from '../../contract/logs';
import { findFirstError } from './first-error';
import { groupSource } from './group-source';
import type { KeptLog } from './kept-log';
import { LiveTail } from './live-tail';
import { formatLogCursor, type LogCursor, type LogScope, parseLogCursor } from './log-cursor';
import type { Bounds, LogPage, SourceReader } from './log-page';
import type { LogReader, LogStreamFacts } from './log-reader';
import { PageCache } from './page-cache';
import { searchLog } from './search-log';
import { streamsSource } from './streams-source';

/** What the log needs to know of its job. */
export interface JobTimes {
  createdAtMs: number;
  /** Absent while the job runs. */
  endedAtMs?: number;
}

/** Where one source of a job is found. With a prefix its streams are the job's; without, the whole group is read. */
export interface SourcePlace {
  logGroup: string;
  prefix?: string;
}

/** What the logs are read with; the use case wires it to a deployment, tests to what they need. */
export interface JobLogsDeps {
  reader(region: string, logGroup: string): LogReader;
  /** Throws AppError `not_found` for a source that the job does not have. */
  place(region: string, ref: JobRef, source: string): Promise<SourcePlace>;
  /** Throws AppError `not_found` for a job nobody knows. */
  jobTimes(region: string, ref: JobRef): Promise<JobTimes>;
  awsNowMs(region: string): number;
  /** Wall clock, epoch ms. */
  now(): number;
  /** What the catalog keeps of a finished job's log. */
  kept?(region: string, ref: JobRef, source: string): Promise<KeptLog | undefined>;
  /** Says that a log which can be kept was read. */
  keep?(region: string, ref: JobRef, source: string): void;
}

/** 5 min: the last lines of a job arrive after it has ended (assumption). Until then its log counts as live. */
export const SETTLED_MS = 5 * 60_000;
/** Between the clocks of AWS services, and for lines flushed after the end. */
const SLACK_MS = 3_600_000;
/** A viewer who catches up gets this much at once. */
const MAX_NEWER_LINES = 2_000;
/** 12 million characters: about 24 MB, some hundred pages. */
const CACHE_CHARS = 12_000_000;
const MAX_TAILS = 32;
const FIRST_ERROR_SHARED_MS = 30_000;

interface Settled {
  page: LogPage;
  streams: LogStreamFacts[];
  readAtMs: number;
}

/** One question about one log, with everything that answering it needs. */
export interface Ask {
  region: string;
  ref: JobRef;
  query: LogScopeQuery;
  scope: LogScope;
  reader: LogReader;
  place: SourcePlace;
  source: SourceReader;
  key: string;
  times: JobTimes;
  awsNowMs: number;
  settled: boolean;
  bounds: Bounds;
  kept?: KeptLog;
}

/**
 * The logs of jobs. What does not change any more is read once and kept; the end of a live log is read once for all
 * its viewers. Nothing here runs unless somebody asks.
 */
export class JobLogs {
  private readonly tails = new Map<string, LiveTail>();
  private readonly firstErrors = new Map<string, { at: number; answer: Promise<FirstErrorResponse> }>();
  private readonly pages = new PageCache<Settled>(CACHE_CHARS, ({ page, streams }) =>
    // An empty answer is not kept: a permission, a late line or a longer retention may still fill it.
    page.events.length === 0
      ? undefined
      : page.events.reduce((sum, event) => sum + event.message.length + 200, streams.length),
  );

  constructor(private readonly deps: JobLogsDeps) {}

  /** A page of a log. Throws `not_found`, `bad_request` for a foreign cursor, and what AWS refuses. */
  async list(region: string, ref: JobRef, query: ListLogsQuery): Promise<ListLogsResponse> {
    const cursor = query.cursor === undefined ? undefined : parseLogCursor(toScope(region, ref, query), query.cursor);
    const ask = await this.ask(region, ref, query);
    const { limit } = query;
    if (query.q !== undefined || query.level !== undefined) return this.find(ask, limit, cursor);
    if (cursor?.kind === 'older') return this.readSettled(ask, limit, { before: cursor.before });
    if (query.before !== undefined) return this.readSettled(ask, limit, { before: Date.parse(query.before) });
    if (cursor?.kind === 'later') return this.readSettled(ask, limit, { after: cursor.after });
    if (query.after !== undefined) return this.readSettled(ask, limit, { after: Date.parse(query.after) });
    if (cursor?.kind === 'newer') return this.readNewer(ask, limit, cursor);
    if (query.around !== undefined) return this.readAround(ask, limit, Date.parse(query.around));
    return ask.settled || query.to !== undefined
      ? this.readSettled(ask, limit, {})
      : this.readEnd(ask, limit, await this.tail(ask));
  }

  /** The first error of the failure. The same for everybody who asks within half a minute; for a finished job, for good. */
  async firstError(region: string, ref: JobRef, query: LogScopeQuery): Promise<FirstErrorResponse> {
    const ask = await this.ask(region, ref, { source: query.source });
    const known = this.firstErrors.get(ask.key);
    const age = this.deps.now() - (known?.at ?? 0);
    if (known && (ask.settled || age < FIRST_ERROR_SHARED_MS)) return known.answer;
    const entry = { at: this.deps.now(), answer: findFirstError(ask, this.deps.now) };
    this.firstErrors.set(ask.key, entry);
    entry.answer.catch(() => this.firstErrors.get(ask.key) === entry && this.firstErrors.delete(ask.key));
    const [oldest] = this.firstErrors.keys();
    if (this.firstErrors.size > 200 && oldest !== undefined) this.firstErrors.delete(oldest);
    return entry.answer;
  }

  /** Everything that answering needs; says by the way that a finished log was read. */
  async ask(region: string, ref: JobRef, query: LogScopeQuery): Promise<Ask> {
    const { source, stream, from, to } = query;
    const times = await this.deps.jobTimes(region, ref);
    const awsNowMs = this.deps.awsNowMs(region);
    const settled = times.endedAtMs !== undefined && awsNowMs - times.endedAtMs > SETTLED_MS;
    const kept = settled ? await this.deps.kept?.(region, ref, source) : undefined;
    const place = await this.deps.place(region, ref, source);
    const reader = this.deps.reader(region, place.logGroup);
    if (settled && !kept) this.deps.keep?.(region, ref, source);
    return {
      region,
      ref,
      query,
      scope: toScope(region, ref, query),
      reader,
      place,
      source: openSource(reader, place, { times, stream, now: this.deps.now, awsNow: () => awsNowMs }),
      key: JSON.stringify([region, ref.jobCategory, ref.jobName, source]),
      times,
      awsNowMs,
      settled,
      bounds: {
        ...(from === undefined ? {} : { floorMs: Date.parse(from) }),
        ...(to === undefined ? {} : { beforeMs: Date.parse(to) }),
      },
      kept,
    };
  }

  /** A page that will not change, or the latest there is of one that will. */
  private async readSettled(
    ask: Ask,
    limit: number,
    place: { before?: number; after?: number },
  ): Promise<ListLogsResponse> {
    const { page, streams, readAtMs } = await this.readPage(ask, limit, place);
    const isEdge = place.after !== undefined && page.toMs === undefined;
    const lastMs = Date.parse(page.events.at(-1)?.timestamp ?? '') || (place.after ?? 0) - 1;
    return {
      ...this.about(ask, streams, readAtMs, page.events.length > 0 || Object.keys(place).length > 0),
      events: page.events,
      ...(place.after === undefined ? this.older(ask, page.fromMs) : {}),
      ...(page.toMs === undefined ? {} : this.later(ask, page.toMs)),
      // Where the lines that are there end, those to come begin.
      ...(isEdge && !ask.settled && ask.query.to === undefined ? this.catchUp(ask, lastMs) : {}),
    };
  }

  private async readPage(ask: Ask, limit: number, place: { before?: number; after?: number }): Promise<Settled> {
    const { before, after } = place;
    const bounds = { ...ask.bounds, ...(before === undefined ? {} : { beforeMs: before }) };
    const { kept } = ask;
    if (kept) {
      const { stream } = ask.query;
      const wanted = stream === undefined ? undefined : (event: LogEvent) => event.stream === stream;
      const page =
        after === undefined
          ? await kept.readBefore(limit, bounds, wanted)
          : await kept.readAfter(limit, after, bounds, wanted);
      const streams = kept.facts.streams.map((name) => ({ name }));
      return { page, streams, readAtMs: kept.facts.keptAt.getTime() };
    }
    const load = async (): Promise<Settled> => {
      const streams = await ask.source.listStreams();
      const page =
        after === undefined
          ? await ask.source.readBefore(limit, bounds)
          : await ask.source.readAfter(limit, after, bounds);
      return { page, streams, readAtMs: this.deps.now() };
    };
    // What lies before a line never changes; what comes after one does while the job runs.
    if (!ask.settled && before === undefined) return load();
    const { stream, from, to } = ask.query;
    return this.pages.get(`${ask.key} ${JSON.stringify([stream, from, to, before, after, limit])}`, load);
  }

  private async readAround(ask: Ask, limit: number, aroundMs: number): Promise<ListLogsResponse> {
    const half = Math.ceil(limit / 2);
    const [before, after] = await Promise.all([
      this.readPage(ask, half, { before: aroundMs }),
      this.readSettled(ask, half, { after: aroundMs }),
    ]);
    return {
      ...after,
      // Either half may be empty while the other is not.
      state: before.page.events.length + after.events.length > 0 ? 'ok' : after.state,
      events: [...before.page.events, ...after.events],
      ...this.older(ask, before.page.fromMs),
    };
  }

  private async tail(ask: Ask): Promise<LiveTail> {
    const known = this.tails.get(ask.key);
    const { place, reader, times } = ask;
    const now = () => this.deps.awsNowMs(ask.region);
    // Without the stream: everybody shares one tail, and each takes from it what they want to see.
    const feed = () => openSource(reader, place, { times, now: this.deps.now, awsNow: now }).tail();
    const tail = known ?? new LiveTail({ feed: feed(), now: this.deps.now });
    this.tails.delete(ask.key);
    this.tails.set(ask.key, tail);
    for (const key of this.tails.keys()) {
      if (this.tails.size <= MAX_TAILS) break;
      this.tails.delete(key);
    }
    await tail.refresh();
    return tail;
  }

  private readEnd(ask: Ask, limit: number, tail: LiveTail): ListLogsResponse {
    const all = tail.events.filter((event) => isWanted(ask, event)).sort(compareEvents);
    const { events, whole } = lastLines(all, limit);
    const fromMs = whole ? tail.fromMs : firstMs(events);
    const floorMs = ask.bounds.floorMs ?? 0;
    return {
      ...this.about(ask, tail.streams, tail.confirmedAt, tail.newest > 0),
      events,
      ...(fromMs !== undefined && fromMs > floorMs ? this.older(ask, fromMs) : {}),
      ...this.newer(ask, tail, tail.newest),
    };
  }

  private async readNewer(
    ask: Ask,
    limit: number,
    cursor: Extract<LogCursor, { kind: 'newer' }>,
  ): Promise<ListLogsResponse> {
    const tail = await this.tail(ask);
    const received = tail.id === cursor.tail ? tail.after(cursor.sequence) : undefined;
    if (received) {
      const next = received.slice(0, MAX_NEWER_LINES);
      const left = received.slice(MAX_NEWER_LINES).map(({ event }) => Date.parse(event.timestamp));
      return {
        ...this.about(ask, tail.streams, tail.confirmedAt, tail.newest > 0),
        events: next
          .map(({ event }) => event)
          .filter((event) => isWanted(ask, event))
          .sort(compareEvents),
        ...this.newer(ask, tail, next.at(-1)?.sequence ?? cursor.sequence, Math.min(tail.newestMs, ...left)),
      };
    }
    // Another tail than the one this viewer knew. If it reaches back far enough, nothing was missed.
    if (tail.fromMs !== undefined && tail.fromMs > cursor.after) return this.readEnd(ask, limit, tail);
    const all = tail.events.filter((event) => isWanted(ask, event)).sort(compareEvents);
    return {
      ...this.about(ask, tail.streams, tail.confirmedAt, tail.newest > 0),
      events: all.filter(({ timestamp }) => Date.parse(timestamp) >= cursor.after),
      ...this.newer(ask, tail, tail.newest),
    };
  }

  private async find(ask: Ask, limit: number, cursor: LogCursor | undefined): Promise<ListLogsResponse> {
    const { times, awsNowMs, bounds, query } = ask;
    const floorMs = Math.max(times.createdAtMs - SLACK_MS, bounds.floorMs ?? 0);
    const endMs = Math.min(
      Math.min(times.endedAtMs ?? awsNowMs, awsNowMs) + SLACK_MS,
      bounds.beforeMs ?? Number.MAX_SAFE_INTEGER,
    );
    if (ask.kept) return this.findKept(ask, ask.kept, limit, { floorMs, beforeMs: endMs }, cursor);
    const page = await searchLog({
      reader: ask.reader,
      streamPrefix: ask.place.prefix,
      stream: query.stream,
      q: query.q,
      level: query.level,
      floorMs,
      endMs,
      now: this.deps.now,
      cursor: cursor?.kind === 'search' ? cursor : undefined,
      limit,
    });
    return {
      ...this.about(ask, [], this.deps.now(), true),
      events: page.events,
      ...(page.next ? { olderCursor: formatLogCursor(ask.scope, page.next) } : {}),
      searched: this.searched(ask, page.searched, page.events),
    };
  }

  private async findKept(
    ask: Ask,
    kept: KeptLog,
    limit: number,
    bounds: Required<Bounds>,
    cursor: LogCursor | undefined,
  ): Promise<ListLogsResponse> {
    const { q, level, stream } = ask.query;
    const beforeMs = cursor?.kind === 'kept' ? cursor.before : bounds.beforeMs;
    const wanted = (event: LogEvent) =>
      (q === undefined || event.message.includes(q)) &&
      (stream === undefined || event.stream === stream) &&
      (level === undefined || isOfLevel(event.message, level));
    const found = await kept.search(limit, { ...bounds, beforeMs }, wanted);
    const complete = found.fromMs === undefined;
    const stretch = { fromMs: found.fromMs ?? bounds.floorMs, toMs: beforeMs, complete };
    return {
      ...this.about(ask, [], kept.facts.keptAt.getTime(), true),
      events: found.events,
      ...(found.fromMs === undefined
        ? {}
        : { olderCursor: formatLogCursor(ask.scope, { kind: 'kept', before: found.fromMs }) }),
      searched: { ...this.searched(ask, stretch, found.events), lines: found.looked },
    };
  }

  private searched(
    ask: Ask,
    stretch: { fromMs: number; toMs: number; complete: boolean },
    events: readonly LogEvent[],
  ) {
    const { times, awsNowMs } = ask;
    // Beyond the job's end there is only what came late.
    const lastMs = events.reduce((last, { timestamp }) => Math.max(last, Date.parse(timestamp)), 0);
    const toMs = Math.min(stretch.toMs, awsNowMs, Math.max(times.endedAtMs ?? awsNowMs, lastMs));
    return {
      from: isoTime(Math.min(toMs, Math.max(stretch.fromMs, times.createdAtMs))),
      to: isoTime(toMs),
      complete: stretch.complete,
    };
  }

  private about(ask: Ask, streams: LogStreamFacts[], readAtMs: number | undefined, hasLines: boolean) {
    const { times, awsNowMs, kept, bounds } = ask;
    const lastTimes = streams.flatMap(({ lastEventAtMs }) => (lastEventAtMs === undefined ? [] : [lastEventAtMs]));
    // The streams of a whole group tell of other jobs as well.
    const firstTimes =
      ask.place.prefix === undefined ? [] : streams.flatMap(({ firstEventAtMs }) => firstEventAtMs ?? []);
    const span = kept?.facts.span ?? {
      fromMs: firstTimes.length > 0 ? Math.min(...firstTimes) : times.createdAtMs,
      toMs: Math.min(times.endedAtMs ?? awsNowMs, awsNowMs),
    };
    const spanFrom = Math.max(span.fromMs, bounds.floorMs ?? 0);
    const spanTo = Math.max(spanFrom, Math.min(span.toMs, bounds.beforeMs ?? span.toMs));
    return {
      state: logState({
        streams: kept && kept.facts.lines > 0 ? Math.max(1, streams.length) : streams.length,
        hasLines,
        ...(lastTimes.length > 0 ? { lastLineAtMs: Math.max(...lastTimes) } : {}),
        ...(times.endedAtMs === undefined ? {} : { endedAtMs: times.endedAtMs }),
        nowMs: awsNowMs,
      }),
      logGroup: ask.place.logGroup,
      streams: streams.map(({ name }) => name),
      span: { from: isoTime(spanFrom), to: isoTime(spanTo) },
      ...(kept && kept.facts.lines > 0
        ? { kept: { at: kept.facts.keptAt.toISOString(), lines: kept.facts.lines, whole: kept.facts.whole } }
        : {}),
      ...(readAtMs === undefined ? {} : { asOf: isoTime(readAtMs) }),
      awsNow: isoTime(awsNowMs),
    };
  }

  private older(ask: Ask, beforeMs: number | undefined) {
    return beforeMs === undefined
      ? {}
      : { olderCursor: formatLogCursor(ask.scope, { kind: 'older', before: beforeMs }) };
  }

  private later(ask: Ask, after: number) {
    return { laterCursor: formatLogCursor(ask.scope, { kind: 'later', after }) };
  }

  /** For a viewer who came to the end from further up: no tail is known by this name, so the time decides. */
  private catchUp(ask: Ask, lastMs: number) {
    const cursor: LogCursor = { kind: 'newer', tail: '', sequence: 0, after: Math.max(0, lastMs) };
    return { newerCursor: formatLogCursor(ask.scope, cursor) };
  }

  /** `after`: every line before this time has been given out. */
  private newer(ask: Ask, tail: LiveTail, sequence: number, after = tail.newestMs) {
    if (ask.settled && sequence === tail.newest) return {};
    const cursor: LogCursor = { kind: 'newer', tail: tail.id, sequence, after };
    return { newerCursor: formatLogCursor(ask.scope, cursor) };
  }
}

/** The reader that fits where a source is found. */
export function openSource(
  reader: LogReader,
  { prefix }: SourcePlace,
  how: { times: JobTimes; stream?: string; now: () => number; awsNow: () => number },
): SourceReader {
  const { times, stream, now, awsNow } = how;
  if (prefix !== undefined) return streamsSource({ reader, prefix, stream }, now);
  const endMs = times.endedAtMs === undefined ? undefined : times.endedAtMs + SETTLED_MS;
  return groupSource({ reader, stream, floorMs: times.createdAtMs, endMs }, { now, awsNow });
}

function toScope(region: string, ref: JobRef, { source, q, level, stream, from, to }: LogScopeQuery): LogScope {
  return { region, ...ref, source, q, level, stream, from, to };
}

const isoTime = (ms: number) => new Date(ms).toISOString();

const firstMs = ([first]: LogEvent[]) => (first ? Date.parse(first.timestamp) : undefined);

function isWanted({ query, bounds }: Ask, { stream, timestamp }: LogEvent): boolean {
  if (query.stream !== undefined && stream !== query.stream) return false;
  return bounds.floorMs === undefined || Date.parse(timestamp) >= bounds.floorMs;
}

/** The last lines, whole milliseconds only; `whole` when none was left out. */
function lastLines(events: LogEvent[], limit: number): { events: LogEvent[]; whole: boolean } {
  let start = Math.max(0, events.length - limit);
  while (start > 0 && events[start - 1]?.timestamp === events[start]?.timestamp) start--;
  return { events: events.slice(start), whole: start === 0 };
}
