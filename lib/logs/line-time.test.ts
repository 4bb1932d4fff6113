import { expect, it } from 'vitest';
import { toLineTime } from './line-time';

it('writes every part with all its digits', () => {
  const local = new Date(2026, 0, 2, 3, 4, 5, 6);
  expect(toLineTime(local.toISOString())).toEqual({ date: '01-02', clock: '03:04:05', millis: '006' });
});
