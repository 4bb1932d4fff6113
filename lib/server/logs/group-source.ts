import 'server-only';
import { nextSearchWindow } from '@/lib/logs/search-window';
import {
  type Bounds,
  isFull,
  type LogPage,
  nameLines,
  type SourceReader,
  type TailFeed,
  type TailLine,
} from './log-page';
import type { FoundLine, LogReader, LogStreamFacts } from './log-reader';
import { emptyPagesOnly } from './read-streams';

interface GroupSourceInput {
  reader: LogReader;
  /** Only this stream. */
  stream?: string;
  /** The stretch of time that belongs to the job, epoch ms: an agent serves many jobs, and its group has no stream by job. */
  floorMs: number;
  /** Absent while the job runs. */
  endMs?: number;
}

interface Clocks {
  now: () => number;
  /** The time at AWS: the lines carry it. */
  awsNow: () => number;
}

/** Calls for one page: CloudWatch may answer with empty pages while more follows. */
const MAX_CALLS = 20;
/** Calls without a line that the next page could begin behind: then reading on would stand still. */
const MAX_EMPTY_CALLS = 100;
const MAX_LINES = 10_000;
/** 60 s: how late a line may come and still be noticed by a viewer who watches (assumption). */
const LATE_MS = 60_000;
/** 60 s: the names of streams serve the filter only. */
const STREAMS_MS = 60_000;

/**
 * A whole log group within the time of a job: an agent's sandboxes each write a stream of their own, far too many to read
 * one by one, so CloudWatch merges them (FilterLogEvents).
 */
export function groupSource(input: GroupSourceInput, clocks: Clocks): SourceReader {
  const within = ({ floorMs, beforeMs }: Bounds) => ({
    ...input,
    floorMs: Math.max(input.floorMs, floorMs ?? 0),
    beforeMs: Math.min(input.endMs ?? clocks.awsNow() + LATE_MS, beforeMs ?? Number.MAX_SAFE_INTEGER),
  });
  const listStreams = async () => (await input.reader.listStreams()) ?? [];
  return {
    listStreams,
    async readBefore(limit, bounds) {
      const { page } = await readBack(limit, within(bounds));
      return page;
    },
    async readAfter(limit, afterMs, bounds) {
      const stretch = within(bounds);
      return readOn(limit, { ...stretch, floorMs: Math.max(afterMs, stretch.floorMs) });
    },
    tail: () => new GroupTail(input, listStreams, clocks),
  };
}

type Stretch = Pick<GroupSourceInput, 'reader' | 'stream'> & { floorMs: number; beforeMs: number };

async function readBack(
  limit: number,
  { reader, stream, floorMs, beforeMs }: Stretch,
): Promise<{ page: LogPage; found: FoundLine[] }> {
  const found: FoundLine[] = [];
  let index = 0;
  let token: string | undefined;
  let window = nextSearchWindow(beforeMs, floorMs, index);
  let coveredMs = beforeMs;
  for (let calls = 0; window && calls < MAX_CALLS; calls++) {
    const { from: fromMs, to: toMs } = window;
    const answer = await reader.search({ stream, fromMs, toMs, token, limit: Math.min(MAX_LINES, limit + 100) });
    if (!answer) return { page: { events: [] }, found: [] };
    found.push(...answer.lines);
    token = answer.nextToken;
    if (token === undefined) {
      coveredMs = fromMs;
      window = nextSearchWindow(fromMs, floorMs, ++index);
    } else {
      // Newest first: the oldest line so far may share its millisecond with lines to come.
      for (const { timestampMs } of answer.lines) coveredMs = Math.min(coveredMs, timestampMs + 1);
    }
    if (found.filter(({ timestampMs }) => timestampMs >= coveredMs).length >= limit) break;
  }
  const certain = found.filter(({ timestampMs }) => timestampMs >= coveredMs).reverse();
  const events = nameLines(certain);
  return { page: { events, ...(window ? { fromMs: coveredMs } : {}) }, found: certain };
}

async function readOn(limit: number, { reader, stream, floorMs: fromMs, beforeMs: toMs }: Stretch): Promise<LogPage> {
  if (fromMs >= toMs) return { events: [] };
  const found: FoundLine[] = [];
  let token: string | undefined;
  let coveredMs = fromMs;
  for (let calls = 0; calls < MAX_CALLS || coveredMs === fromMs; calls++) {
    if (calls >= MAX_EMPTY_CALLS) throw emptyPagesOnly();
    const lines = Math.min(MAX_LINES, limit + 100);
    const answer = await reader.search({ stream, fromMs, toMs, token, limit: lines, fromHead: true });
    if (!answer) return { events: [] };
    found.push(...answer.lines);
    token = answer.nextToken;
    if (token === undefined) return { events: nameLines(found) };
    for (const { timestampMs } of answer.lines) coveredMs = Math.max(coveredMs, timestampMs);
    const certain = nameLines(found.filter(({ timestampMs }) => timestampMs < coveredMs));
    if (isFull(certain, limit)) return { events: certain, toMs: coveredMs };
  }
  return { events: nameLines(found.filter(({ timestampMs }) => timestampMs < coveredMs)), toMs: coveredMs };
}

/** Asks for what is younger than the newest line less a minute, and takes each event once by CloudWatch's own id. */
class GroupTail implements TailFeed {
  private streams: LogStreamFacts[] = [];
  private streamsAt = Number.NEGATIVE_INFINITY;
  private newestMs = 0;
  private seen = new Map<string, number>();

  constructor(
    private readonly input: GroupSourceInput,
    private readonly list: () => Promise<LogStreamFacts[]>,
    private readonly clocks: Clocks,
  ) {}

  async listStreams(): Promise<LogStreamFacts[]> {
    const now = this.clocks.now();
    if (now - this.streamsAt >= STREAMS_MS) {
      this.streams = await this.list();
      this.streamsAt = now;
    }
    return this.streams;
  }

  async seed(limit: number): Promise<LogPage | undefined> {
    if (this.streams.length === 0) return undefined;
    const beforeMs = this.input.endMs ?? this.clocks.awsNow() + LATE_MS;
    const { page, found } = await readBack(limit, { ...this.input, beforeMs });
    this.remember(found);
    return page;
  }

  async next(): Promise<TailLine[]> {
    const fresh: FoundLine[] = [];
    const fromMs = Math.max(this.input.floorMs, this.newestMs - LATE_MS);
    const toMs = this.input.endMs ?? Math.max(this.clocks.awsNow(), this.newestMs) + LATE_MS;
    if (fromMs >= toMs) return [];
    let token: string | undefined;
    for (let calls = 0; calls < MAX_CALLS; calls++) {
      const answer = await this.input.reader.search({ fromMs, toMs, token, limit: MAX_LINES, fromHead: true });
      if (!answer) break;
      fresh.push(...answer.lines.filter(({ eventId }) => !this.seen.has(eventId)));
      token = answer.nextToken;
      if (token === undefined) break;
    }
    this.remember(fresh);
    return fresh;
  }

  private remember(lines: readonly FoundLine[]): void {
    for (const { eventId, timestampMs } of lines) {
      this.seen.set(eventId, timestampMs);
      this.newestMs = Math.max(this.newestMs, timestampMs);
    }
    const oldest = this.newestMs - 2 * LATE_MS;
    if (this.seen.size > MAX_LINES) this.seen = new Map([...this.seen].filter(([, at]) => at >= oldest));
  }
}
