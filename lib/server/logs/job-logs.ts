import 'server-only';
import { logState } from '@/lib/logs/log-state';
import { compareEvents } from '@/lib/logs/merge-events';
import type { JobRef } from '../../contract/jobs';
import type { ListLogsQuery, ListLogsResponse, LogEvent } from '../../contract/logs';
import { LiveTail } from './live-tail';
import { formatLogCursor, type LogCursor, type LogScope, parseLogCursor } from './log-cursor';
import type { LogReader, LogStreamFacts } from './log-reader';
import { PageCache } from './page-cache';
import { type BackwardPage, readBackward } from './read-backward';
import { searchLog } from './search-log';

/** What the log needs to know of its job. */
export interface JobTimes {
  createdAtMs: number;
  /** Absent while the job runs. */
  endedAtMs?: number;
}

/** What the logs are read with; the use case wires it to a deployment, tests to what they need. */
export interface JobLogsDeps {
  reader(region: string, logGroup: string): LogReader;
  /** Throws AppError `not_found` for a job nobody knows. */
  jobTimes(region: string, ref: JobRef): Promise<JobTimes>;
  awsNowMs(region: string): number;
  /** Wall clock, epoch ms. */
  now(): number;
}

/** 5 min: the last lines of a job arrive after it has ended (assumption). Until then its log counts as live. */
const SETTLED_MS = 5 * 60_000;
/** Between the clocks of AWS services, and for lines flushed after the end. */
const SLACK_MS = 3_600_000;
/** A viewer who catches up gets this much at once. */
const MAX_NEWER_LINES = 2_000;
/** 12 million characters: about 24 MB, some hundred pages. */
const CACHE_CHARS = 12_000_000;
const MAX_TAILS = 32;

interface Settled {
  page: BackwardPage;
  streams: LogStreamFacts[];
  readAtMs: number;
}

/** One question about one log, with everything that answering it needs. */
interface Ask {
  scope: LogScope;
  reader: LogReader;
  logGroup: string;
  prefix: string;
  key: string;
  times: JobTimes;
  awsNowMs: number;
  settled: boolean;
  limit: number;
}

/**
 * The logs of jobs. What does not change any more is read once and kept; the end of a live log is read once for all
 * its viewers. Nothing here runs unless somebody asks.
 */
export class JobLogs {
  private readonly tails = new Map<string, LiveTail>();
  private readonly pages = new PageCache<Settled>(CACHE_CHARS, ({ page, streams }) =>
    // An empty answer is not kept: a permission, a late line or a longer retention may still fill it.
    page.events.length === 0
      ? undefined
      : page.events.reduce((sum, event) => sum + event.message.length + 200, streams.length),
  );

  constructor(private readonly deps: JobLogsDeps) {}

  /** A page of a job's log. Throws `not_found`, `bad_request` for a foreign cursor, and what AWS refuses. */
  async list(region: string, ref: JobRef, query: ListLogsQuery): Promise<ListLogsResponse> {
    const scope: LogScope = { region, ...ref, ...(query.q === undefined ? {} : { q: query.q }) };
    const cursor = query.cursor === undefined ? undefined : parseLogCursor(scope, query.cursor);
    const times = await this.deps.jobTimes(region, ref);
    const awsNowMs = this.deps.awsNowMs(region);
    const logGroup = `/aws/sagemaker/Job/${ref.jobCategory}`;
    const ask: Ask = {
      scope,
      reader: this.deps.reader(region, logGroup),
      logGroup,
      // With the slash: `job-1` must not show the lines of `job-10`.
      prefix: `${ref.jobName}/`,
      key: `${region} ${ref.jobCategory} ${ref.jobName}`,
      times,
      awsNowMs,
      settled: times.endedAtMs !== undefined && awsNowMs - times.endedAtMs > SETTLED_MS,
      limit: query.limit,
    };
    if (query.q !== undefined) return this.find(ask, query.q, cursor);
    if (cursor?.kind === 'older') return this.readSettled(ask, cursor.before);
    if (cursor?.kind === 'newer') return this.readNewer(ask, cursor);
    return ask.settled ? this.readSettled(ask) : this.readEnd(ask, await this.tail(ask));
  }

  private async readSettled(ask: Ask, beforeMs?: number): Promise<ListLogsResponse> {
    const { reader, prefix, limit } = ask;
    const load = async (): Promise<Settled> => {
      const streams = (await reader.listStreams(prefix)) ?? [];
      const names = streams.map(({ name }) => name);
      const page = await readBackward({ reader, streams: names, beforeMs, limit });
      return { page, streams, readAtMs: this.deps.now() };
    };
    const key = `${ask.key} ${beforeMs ?? 'end'} ${limit}`;
    const { page, streams, readAtMs } = await this.pages.get(key, load);
    return {
      ...this.about(ask, streams, readAtMs, page.events.length > 0 || beforeMs !== undefined),
      events: page.events,
      ...this.older(ask, page.fromMs),
    };
  }

  private async tail(ask: Ask): Promise<LiveTail> {
    const known = this.tails.get(ask.key);
    const tail = known ?? new LiveTail({ reader: ask.reader, streamPrefix: ask.prefix, now: this.deps.now });
    this.tails.delete(ask.key);
    this.tails.set(ask.key, tail);
    for (const key of this.tails.keys()) {
      if (this.tails.size <= MAX_TAILS) break;
      this.tails.delete(key);
    }
    await tail.refresh();
    return tail;
  }

