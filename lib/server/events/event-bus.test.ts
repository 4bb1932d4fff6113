import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CatalogEvent } from '@/lib/contract/events';
import { createEventBus } from './event-bus';

const jobs: CatalogEvent = { type: 'jobs', region: 'us-west-2' };
const job = (jobName: string): CatalogEvent => ({ type: 'job', region: 'us-west-2', jobCategory: 'AgentRFT', jobName });

describe('createEventBus', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('sends what happened within a quarter of a second at once, each thing one time, in order', () => {
    const bus = createEventBus();
    const batches: CatalogEvent[][] = [];
    bus.subscribe((events) => batches.push(events));
    for (const event of [job('a'), jobs, job('b'), jobs, job('a')]) bus.publish(event);
    expect(batches).toEqual([]);
    vi.advanceTimersByTime(250);
    bus.publish(jobs);
    vi.advanceTimersByTime(250);
    expect(batches).toEqual([[job('a'), jobs, job('b')], [jobs]]);
  });

  it('lets a listener leave, and a broken one fall silent without the others', () => {
    const bus = createEventBus();
    const heard: string[] = [];
    bus.subscribe(() => {
      heard.push('broken');
      throw new Error('gone');
    });
    const leave = bus.subscribe(() => heard.push('left'));
    bus.subscribe(() => heard.push('stayed'));
    bus.publish(jobs);
    bus.flush();
    leave();
    bus.publish(jobs);
    bus.flush();
    bus.flush();
    expect(heard).toEqual(['broken', 'left', 'stayed', 'stayed']);
  });

  it('says nothing after it was closed', () => {
    const bus = createEventBus();
    const listener = vi.fn();
    bus.subscribe(listener);
    bus.publish(jobs);
    bus.close();
    vi.advanceTimersByTime(1_000);
    expect(listener).not.toHaveBeenCalled();
  });
});
