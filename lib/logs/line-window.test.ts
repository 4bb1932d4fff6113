import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../contract/logs';
import { lineMark } from './line-address';
import { findLine, fractionOf, indexOfLine, indexOfTime, timeAt, trimRun } from './line-window';
import { logEventId } from './merge-events';

const line = (ms: number, order = 0, stream = 'a'): LogEvent => ({
  id: logEventId(stream, ms, order),
  timestamp: new Date(ms).toISOString(),
  message: `${stream} ${ms} ${order}`,
  stream,
});
const run = [line(10), line(20), line(20, 1), line(20, 0, 'b'), line(30), line(40)];

describe('a window of a log', () => {
  it('finds a line and a time, and where they would stand', () => {
    expect(run.map((event) => indexOfLine(run, event))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(indexOfLine(run, line(25))).toBe(4);
    expect(indexOfLine(run, line(99))).toBe(5);
    expect([0, 20, 21, 40, 41].map((ms) => indexOfTime(run, ms))).toEqual([0, 1, 4, 5, 6]);
  });

  it('finds the line of a link by time, stream and text; the next one where it is gone', () => {
    const wanted = run[3] as LogEvent;
    const address = { timestampMs: 20, mark: lineMark(wanted.message), stream: 'b' };
    expect(findLine(run, address)).toEqual({ event: wanted, exact: true });
    expect(findLine(run, { ...address, stream: 'a' })).toEqual({ event: run[1], exact: false });
    expect(findLine(run, { timestampMs: 25, mark: 'gone' })).toEqual({ event: run[4], exact: false });
    expect(findLine(run, { timestampMs: 99 })).toEqual({ event: run[5], exact: true });
    expect(findLine([], { timestampMs: 1 })).toBeUndefined();
  });

  it('is cut at its far end, between two milliseconds', () => {
    expect(trimRun(run, 3, 'end').events).toEqual(run.slice(0, 1));
    expect(trimRun(run, 4, 'start').events).toEqual(run.slice(4));
    expect(trimRun(run, 6, 'end')).toEqual({ events: run, trimmed: false });
    const burst = [line(1), line(1, 1), line(1, 2)];
    expect(trimRun(burst, 2, 'end')).toEqual({ events: burst, trimmed: false });
  });

  it('has its place on the scroll bar by time, never beyond the ends', () => {
    const span = { fromMs: 100, toMs: 300 };
    expect([50, 100, 200, 300, 900].map((ms) => fractionOf(span, ms))).toEqual([0, 0, 0.5, 1, 1]);
    expect([-1, 0, 0.25, 2].map((fraction) => timeAt(span, fraction))).toEqual([100, 100, 150, 300]);
    expect(fractionOf({ fromMs: 5, toMs: 5 }, 5)).toBe(1);
  });
});