  private readEnd(ask: Ask, tail: LiveTail): ListLogsResponse {
    const all = [...tail.events].sort(compareEvents);
    const { events, whole } = lastLines(all, ask.limit);
    const fromMs = whole ? tail.fromMs : firstMs(events);
    return {
      ...this.about(ask, tail.streams, tail.confirmedAt, all.length > 0),
      events,
      ...this.older(ask, fromMs),
      ...this.newer(ask, tail, tail.newest),
    };
  }

  private async readNewer(ask: Ask, cursor: Extract<LogCursor, { kind: 'newer' }>): Promise<ListLogsResponse> {
    const tail = await this.tail(ask);
    const received = tail.id === cursor.tail ? tail.after(cursor.sequence) : undefined;
    if (received) {
      const next = received.slice(0, MAX_NEWER_LINES);
      const left = received.slice(MAX_NEWER_LINES).map(({ event }) => Date.parse(event.timestamp));
      return {
        ...this.about(ask, tail.streams, tail.confirmedAt, tail.newest > 0),
        events: next.map(({ event }) => event).sort(compareEvents),
        ...this.newer(ask, tail, next.at(-1)?.sequence ?? cursor.sequence, Math.min(tail.newestMs, ...left)),
      };
    }
    // Another tail than the one this viewer knew. If it reaches back far enough, nothing was missed.
    const all = [...tail.events].sort(compareEvents);
    if (tail.fromMs !== undefined && tail.fromMs > cursor.after) return this.readEnd(ask, tail);
    return {
      ...this.about(ask, tail.streams, tail.confirmedAt, all.length > 0),
      events: all.filter(({ timestamp }) => Date.parse(timestamp) >= cursor.after),
      ...this.newer(ask, tail, tail.newest),
    };
  }

  private async find(ask: Ask, q: string, cursor: LogCursor | undefined): Promise<ListLogsResponse> {
    const { reader, prefix, times, awsNowMs, limit } = ask;
    const page = await searchLog({
      reader,
      streamPrefix: prefix,
      q,
      floorMs: times.createdAtMs - SLACK_MS,
      endMs: Math.min(times.endedAtMs ?? awsNowMs, awsNowMs) + SLACK_MS,
      now: this.deps.now,
      cursor: cursor?.kind === 'search' ? cursor : undefined,
      limit,
    });
    const { fromMs, complete } = page.searched;
    // Beyond the job's end there is only what came late.
    const lastMs = page.events.reduce((last, { timestamp }) => Math.max(last, Date.parse(timestamp)), 0);
    const toMs = Math.min(page.searched.toMs, awsNowMs, Math.max(times.endedAtMs ?? awsNowMs, lastMs));
    return {
      ...this.about(ask, [], this.deps.now(), true),
      events: page.events,
      ...(page.next ? { olderCursor: formatLogCursor(ask.scope, page.next) } : {}),
      searched: {
        from: isoTime(Math.min(toMs, Math.max(fromMs, times.createdAtMs))),
        to: isoTime(toMs),
        complete,
      },
    };
  }

  private about(ask: Ask, streams: LogStreamFacts[], readAtMs: number | undefined, hasLines: boolean) {
    const times = streams.flatMap(({ lastEventAtMs }) => (lastEventAtMs === undefined ? [] : [lastEventAtMs]));
    return {
      state: logState({
        streams: streams.length,
        hasLines,
        ...(times.length > 0 ? { lastLineAtMs: Math.max(...times) } : {}),
        ...(ask.times.endedAtMs === undefined ? {} : { endedAtMs: ask.times.endedAtMs }),
        nowMs: ask.awsNowMs,
      }),
      logGroup: ask.logGroup,
      streams: streams.map(({ name }) => name),
      ...(readAtMs === undefined ? {} : { asOf: isoTime(readAtMs) }),
      awsNow: isoTime(ask.awsNowMs),
    };
  }

  private older(ask: Ask, beforeMs: number | undefined) {
    return beforeMs === undefined
      ? {}
      : { olderCursor: formatLogCursor(ask.scope, { kind: 'older', before: beforeMs }) };
  }

  /** `after`: every line before this time has been given out. */
  private newer(ask: Ask, tail: LiveTail, sequence: number, after = tail.newestMs) {
    if (ask.settled && sequence === tail.newest) return {};
    const cursor: LogCursor = { kind: 'newer', tail: tail.id, sequence, after };
    return { newerCursor: formatLogCursor(ask.scope, cursor) };
  }
}

const isoTime = (ms: number) => new Date(ms).toISOString();

const firstMs = ([first]: LogEvent[]) => (first ? Date.parse(first.timestamp) : undefined);

/** The last lines, whole milliseconds only; `whole` when none was left out. */
function lastLines(events: LogEvent[], limit: number): { events: LogEvent[]; whole: boolean } {
  let start = Math.max(0, events.length - limit);
  while (start > 0 && events[start - 1]?.timestamp === events[start]?.timestamp) start--;
  return { events: events.slice(start), whole: start === 0 };
}
