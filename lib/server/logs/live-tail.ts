import 'server-only';
import { randomUUID } from 'node:crypto';
import { AppError } from '../../contract/app-error';
import type { LogEvent } from '../../contract/logs';
import { type TailFeed, type TailLine, toLogEvent } from './log-page';
import type { LogStreamFacts } from './log-reader';

interface LiveTailOptions {
  feed: TailFeed;
  /** Wall clock, epoch ms. */
  now: () => number;
}

/** 4 s: quick enough to watch, and one call per stream and tick leaves most of the 10 per second that us-west-2 allows. */
export const POLL_MS = 4_000;
/** Lines kept before the first viewer's page is cut from them. */
const SEED_LINES = 1_000;
/** Kept for viewers who are a little behind; who is further behind starts again at the end. */
const MAX_LINES = 10_000;
const MAX_CHARS = 4_000_000;

interface Received {
  /** Counts lines in the order in which they came. */
  sequence: number;
  event: LogEvent;
}

/**
 * The end of one live log, read from AWS once for all its viewers. Nothing runs by itself: an answer older than 4 s is
 * refreshed when somebody asks, everybody who asks meanwhile shares it, and a tail nobody asks for costs nothing.
 */
export class LiveTail {
  readonly id = randomUUID().slice(0, 8);
  streams: LogStreamFacts[] = [];
  /** Wall clock of the last answer AWS gave. */
  confirmedAt: number | undefined;
  /** Lines before this time are not in the buffer; absent while it holds the whole log. */
  fromMs: number | undefined;
  private received: Received[] = [];
  private chars = 0;
  private sequence = 0;
  /** The highest number among the lines that are not held any more. */
  private forgotten = 0;
  private seeded = false;
  private readonly lines = new Map<string, number>();
  private polledAt = Number.NEGATIVE_INFINITY;
  private polling: Promise<void> | undefined;
  private failure: unknown;

  constructor(private readonly options: LiveTailOptions) {}

  /** The number of the newest line, to ask from later. */
  get newest(): number {
    return this.sequence;
  }

  /** The time of the newest line, epoch ms; 0 when there is none. */
  get newestMs(): number {
    return this.received.reduce((latest, { event }) => Math.max(latest, Date.parse(event.timestamp)), 0);
  }

  /** Every line held, in the order it came. */
  get events(): LogEvent[] {
    return this.received.map(({ event }) => event);
  }

  /** What came after a line, in the order it came; undefined when some of it is not held any more. */
  after(sequence: number): Received[] | undefined {
    if (sequence > this.sequence || sequence < this.forgotten) return undefined;
    return this.received.filter((line) => line.sequence > sequence);
  }

  /** Asks AWS unless it was asked within the last 4 s. A failure counts as an answer: it is told to everybody, once asked. */
  async refresh(): Promise<void> {
    if (this.options.now() - this.polledAt >= POLL_MS || this.polling) {
      this.polling ??= this.poll().finally(() => {
        this.polling = undefined;
      });
      await this.polling;
    }
    if (this.failure !== undefined) throw this.failure;
  }

  private async poll(): Promise<void> {
    this.polledAt = this.options.now();
    try {
      const { feed } = this.options;
      this.streams = await feed.listStreams();
      if (this.seeded) for (const line of await feed.next()) this.receive(line);
      else await this.seed();
      this.failure = undefined;
      this.confirmedAt = this.options.now();
    } catch (error) {
      this.failure = error ?? new AppError('internal', 'The log could not be read.');
    }
  }

  private async seed(): Promise<void> {
    const page = await this.options.feed.seed(SEED_LINES);
    if (!page) return;
    this.fromMs = page.fromMs;
    for (const event of page.events) {
      this.count(event.stream, Date.parse(event.timestamp));
      this.keep(event);
    }
    this.seeded = true;
  }

  private receive(line: TailLine): void {
    // Older than what is held: it stands on an older page, with the number it has there.
    if (this.fromMs !== undefined && line.timestampMs < this.fromMs) return;
    this.keep(toLogEvent(line.stream, line, this.count(line.stream, line.timestampMs)));
  }

  /** How many lines of this stream and millisecond came before. */
  private count(stream: string, timestampMs: number): number {
    const key = `${timestampMs} ${stream}`;
    const order = this.lines.get(key) ?? 0;
    this.lines.set(key, order + 1);
    return order;
  }

  private keep(event: LogEvent): void {
    this.received.push({ sequence: ++this.sequence, event });
    this.chars += event.message.length;
    if (this.received.length > MAX_LINES || this.chars > MAX_CHARS) this.forgetOldest();
  }

  /** Drops the older half, and counters with it, so that this happens rarely and a day of watching stays small. */
  private forgetOldest(): void {
    const times = this.received.map(({ event }) => Date.parse(event.timestamp)).sort((a, b) => a - b);
    const lastForgotten = times[Math.floor(times.length / 2)] ?? 0;
    const isKept = ({ event }: Received) => Date.parse(event.timestamp) > lastForgotten;
    this.forgotten = this.received.reduce((last, line) => (isKept(line) ? last : Math.max(last, line.sequence)), 0);
    this.fromMs = lastForgotten + 1;
    this.received = this.received.filter(isKept);
    this.chars = this.received.reduce((sum, { event }) => sum + event.message.length, 0);
    for (const key of this.lines.keys()) {
      if (Number(key.slice(0, key.indexOf(' '))) <= lastForgotten) this.lines.delete(key);
    }
  }
}
