import { describe, expect, it } from 'vitest';
import { AppError } from '../contract/app-error';
import { shouldRetry } from './create-query-client';

describe('shouldRetry', () => {
  it('asks again after a throttle, three times at most', () => {
    const throttled = new AppError('throttled', 'Too many requests.');
    expect([0, 1, 2, 3].map((count) => shouldRetry(count, throttled))).toEqual([true, true, true, false]);
  });

  it('does not ask again where the answer cannot change, nor after an error of its own', () => {
    expect(shouldRetry(0, new AppError('access_denied', 'No.'))).toBe(false);
    expect(shouldRetry(0, new AppError('not_found', 'No.'))).toBe(false);
    expect(shouldRetry(0, new TypeError('bug'))).toBe(false);
  });
});
