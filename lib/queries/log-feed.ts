import type { AppError } from '../contract/app-error';
import type { ListLogsResponse, LogEvent } from '../contract/logs';
import type { LineAddress } from '../logs/line-address';
import { findLine, trimRun } from '../logs/line-window';
import { mergeEvents } from '../logs/merge-events';

/** Where the list stands when other lines are put into it. */
export interface FeedView {
  /** Grows with every jump: the list then leaves the line it stood on. */
  turn: number;
  place: 'end' | 'start' | 'line';
  /** For `line`: the one to stand at. */
  event?: LogEvent;
  /** The line was asked for by a link: it is marked. `nearest` when that very line is not there. */
  linked?: 'exact' | 'nearest';
}

export interface LogFeedState {
  /** loading: nothing was read yet. failed: nothing could be. ready: there is something to show, even if it is emptiness. */
  status: 'loading' | 'ready' | 'failed';
  /** A run of the log without gaps, oldest first, each line once; not all of it when it is long. */
  events: readonly LogEvent[];
  view: FeedView;
  /** The newest answer, for what it says of the log as a whole. */
  about?: Pick<ListLogsResponse, 'state' | 'logGroup' | 'streams' | 'asOf' | 'awsNow' | 'span' | 'kept'>;
  /** With words or a level: the stretch of time in which every line was looked at. */
  searched?: ListLogsResponse['searched'];
  hasOlder: boolean;
  hasLater: boolean;
  loadingOlder: boolean;
  loadingLater: boolean;
  /** Another part of the log was asked for and has not come yet. */
  jumping: boolean;
  /** New lines may still come. */
  live: boolean;
  /** Why the last question had no answer; what was read before stays. */
  error?: AppError;
}

export const LOADING_FEED: LogFeedState = {
  status: 'loading',
  events: [],
  view: { turn: 0, place: 'end' },
  hasOlder: false,
  hasLater: false,
  loadingOlder: false,
  loadingLater: false,
  jumping: false,
  live: false,
};

/** What of a log is asked for: its end without anything. */
export interface PageWish {
  cursor?: string;
  before?: string;
  after?: string;
  around?: string;
}

type FetchPage = (wish: PageWish) => Promise<ListLogsResponse>;

/** More lines than this in one answer, and the next are probably there already. */
const MANY_LINES = 500;
/** Lines held: minutes of scrolling, and little enough to put in order at once. */
const MAX_LINES = 20_000;

type Start = { line: LineAddress } | 'end' | 'start';

/**
 * One log as a viewer reads it: a window of lines that is moved, in both directions or by a jump. It lives outside the query
 * cache because it is one growing list and not an answer that can be asked again; each of its pages is a query.
 */
export class LogFeed {
  private state = LOADING_FEED;
  private searchCursor: string | undefined;
  private newerCursor: string | undefined;
  private readonly listeners = new Set<() => void>();
  private loadingNewer = false;
  private startedAt: Start = 'end';
  /** Answers to questions from before it was closed, or began again, come too late. */
  private era = 0;

  /** `searching`: the lines are finds, continued by cursor and back in time only. `end`: the end of the log, read already. */
  constructor(
    private readonly fetchPage: FetchPage,
    private readonly searching = false,
    end?: ListLogsResponse,
  ) {
    if (end) this.begin(end, 'end');
  }

  readonly getState = (): LogFeedState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Reads the end of the log, its start, or the lines around one; also again after a failure. What is shown stays meanwhile. */
  async start(at: Start = 'end'): Promise<void> {
    this.close();
    this.startedAt = at;
    if (this.state.status === 'ready') this.set({ jumping: true });
    const line = typeof at === 'object' ? at.line : undefined;
    const span = this.state.about?.span;
    const wish: PageWish = line
      ? { around: new Date(line.timestampMs).toISOString() }
      : at === 'start' && span
        ? { after: new Date(0).toISOString() }
        : {};
    const page = await this.ask(wish);
    if (page) this.begin(page, at);
  }

  /** Answers that are under way are ignored from now on. */
  close(): void {
    this.era += 1;
    this.loadingNewer = false;
    const { loadingOlder, loadingLater, jumping } = this.state;
    if (loadingOlder || loadingLater || jumping) this.set({ loadingOlder: false, loadingLater: false, jumping: false });
  }

