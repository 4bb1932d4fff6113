import type { AppError } from '../contract/app-error';
import type { ListLogsResponse, LogEvent } from '../contract/logs';
import { mergeEvents } from '../logs/merge-events';

export interface LogFeedState {
  /** loading: nothing was read yet. failed: nothing could be. ready: there is something to show, even if it is emptiness. */
  status: 'loading' | 'ready' | 'failed';
  /** Oldest first, each line once. */
  events: readonly LogEvent[];
  /** The newest answer, for what it says of the log as a whole. */
  about?: Pick<ListLogsResponse, 'state' | 'logGroup' | 'streams' | 'asOf' | 'awsNow'>;
  /** With words to look for: the stretch of time in which every line was looked at. */
  searched?: ListLogsResponse['searched'];
  hasOlder: boolean;
  loadingOlder: boolean;
  /** New lines may still come. */
  live: boolean;
  /** Why the last question had no answer; what was read before stays. */
  error?: AppError;
}

export const LOADING_FEED: LogFeedState = {
  status: 'loading',
  events: [],
  hasOlder: false,
  loadingOlder: false,
  live: false,
};

type FetchPage = (cursor: string | undefined) => Promise<ListLogsResponse>;

/** More lines than this in one answer, and the next are probably there already. */
const MANY_LINES = 500;

/**
 * One log as a viewer reads it: opened at its end, continued both ways. It lives outside the query cache because it is
 * one growing list and not an answer that can be asked again; each of its pages is a query.
 */
export class LogFeed {
  private state = LOADING_FEED;
  private olderCursor: string | undefined;
  private newerCursor: string | undefined;
  private readonly listeners = new Set<() => void>();
  private loadingNewer = false;
  /** Answers to questions from before it was closed, or began again, come too late. */
  private era = 0;

  constructor(private readonly fetchPage: FetchPage) {}

  readonly getState = (): LogFeedState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Reads the end of the log, also again after a failure. */
  async start(): Promise<void> {
    this.close();
    const page = await this.ask(undefined);
    if (page) this.begin(page);
  }

  /** Answers that are under way are ignored from now on. */
  close(): void {
    this.era += 1;
    this.loadingNewer = false;
    if (this.state.loadingOlder) this.set({ loadingOlder: false });
  }

  /** The page before the first line; with words to look for, the search goes on back in time. One at a time. */
  async loadOlder(): Promise<void> {
    if (this.olderCursor === undefined || this.state.loadingOlder) return;
    this.set({ loadingOlder: true });
    const page = await this.ask(this.olderCursor);
    if (!page) return;
    this.olderCursor = page.olderCursor;
    this.set({
      events: mergeEvents([page.events, this.state.events]),
      searched: page.searched && { ...page.searched, to: this.state.searched?.to ?? page.searched.to },
      hasOlder: page.olderCursor !== undefined,
      loadingOlder: false,
    });
  }

  /** What came since the last question. Does nothing for a log that does not grow, or while an answer is awaited. */
  async loadNewer(): Promise<void> {
    if (this.loadingNewer) return;
    this.loadingNewer = true;
    for (let more = true; more && this.newerCursor !== undefined; ) {
      const page = await this.ask(this.newerCursor);
      if (!page) return;
      more = page.events.length >= MANY_LINES;
      // Too much was missed: the server starts again at the end.
      if (page.olderCursor !== undefined) this.begin(page);
      else this.append(page);
    }
    this.loadingNewer = false;
  }

  /** Asks again for what failed. */
  retry(): Promise<void> {
    if (this.state.status !== 'ready') return this.start();
    return this.newerCursor === undefined ? this.loadOlder() : this.loadNewer();
  }

  private begin(page: ListLogsResponse): void {
    this.close();
    this.olderCursor = page.olderCursor;
    this.newerCursor = page.newerCursor;
    this.set({
      status: 'ready',
      events: page.events,
      about: page,
      searched: page.searched,
      hasOlder: page.olderCursor !== undefined,
      live: page.newerCursor !== undefined,
    });
  }

  private append(page: ListLogsResponse): void {
    this.newerCursor = page.newerCursor;
    this.set({
      events: page.events.length > 0 ? mergeEvents([this.state.events, page.events]) : this.state.events,
      about: page,
      live: page.newerCursor !== undefined,
    });
  }

  /** One answer, or undefined when it came too late or not at all; a failure is kept beside what is shown. */
  private async ask(cursor: string | undefined): Promise<ListLogsResponse | undefined> {
    const { era } = this;
    try {
      const page = await this.fetchPage(cursor);
      if (era !== this.era) return undefined;
      if (this.state.error) this.set({ error: undefined });
      return page;
    } catch (error) {
      if (era !== this.era) return undefined;
      this.loadingNewer = false;
      const status = this.state.status === 'ready' ? 'ready' : 'failed';
      this.set({ status, error: error as AppError, loadingOlder: false });
      return undefined;
    }
  }

  private set(change: Partial<LogFeedState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
