import { expect, it } from 'vitest';
import { nextSearchWindow } from './search-window';

const HOUR = 3_600_000;

it('goes back in stretches that double, without gap or overlap, and ends at the floor', () => {
  expect(nextSearchWindow(50 * HOUR, 0, 0)).toEqual({ from: 44 * HOUR, to: 50 * HOUR });
  expect(nextSearchWindow(44 * HOUR, 0, 1)).toEqual({ from: 32 * HOUR, to: 44 * HOUR });
  expect(nextSearchWindow(32 * HOUR, 0, 2)).toEqual({ from: 8 * HOUR, to: 32 * HOUR });
  expect(nextSearchWindow(8 * HOUR, 0, 3)).toEqual({ from: 0, to: 8 * HOUR });
  expect(nextSearchWindow(0, 0, 4)).toBeUndefined();
});

it('stays a number however often it doubled', () => {
  expect(nextSearchWindow(HOUR, 0, 4_000)).toEqual({ from: 0, to: HOUR });
});
