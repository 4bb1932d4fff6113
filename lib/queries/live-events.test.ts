import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogEvent } from '../contract/events';
import { branchesOf } from './branches-of';
import { createRefresher } from './create-refresher';
import { createLiveEvents, type EventSourceLike, type LiveState } from './live-events';

/** Stands for the browser's EventSource, which Node 20 does not have. */
class FakeLine implements EventSourceLike {
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void) {
    this.listeners.set(type, listener);
  }
  fire(type: string, data = '') {
    if (!this.closed) this.listeners.get(type)?.(new MessageEvent(type, { data }));
  }
  close() {
    this.closed = true;
  }
}

function setUp() {
  const lines: FakeLine[] = [];
  const states: LiveState[] = [];
  const events: CatalogEvent[] = [];
  const live = createLiveEvents({
    open: () => {
      const line = new FakeLine();
      lines.push(line);
      return line;
    },
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
  });
  const last = () => lines.at(-1) as FakeLine;
  return { live, lines, states, events, last };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createLiveEvents', () => {
  it('passes on what it knows and passes over what it does not', () => {
    const { live, last, events } = setUp();
    live.start();
    last().fire('open');
    last().fire('jobs', '{"type":"jobs","region":"us-west-2"}');
    last().fire('weather', '{"type":"weather","region":"us-west-2"}');
    last().fire('jobs', '{"type":"jobs"}');
    last().fire('jobs', 'not json');
    expect(events).toEqual([{ type: 'jobs', region: 'us-west-2' }]);
  });

  it('tries again with growing pauses, says when the server is gone, and recovers', () => {
    const { live, lines, states, last } = setUp();
    live.start();
    last().fire('open');
    last().fire('error');
    vi.advanceTimersByTime(999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(2);
    last().fire('error');
    vi.advanceTimersByTime(2000);
    last().fire('error');
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'reconnecting', 'gone']);
    vi.advanceTimersByTime(4000);
    expect(lines).toHaveLength(4);
    last().fire('open');
    expect(states.at(-1)).toBe('live');
    expect(lines.filter((line) => !line.closed)).toHaveLength(1);
  });

  it('gives its line back while asleep and takes one at once when woken', () => {
    const { live, lines, states, last } = setUp();
    live.start();
    last().fire('open');
    live.sleep();
    expect(live.isAsleep()).toBe(true);
    expect(lines.every((line) => line.closed)).toBe(true);
    live.retryNow();
    expect(lines).toHaveLength(2);
    expect(states).toEqual(['connecting', 'live', 'asleep', 'reconnecting']);
  });
});

describe('branchesOf', () => {
  it('makes a changed job, the lists, the lineage and the suggestion of its region old, and nothing else', () => {
    const event = { type: 'job', region: 'eu-west-1', jobCategory: 'AgentRFT', jobName: 'a' } as const;
    expect(branchesOf(event)).toEqual([
      ['region', 'eu-west-1', 'jobs', 'one', 'AgentRFT', 'a'],
      ['region', 'eu-west-1', 'jobs', 'list'],
      ['region', 'eu-west-1', 'lineage'],
      ['region', 'eu-west-1', 'prune'],
    ]);
    expect(branchesOf({ type: 'sync', region: 'eu-west-1' })).toEqual([['health'], ['region', 'eu-west-1', 'prune']]);
    expect(branchesOf({ type: 'prune', region: 'eu-west-1' })).toEqual([['region', 'eu-west-1', 'prune', 'runs']]);
    expect(branchesOf({ type: 'hello', version: '1' })).toEqual([[]]);
  });
});

describe('createRefresher', () => {
  it('gathers a burst into one refresh, each branch once', async () => {
    const calls: unknown[] = [];
    const refresher = createRefresher(async (branches) => calls.push(branches));
    refresher.add([['a'], ['b']]);
    refresher.add([['a']]);
    await vi.advanceTimersByTimeAsync(299);
    expect(calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(calls).toEqual([[['a'], ['b']]]);
  });

  it('waits for the refresh before, and loses no change that came meanwhile', async () => {
    const calls: unknown[] = [];
    let finish = () => {};
    const refresher = createRefresher((branches) => {
      calls.push(branches);
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    refresher.add([['a']]);
    await vi.advanceTimersByTimeAsync(300);
    refresher.add([['b']]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(calls).toEqual([[['a']]]);
    finish();
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toEqual([[['a']], [['b']]]);
  });

  it('goes on after a refresh that failed', async () => {
    const calls: unknown[] = [];
    const refresher = createRefresher((branches) => {
      calls.push(branches);
      return Promise.reject(new Error('gone'));
    });
    refresher.add([['a']]);
    await vi.advanceTimersByTimeAsync(300);
    refresher.add([['b']]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(2);
  });
});
