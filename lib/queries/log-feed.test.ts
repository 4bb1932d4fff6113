import { describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error';
import type { ListLogsResponse, LogEvent } from '../contract/logs';
import { LogFeed } from './log-feed';

const line = (ms: number): LogEvent => ({
  id: `a#${ms}#0`,
  timestamp: new Date(ms).toISOString(),
  message: `line ${ms}`,
  stream: 'a',
});

const page = (times: number[], more: Partial<ListLogsResponse> = {}): ListLogsResponse => ({
  state: 'ok',
  logGroup: 'g',
  streams: ['a'],
  awsNow: '2026-11-22T08:00:00.000Z',
  span: { from: '2026-11-22T07:00:00.000Z', to: '2026-11-22T08:00:00.000Z' },
  events: times.map(line),
  ...more,
});

/** A server whose answers the test gives by hand, so that their order is the test's. */
function feedWith() {
  const asked: Array<{ cursor: string | undefined; answer: (value: ListLogsResponse | AppError) => Promise<void> }> =
    [];
  const feed = new LogFeed(
    (wish) =>
      new Promise((resolve, reject) => {
        asked.push({
          cursor: wish.cursor ?? wish.before ?? wish.after ?? wish.around,
          answer: async (value) => {
            if (value instanceof AppError) reject(value);
            else resolve(value);
            await new Promise((done) => setImmediate(done));
          },
        });
      }),
  );
  const next = () => {
    const question = asked.shift();
    if (!question) throw new Error('nothing was asked');
    return question;
  };
  const shown = () => feed.getState().events.map(({ message }) => message);
  return { feed, next, shown, asked };
}

describe('a log feed', () => {
  it('opens at the end, goes back to the start and takes what is new', async () => {
    const { feed, next, shown, asked } = feedWith();
    void feed.start();
    expect(feed.getState().status).toBe('loading');
    await next().answer(page([5, 6], { olderCursor: 'o1', newerCursor: 'n1' }));
    expect(feed.getState()).toMatchObject({ status: 'ready', hasOlder: true, live: true });

    void feed.loadOlder();
    void feed.loadNewer();
    const [older, newer] = [next(), next()];
    expect([older.cursor, newer.cursor]).toEqual([new Date(5).toISOString(), 'n1']);
    await newer.answer(page([6, 7], { newerCursor: 'n2' }));
    await older.answer(page([3, 4]));
    expect(shown()).toEqual(['line 3', 'line 4', 'line 5', 'line 6', 'line 7']);
    expect(feed.getState()).toMatchObject({ hasOlder: false, loadingOlder: false, live: true });

    void feed.loadNewer();
    await next().answer(page([]));
    expect(feed.getState().live).toBe(false);
    await feed.loadNewer();
    await feed.loadOlder();
    expect(asked).toEqual([]);
  });

  it('asks one question each way at a time', async () => {
    const { feed, next, asked } = feedWith();
    void feed.start();
    await next().answer(page([5], { olderCursor: 'o1', newerCursor: 'n1' }));
    for (let i = 0; i < 3; i++) {
      void feed.loadOlder();
      void feed.loadNewer();
    }
    expect(asked.map(({ cursor }) => cursor)).toEqual([new Date(5).toISOString(), 'n1']);
  });

  it('asks again at once after an answer so full that more must be waiting', async () => {
    const { feed, next } = feedWith();
    void feed.start();
    await next().answer(page([1], { newerCursor: 'n1' }));
    void feed.loadNewer();
    await next().answer(
      page(
        Array.from({ length: 2_000 }, (_, i) => 2 + i),
        { newerCursor: 'n2' },
      ),
    );
    expect(next().cursor).toBe('n2');
  });

  it('starts again at the end when the server says that too much was missed', async () => {
    const { feed, next, shown } = feedWith();
    void feed.start();
    await next().answer(page([1, 2], { newerCursor: 'n1' }));
    void feed.loadNewer();
    await next().answer(page([900], { olderCursor: 'o9', newerCursor: 'n9' }));
    expect(shown()).toEqual(['line 900']);
    expect(feed.getState()).toMatchObject({ hasOlder: true, live: true });
    void feed.loadNewer();
    expect(next().cursor).toBe('n9');
  });

  it('keeps the lines when a later question fails, says why, and goes on when asked again', async () => {
    const { feed, next, shown } = feedWith();
    void feed.start();
    await next().answer(page([5], { olderCursor: 'o1' }));
    void feed.loadOlder();
    await next().answer(new AppError('throttled', 'slow down'));
    expect(shown()).toEqual(['line 5']);
    expect(feed.getState()).toMatchObject({ status: 'ready', loadingOlder: false, error: { code: 'throttled' } });
    void feed.retry();
    await next().answer(page([4]));
    expect(shown()).toEqual(['line 4', 'line 5']);
    expect(feed.getState().error).toBeUndefined();
  });

  it('fails whole when nothing was read yet, and can be started again', async () => {
    const { feed, next } = feedWith();
    void feed.start();
    await next().answer(new AppError('access_denied', 'no'));
    expect(feed.getState()).toMatchObject({ status: 'failed', error: { code: 'access_denied' } });
    void feed.retry();
    await next().answer(page([1]));
    expect(feed.getState()).toMatchObject({ status: 'ready', error: undefined });
  });

  it('forgets answers that come after it was closed', async () => {
    const { feed, next, shown } = feedWith();
    void feed.start();
    const late = next();
    feed.close();
    await late.answer(page([1]));
    expect(shown()).toEqual([]);
  });

  it('keeps the newest end of the range while a search goes back', async () => {
    const { feed, next } = feedWith();
    void feed.start();
    await next().answer(page([9], { olderCursor: 's1', searched: { from: 'c', to: 'd', complete: false } }));
    void feed.loadOlder();
    await next().answer(page([2], { searched: { from: 'a', to: 'c', complete: true } }));
    expect(feed.getState().searched).toEqual({ from: 'a', to: 'd', complete: true });
  });
});