  /** The page before the first line; a search goes on back in time. One at a time. */
  async loadOlder(): Promise<void> {
    const [first] = this.state.events;
    if (!this.state.hasOlder || this.state.loadingOlder) return;
    this.set({ loadingOlder: true });
    const before = first?.timestamp ?? this.state.about?.awsNow;
    const page = await this.ask(this.searching ? { cursor: this.searchCursor } : { before });
    if (!page) return;
    this.searchCursor = page.olderCursor;
    const merged = mergeEvents([page.events, this.state.events]);
    const { events, trimmed } = trimRun(merged, this.searching ? merged.length : MAX_LINES, 'end');
    // What was dropped at the end is read again when somebody comes back to it.
    if (trimmed) this.newerCursor = undefined;
    this.set({
      events,
      searched: page.searched && {
        ...page.searched,
        to: this.state.searched?.to ?? page.searched.to,
        ...(page.searched.lines === undefined
          ? {}
          : { lines: page.searched.lines + (this.state.searched?.lines ?? 0) }),
      },
      hasOlder: page.olderCursor !== undefined,
      loadingOlder: false,
      ...(trimmed ? { hasLater: true, live: false } : {}),
    });
  }

  /** The page after the last line, where the log goes on. One at a time. */
  async loadLater(): Promise<void> {
    const last = this.state.events.at(-1);
    if (!this.state.hasLater || this.state.loadingLater || !last) return;
    this.set({ loadingLater: true });
    const page = await this.ask({ after: new Date(Date.parse(last.timestamp) + 1).toISOString() });
    if (!page) return;
    const { events, trimmed } = trimRun(mergeEvents([this.state.events, page.events]), MAX_LINES, 'start');
    this.newerCursor = page.newerCursor;
    this.set({
      events,
      hasLater: page.laterCursor !== undefined,
      live: page.newerCursor !== undefined,
      loadingLater: false,
      ...(trimmed ? { hasOlder: true } : {}),
    });
  }

  /** What came since the last question. Does nothing for a log that does not grow, or while an answer is awaited. */
  async loadNewer(): Promise<void> {
    if (this.loadingNewer) return;
    this.loadingNewer = true;
    for (let more = true; more && this.newerCursor !== undefined; ) {
      const page = await this.ask({ cursor: this.newerCursor });
      if (!page) return;
      if (this.newerCursor === undefined) break;
      more = page.events.length >= MANY_LINES;
      // Too much was missed: the server starts again at the end.
      if (page.olderCursor !== undefined) this.begin(page, 'end');
      else this.append(page);
    }
    this.loadingNewer = false;
  }

  /** Asks again for what failed. */
  retry(): Promise<void> {
    if (this.state.status !== 'ready') return this.start(this.startedAt);
    return this.newerCursor === undefined ? this.loadOlder() : this.loadNewer();
  }

  private begin(page: ListLogsResponse, at: Start): void {
    this.close();
    this.searchCursor = page.olderCursor;
    this.newerCursor = page.newerCursor;
    const turn = this.state.view.turn + 1;
    const found = typeof at === 'object' ? findLine(page.events, at.line) : undefined;
    this.set({
      status: 'ready',
      events: page.events,
      view: found
        ? {
            turn,
            place: 'line',
            event: found.event,
            // A time alone is a place, not a line.
            ...(typeof at === 'object' && at.line.mark !== undefined && { linked: found.exact ? 'exact' : 'nearest' }),
          }
        : { turn, place: at === 'start' ? 'start' : 'end' },
      about: page,
      searched: page.searched,
      hasOlder: page.olderCursor !== undefined,
      hasLater: page.laterCursor !== undefined,
      live: page.newerCursor !== undefined,
      jumping: false,
    });
  }

  private append(page: ListLogsResponse): void {
    this.newerCursor = page.newerCursor;
    const { state } = this;
    const { events, trimmed } = trimRun(mergeEvents([state.events, page.events]), MAX_LINES, 'start');
    this.set({
      events: page.events.length > 0 ? events : state.events,
      // Streams are named by the answers that look for them.
      about: { ...page, streams: page.streams.length > 0 ? page.streams : (state.about?.streams ?? []) },
      live: page.newerCursor !== undefined,
      ...(trimmed ? { hasOlder: true } : {}),
    });
  }

  /** One answer, or undefined when it came too late or not at all; a failure is kept beside what is shown. */
  private async ask(wish: PageWish): Promise<ListLogsResponse | undefined> {
    const { era } = this;
    try {
      const page = await this.fetchPage(wish);
      if (era !== this.era) return undefined;
      if (this.state.error) this.set({ error: undefined });
      return page;
    } catch (error) {
      if (era !== this.era) return undefined;
      this.loadingNewer = false;
      const status = this.state.status === 'ready' ? 'ready' : 'failed';
      this.set({ status, error: error as AppError, loadingOlder: false, loadingLater: false, jumping: false });
      return undefined;
    }
  }

  private set(change: Partial<LogFeedState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
