import 'server-only';
import type { Bounds, LogPage, SourceReader, TailFeed, TailLine } from './log-page';
import type { LogReader, LogStreamFacts } from './log-reader';
import { readBackward, readForward } from './read-streams';

interface StreamsSourceInput {
  reader: LogReader;
  /** What the streams' names start with: job name and slash, so that `job-1` never shows the lines of `job-10`. */
  prefix?: string;
  /** Only this stream. */
  stream?: string;
}

/** 30 s: a restarted job gets a new stream, and that is rare. */
const STREAMS_MS = 30_000;
/** Full pages of one stream per look; the rest comes with the next. */
const MAX_PAGES = 5;
const FULL_PAGE = 10_000;

/** A source with few streams, known by a prefix or by name: each is read with GetLogEvents, which knows its own end. */
export function streamsSource({ reader, prefix, stream }: StreamsSourceInput, now: () => number): SourceReader {
  const listStreams = async (): Promise<LogStreamFacts[]> => {
    if (stream !== undefined) return [{ name: stream }];
    return (await reader.listStreams(prefix)) ?? [];
  };
  // One reader answers one question, or reads one finished log: the streams are the same throughout.
  let listed: Promise<LogStreamFacts[]> | undefined;
  const listOnce = () => {
    listed ??= listStreams();
    return listed;
  };
  const namesOf = async () => (await listOnce()).map(({ name }) => name);
  return {
    listStreams: listOnce,
    async readBefore(limit, { floorMs, beforeMs }: Bounds): Promise<LogPage> {
      const page = await readBackward({ reader, streams: await namesOf(), limit, beforeMs, fromMs: floorMs });
      return { events: page.events, ...(page.fromMs === undefined ? {} : { fromMs: page.fromMs }) };
    },
    async readAfter(limit, afterMs, { floorMs, beforeMs }: Bounds): Promise<LogPage> {
      const fromMs = Math.max(afterMs, floorMs ?? 0);
      return readForward({ reader, streams: await namesOf(), limit, fromMs, beforeMs });
    },
    tail: () => new StreamsTail(reader, listStreams, now),
  };
}

/** Follows each stream with its own forward token (AWS docs: keep the last one and ask with it). */
class StreamsTail implements TailFeed {
  private streams: LogStreamFacts[] = [];
  private streamsAt = Number.NEGATIVE_INFINITY;
  private readonly tokens = new Map<string, string | undefined>();

  constructor(
    private readonly reader: LogReader,
    private readonly list: () => Promise<LogStreamFacts[]>,
    private readonly now: () => number,
  ) {}

  async listStreams(): Promise<LogStreamFacts[]> {
    const now = this.now();
    if (this.streams.length === 0 || now - this.streamsAt >= STREAMS_MS) {
      this.streams = await this.list();
      this.streamsAt = now;
    }
    return this.streams;
  }

  async seed(limit: number): Promise<LogPage | undefined> {
    if (this.streams.length === 0) return undefined;
    const page = await readBackward({ reader: this.reader, streams: this.streams.map(({ name }) => name), limit });
    for (const [name, token] of page.forwardTokens) this.tokens.set(name, token);
    return page;
  }

  async next(): Promise<TailLine[]> {
    const lines = await Promise.all(this.streams.map(({ name }) => this.readOn(name)));
    return lines.flat();
  }

  private async readOn(stream: string): Promise<TailLine[]> {
    const lines: TailLine[] = [];
    for (let page = 0; page < MAX_PAGES; page++) {
      const token = this.tokens.get(stream);
      const answer = await this.reader.readStream({ stream, token, fromHead: true, limit: FULL_PAGE });
      if (!answer) break;
      this.tokens.set(stream, answer.forwardToken);
      for (const line of answer.lines) lines.push({ stream, ...line });
      if (answer.forwardToken === token || answer.lines.length === 0) break;
    }
    return lines;
  }
}
