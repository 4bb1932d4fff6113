import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogEvent } from '../contract/events';
import { branchesOf } from './branches-of';
import { createRefresher } from './create-refresher';
import { createLiveEvents, type EventSourceLike, type LiveState } from './live-events';

/** Stands for the browser's EventSource, which Node 20 does not have. */
class FakeLine implements EventSourceLike {
  onopen: EventSourceLike['onopen'] = null;
  onmessage: EventSourceLike['onmessage'] = null;
  onerror: EventSourceLike['onerror'] = null;
  closed = false;
  close() {
    this.closed = true;
  }
}

function setUp() {
  const lines: FakeLine[] = [];
  const states: LiveState[] = [];
  const events: CatalogEvent[] = [];
  let reconnects = 0;
  const live = createLiveEvents({
    open: () => {
      const line = new FakeLine();
      lines.push(line);
      return line;
    },
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    onReconnect: () => {
      reconnects += 1;
    },
  });
  const last = () => lines.at(-1) as FakeLine;
  return { live, lines, states, events, last, reconnects: () => reconnects };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createLiveEvents', () => {
  it('passes on what it knows and passes over what it does not', () => {
    const { live, last, events } = setUp();
    live.start();
    last().onopen?.(new Event('open'));
    const say = (data: string) => last().onmessage?.(new MessageEvent('message', { data }));
    say('{"type":"jobs","region":"us-west-2"}');
    say('{"type":"weather","region":"us-west-2"}');
    say('not json');
    expect(events).toEqual([{ type: 'jobs', region: 'us-west-2' }]);
  });

  it('tries again with growing pauses, says when the server is gone, and recovers', () => {
    const { live, lines, states, last, reconnects } = setUp();
    live.start();
    last().onopen?.(new Event('open'));
    last().onerror?.(new Event('error'));
    vi.advanceTimersByTime(999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(2);
    last().onerror?.(new Event('error'));
    vi.advanceTimersByTime(2000);
    last().onerror?.(new Event('error'));
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'reconnecting', 'gone']);
    vi.advanceTimersByTime(4000);
    expect(lines).toHaveLength(4);
    expect(reconnects()).toBe(0);
    last().onopen?.(new Event('open'));
    expect(states.at(-1)).toBe('live');
    expect(reconnects()).toBe(1);
    expect(lines.filter((line) => !line.closed)).toHaveLength(1);
  });

  it('gives its line back while asleep and takes one at once when woken', () => {
    const { live, lines, states, last } = setUp();
    live.start();
    last().onopen?.(new Event('open'));
    live.sleep();
    expect(live.isAsleep()).toBe(true);
    expect(lines.every((line) => line.closed)).toBe(true);
    live.retryNow();
    expect(lines).toHaveLength(2);
    expect(states).toEqual(['connecting', 'live', 'asleep', 'reconnecting']);
  });
});

describe('branchesOf', () => {
  it('makes a changed job and the lists of its region old, and nothing else', () => {
    const event = { type: 'job', region: 'eu-west-1', jobCategory: 'AgentRFT', jobName: 'a' } as const;
    expect(branchesOf(event)).toEqual([
      ['region', 'eu-west-1', 'jobs', 'one', 'AgentRFT', 'a'],
      ['region', 'eu-west-1', 'jobs', 'list'],
    ]);
    expect(branchesOf({ type: 'sync', region: 'eu-west-1' })).toEqual([['health']]);
    expect(branchesOf({ type: 'hello', version: '1' })).toEqual([]);
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
