import { expect, it } from 'vitest';
import { nextSearchWindow } from './search-window';

const HOUR = 3_600_000;

it('goes back in stretches that double, without gap or overlap, and ends at the floor', () => {
  expect(nextSearchWindow(20 * HOUR, 0, 0)).toEqual({ from: 19 * HOUR, to: 20 * HOUR });
  expect(nextSearchWindow(19 * HOUR, 0, 1)).toEqual({ from: 17 * HOUR, to: 19 * HOUR });
  expect(nextSearchWindow(17 * HOUR, 0, 3)).toEqual({ from: 9 * HOUR, to: 17 * HOUR });
  expect(nextSearchWindow(9 * HOUR, 0, 4)).toEqual({ from: 0, to: 9 * HOUR });
  expect(nextSearchWindow(0, 0, 5)).toBeUndefined();
});

it('stays a number however often it doubled', () => {
  expect(nextSearchWindow(HOUR, 0, 4_000)).toEqual({ from: 0, to: HOUR });
});
