import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatInteger,
  formatNames,
  formatPercent,
  formatPlural,
  formatSignificant,
  splitForMiddleCut,
} from './format';

describe('formatSignificant', () => {
  it.each([
    [0.45678, '0.457'],
    [0.5, '0.500'],
    [-0.0314159, '-0.0314'],
    [12.345, '12.3'],
    [1234, '1,230'],
    [0, '0'],
    [0.000000123, '1.23e-7'],
    [2.5e12, '2.50e+12'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%d is written %s', (value, text) => {
    expect(formatSignificant(value)).toBe(text);
  });
});

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1.00\u00a0k'],
    [1234, '1.23\u00a0k'],
    [12_345, '12.3\u00a0k'],
    [999_499, '999\u00a0k'],
    [999_950, '1.00\u00a0M'],
    [48_213_456, '48.2\u00a0M'],
    [3_100_000_000, '3.10\u00a0B'],
    [4.2e15, '4,200\u00a0T'],
  ])('%d is written %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });
});

describe('formatPercent', () => {
  it.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.052, '5.2%'],
    [0.09, '9%'],
    [0.0996, '10%'],
    [0.424, '42%'],
    [0.9951, '99%'],
    [0.99999, '99%'],
    [1, '100%'],
  ])('%d is written %s', (value, text) => {
    expect(formatPercent(value)).toBe(text);
  });
});

describe('whole numbers', () => {
  it('are grouped, and one thing is singular', () => {
    expect(formatInteger(10000)).toBe('10,000');
    expect(formatPlural(1, 'job')).toBe('1\u00a0job');
    expect(formatPlural(0, 'job')).toBe('0\u00a0jobs');
    expect(formatPlural(2, 'entry', 'entries')).toBe('2\u00a0entries');
  });
});

describe('formatNames', () => {
  it('names three and counts the rest', () => {
    expect(formatNames(['a'])).toBe('a');
    expect(formatNames(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});

describe('splitForMiddleCut', () => {
  it('keeps the end of a long name whole and leaves a short one alone', () => {
    expect(splitForMiddleCut('support-agent-qwen3-32b-run-0042', 8)).toEqual({
      head: 'support-agent-qwen3-32b-',
      tail: 'run-0042',
    });
    expect(splitForMiddleCut('short-name', 8)).toEqual({ head: 'short-name', tail: '' });
  });

  it('never splits a symbol of two code units', () => {
    expect(splitForMiddleCut(`${'a'.repeat(10)}😀😀`, 2).tail).toBe('😀😀');
  });
});
