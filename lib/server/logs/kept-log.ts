import 'server-only';
import type { JobRef } from '../../contract/jobs';
import type { LogEvent } from '../../contract/logs';
import type { Catalog } from '../catalog/catalog';
import { findKeptAt, findKeptLog, type KeptChunk, readKeptChunk } from '../catalog/kept-logs-store';
import type { Scope } from '../catalog/scopes-store';
import { unpackLines } from './kept-chunk';
import { type Bounds, isFull, type LogPage, takeFirst, takeLast } from './log-page';
import { PageCache } from './page-cache';

export interface KeptFacts {
  keptAt: Date;
  lines: number;
  whole: boolean;
  streams: string[];
  /** Times of the first and the last line, epoch ms; absent without lines. */
  span?: { fromMs: number; toMs: number };
}

/** What a reader of a kept log wants to see of it. */
export type Wanted = (event: LogEvent) => boolean;

export interface KeptSearch {
  /** Oldest first. */
  events: LogEvent[];
  /** Lines that were looked at. */
  looked: number;
  /** Before this time nothing was looked at; absent when the start was reached. */
  fromMs?: number;
}

/** 24 million characters: about 150,000 lines stay unpacked, so that a second search of them takes milliseconds. */
const CACHE_CHARS = 24_000_000;
const MAX_KNOWN = 200;

/** The logs that the catalog keeps of finished jobs. Nothing here asks AWS. */
export class KeptLogs {
  private readonly known = new Map<string, KeptLog>();
  private readonly lines = new PageCache<LogEvent[]>(CACHE_CHARS, (events) =>
    events.reduce((sum, { message }) => sum + message.length + 100, 1),
  );

  constructor(private readonly catalog: Catalog) {}

  /** One source's log, or undefined when it was not kept (yet). */
  async find(scope: Scope, ref: JobRef, source: string): Promise<KeptLog | undefined> {
    const key = JSON.stringify([scope.id, ref.jobCategory, ref.jobName, source]);
    const known = this.known.get(key);
    // A job made again under the name has another log, or none yet.
    if (known && known.facts.keptAt.getTime() === (await findKeptAt(this.catalog, scope, ref, source))?.getTime()) {
      return known;
    }
    this.known.delete(key);
    const row = await findKeptLog(this.catalog, scope, ref, source);
    if (!row) return undefined;
    const { chunks, streams, lines, whole, keptAt } = row;
    const first = chunks[0];
    const last = chunks.at(-1);
    const log = new KeptLog(
      { keptAt, lines, whole, streams, ...(first && last ? { span: { fromMs: first.fromMs, toMs: last.toMs } } : {}) },
      chunks,
      (seq) =>
        this.lines.get(`${key} ${keptAt.getTime()} ${seq}`, async () => {
          const body = await readKeptChunk(this.catalog, scope, ref, source, seq);
          return body ? unpackLines(body, streams) : [];
        }),
    );
    this.known.set(key, log);
    const [oldest] = this.known.keys();
    if (this.known.size > MAX_KNOWN && oldest !== undefined) this.known.delete(oldest);
    return log;
  }
}

/** One kept log as pages by time. */
export class KeptLog {
  constructor(
    readonly facts: KeptFacts,
    private readonly chunks: readonly KeptChunk[],
    private readonly read: (seq: number) => Promise<LogEvent[]>,
  ) {}

  async readBefore(limit: number, { floorMs = 0, beforeMs = Number.MAX_SAFE_INTEGER }: Bounds, wanted?: Wanted) {
    const { events, fromMs } = await this.search(limit, { floorMs, beforeMs }, wanted ?? (() => true));
    return { events, ...(fromMs === undefined ? {} : { fromMs }) } satisfies LogPage;
  }

  async readAfter(limit: number, afterMs: number, bounds: Bounds, wanted?: Wanted): Promise<LogPage> {
    const fromMs = Math.max(afterMs, bounds.floorMs ?? 0);
    const beforeMs = bounds.beforeMs ?? Number.MAX_SAFE_INTEGER;
    let found: LogEvent[] = [];
    for (const chunk of this.chunks) {
      if (chunk.toMs < fromMs || chunk.fromMs >= beforeMs) continue;
      const events = await this.within(chunk, fromMs, beforeMs);
      found = [...found, ...(wanted ? events.filter(wanted) : events)];
      if (!isFull(found, limit)) continue;
      const page = takeFirst(found, limit);
      const end = Date.parse(page.at(-1)?.timestamp ?? '') + 1;
      const more = page.length < found.length || this.chunks.some(({ toMs }) => toMs >= end);
      return { events: page, ...(more && end < beforeMs ? { toMs: end } : {}) };
    }
    return { events: found };
  }

  /** The newest lines that are wanted, looked for from the end of the bounds back. */
  async search(limit: number, bounds: Required<Bounds>, wanted: Wanted): Promise<KeptSearch> {
    const { floorMs, beforeMs } = bounds;
    let found: LogEvent[] = [];
    let looked = 0;
    for (const chunk of [...this.chunks].reverse()) {
      if (chunk.toMs < floorMs || chunk.fromMs >= beforeMs) continue;
      const events = await this.within(chunk, floorMs, beforeMs);
      looked += events.length;
      found = [...events.filter(wanted), ...found];
      if (!isFull(found, limit)) continue;
      const page = takeLast(found, limit);
      const fromMs = Date.parse(page[0]?.timestamp ?? '');
      const more = page.length < found.length || this.chunks.some((other) => other.fromMs < fromMs);
      return { events: page, looked, ...(more && fromMs > floorMs ? { fromMs } : {}) };
    }
    return { events: found, looked };
  }

  /** The oldest line that is wanted. */
  async findFirst(bounds: Required<Bounds>, wanted: Wanted): Promise<LogEvent | undefined> {
    const { events } = await this.readAfter(1, bounds.floorMs, bounds, wanted);
    return events[0];
  }

  /** The lines of a stretch from one time to before another; most stretches lie within as they are. */
  private async within(chunk: KeptChunk, fromMs: number, beforeMs: number): Promise<LogEvent[]> {
    const events = await this.read(chunk.seq);
    if (chunk.fromMs >= fromMs && chunk.toMs < beforeMs) return events;
    return events.filter((event) => isWithin(event, fromMs, beforeMs));
  }
}

function isWithin({ timestamp }: LogEvent, fromMs: number, beforeMs: number): boolean {
  const ms = Date.parse(timestamp);
  return ms >= fromMs && ms < beforeMs;
}
