import { describe, expect, it } from 'vitest';
import type { LogEvent } from './stream-events';
import { takePage } from './take-page';

const events = (count: number, message: string): LogEvent[] =>
  Array.from({ length: count }, (_, i) => ({ stream: 's', timestamp: i, ordinal: 0, message }));

describe('a page of log events', () => {
  it('holds at most 10,000 events, or the limit asked', () => {
    expect(takePage(events(10_001, 'x'))).toHaveLength(10_000);
    expect(takePage(events(50, 'x'), 7)).toHaveLength(7);
  });

  it('holds at most one megabyte of UTF-8, each event with 26 bytes more', () => {
    // 1,048,576 / (1,000 * 2 + 26) = 517.5
    expect(takePage(events(2_000, 'é'.repeat(1_000)))).toHaveLength(517);
  });

  it('holds one event however long it is', () => {
    expect(takePage(events(3, 'x'.repeat(2_000_000)))).toHaveLength(1);
  });

  it('leaves out what was seen before', () => {
    expect(takePage(events(5, 'x'), 2, (event) => event.timestamp < 2).map((event) => event.timestamp)).toEqual([2, 3]);
  });
});
