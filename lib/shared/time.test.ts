import { describe, expect, it } from 'vitest';
import { formatAge, formatDuration, formatRelative, formatUtc, formatZoned, parseTime } from './time';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const NOW = Date.UTC(2026, 5, 3, 12, 0, 0);
const S = 1000;
const MIN = 60 * S;
const H = 60 * MIN;
const D = 24 * H;

describe('formatDuration', () => {
  it.each([
    [0, '0 s'],
    [420, '420 ms'],
    [42_900, '42 s'],
    [2 * MIN + 5 * S, '2 min 5 s'],
    [3 * MIN, '3 min'],
    [18 * MIN + 40 * S, '18 min'],
    [4 * H + 18 * MIN, '4 h 18 min'],
    [5 * H, '5 h'],
    [3 * D + 4 * H + 50 * MIN, '3 d 4 h'],
    [-5, '0 s'],
  ])('%d ms is written %s', (ms, text) => {
    expect(plain(formatDuration(ms))).toBe(text);
  });
});

describe('formatRelative', () => {
  it.each([
    [NOW - 2 * S, 'just now'],
    [NOW + 2 * S, 'just now'],
    [NOW - 12 * S, '12 s ago'],
    [NOW - 4 * MIN - 59 * S, '4 min ago'],
    [NOW - 3 * H, '3 h ago'],
    [NOW - 45 * D, '45 d ago'],
    [NOW - 150 * D, '5 mo ago'],
    [NOW - 800 * D, '2 y ago'],
    [NOW + 4 * MIN, 'in 4 min'],
  ])('%d is written %s', (time, text) => {
    expect(plain(formatRelative(time, NOW))).toBe(text);
  });
});

describe('formatAge', () => {
  it('says now for the newest second and counts from there', () => {
    expect(formatAge(400)).toBe('as of now');
    expect(plain(formatAge(4 * S))).toBe('as of 4 s ago');
    expect(plain(formatAge(3 * MIN))).toBe('as of 3 min ago');
  });
});

describe('absolute times', () => {
  it('are written in UTC and in a zone', () => {
    expect(formatUtc(NOW)).toBe('2026-06-03 12:00:00 UTC');
    expect(formatZoned(NOW, 'Europe/Berlin')).toMatch(/3 Jun 2026.*14:00:00.*(CEST|GMT\+2)/);
  });

  it('are read from ISO text, and anything else is not a time', () => {
    expect(parseTime('2026-06-03T12:00:00Z')).toBe(NOW);
    expect(parseTime('yesterday')).toBeUndefined();
    expect(parseTime(undefined)).toBeUndefined();
  });
});
