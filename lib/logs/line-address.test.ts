import { describe, expect, it } from 'vitest';
import { formatLineAddress, lineMark, parseLineAddress } from './line-address';

const timestampMs = Date.parse('2026-11-20T08:12:33.123Z');

describe('the address of a line', () => {
  it('is read back as it was written, slashes in the stream included', () => {
    for (const address of [
      { timestampMs, mark: lineMark('ERROR it broke'), stream: '2026/11/20/[runtime-logs]0a1b-2c' },
      { timestampMs, mark: 'abc' },
      { timestampMs },
    ]) {
      expect(parseLineAddress(formatLineAddress(address))).toEqual(address);
    }
  });

  it('is nothing when it is something else', () => {
    for (const text of ['', '17', 'yesterday', '2026-13-40T99:00:00Z', '2026-11-20T08:12:33Z/<b>', 'x'.repeat(9_000)]) {
      expect(parseLineAddress(text)).toBeUndefined();
    }
  });

  it('marks messages that differ differently, and the same one always alike', () => {
    const marks = new Set(Array.from({ length: 20_000 }, (_, i) => lineMark(`step ${i} done`)));
    expect(marks.size).toBe(20_000);
    expect(lineMark('step 1 done')).toBe(lineMark('step 1 done'));
    expect(lineMark('')).toMatch(/^[0-9a-z]{1,11}$/);
  });
});
