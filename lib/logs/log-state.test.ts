import { describe, expect, it } from 'vitest';
import { logState } from './log-state';

const nowMs = Date.parse('2026-11-22T12:00:00Z');
const ago = (hours: number) => nowMs - hours * 3_600_000;

describe('logState', () => {
  it('is ok as soon as there is a line', () => {
    expect(logState({ streams: 1, hasLines: true, nowMs })).toBe('ok');
  });

  it('a young job without a stream has no log yet, also for some minutes after its end', () => {
    expect(logState({ streams: 0, hasLines: false, nowMs })).toBe('none-yet');
    expect(logState({ streams: 0, hasLines: false, endedAtMs: ago(0.1), nowMs })).toBe('none-yet');
  });

  it('a job that ended hours ago without a stream wrote nothing: no retention is that short', () => {
    expect(logState({ streams: 0, hasLines: false, endedAtMs: ago(5), nowMs })).toBe('empty');
  });

  it('a job that ended days ago without a stream has lost its log', () => {
    expect(logState({ streams: 0, hasLines: false, endedAtMs: ago(24), nowMs })).toBe('expired');
  });

  it('streams without lines are empty, unless they say that lines were there long ago', () => {
    expect(logState({ streams: 2, hasLines: false, nowMs })).toBe('empty');
    expect(logState({ streams: 2, hasLines: false, endedAtMs: ago(300), nowMs })).toBe('empty');
    expect(logState({ streams: 2, hasLines: false, endedAtMs: ago(300), lastLineAtMs: ago(301), nowMs })).toBe(
      'expired',
    );
  });
});
