import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallLimit } from './call-limit';
import { createCallMeter } from './call-meter';

describe('createCallLimit', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How many calls get their turn within a while. */
  async function callsIn(limit: ReturnType<typeof createCallLimit>, ms: number): Promise<number> {
    let calls = 0;
    let going = true;
    const caller = async () => {
      while (going) {
        await limit.take();
        if (going) calls += 1;
      }
    };
    const callers = [caller(), caller(), caller()];
    await vi.advanceTimersByTimeAsync(ms);
    going = false;
    await vi.advanceTimersByTimeAsync(60_000);
    await Promise.all(callers);
    return calls;
  }

  it('lets no more calls through than its rate, however many ask', async () => {
    expect(await callsIn(createCallLimit(2), 10_000)).toBeGreaterThanOrEqual(20);
    expect(await callsIn(createCallLimit(2), 10_000)).toBeLessThanOrEqual(21);
  });

  it('halves its rate on throttles, once a second, and creeps back', async () => {
    const limit = createCallLimit(8);
    limit.report('throttled');
    limit.report('throttled');
    expect(limit.slowness()).toBe(2);
    vi.setSystemTime(Date.now() + 1_000);
    limit.report('throttled');
    expect(limit.slowness()).toBe(4);
    expect(await callsIn(limit, 10_000)).toBeLessThanOrEqual(21);
    for (let i = 0; i < 20; i += 1) limit.report('ok');
    expect(limit.slowness()).toBe(1);
  });
});

describe('createCallMeter', () => {
  it('keeps the clock of AWS by its Date header, and leaves small differences alone', () => {
    const meter = createCallMeter(() => 1_000_000);
    expect(meter.awsNow('a').getTime()).toBe(1_000_000);
    meter.sawDate('a', new Date(1_001_000).toUTCString());
    expect(meter.awsNow('a').getTime()).toBe(1_000_000);
    meter.sawDate('a', new Date(9_000_000).toUTCString());
    expect(meter.awsNow('a').getTime()).toBe(9_000_000);
    expect(meter.awsNow('b').getTime()).toBe(1_000_000);
    meter.sawDate('a', 'nonsense');
    meter.sawDate('a', undefined);
    expect(meter.awsNow('a').getTime()).toBe(9_000_000);
  });

  it('counts attempts', () => {
    const meter = createCallMeter();
    for (const operation of ['ListJobs', 'ListJobs', 'DescribeJob']) meter.count(operation);
    expect(meter.counts()).toEqual({ ListJobs: 2, DescribeJob: 1 });
    expect(meter.total()).toBe(3);
  });
});
