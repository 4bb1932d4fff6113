import { describe, expect, it } from 'vitest';
import { VirtualClock } from './clock';
import { parseDuration } from './duration';

describe('VirtualClock', () => {
  it('runs as many times faster than the wall clock as its speed says', () => {
    let wall = 1_000;
    const clock = new VirtualClock(50_000, 60, () => wall);
    wall += 2_000;
    expect(clock.now()).toBe(50_000 + 120_000);
  });

  it('keeps what has passed when the speed changes', () => {
    let wall = 0;
    const clock = new VirtualClock(0, 10, () => wall);
    wall = 100;
    clock.setSpeed(0);
    wall = 5_000;
    expect(clock.now()).toBe(1_000);
    clock.setSpeed(1);
    wall = 5_007;
    expect(clock.now()).toBe(1_007);
  });

  it('jumps forward and never back', () => {
    const clock = new VirtualClock(0, 0, () => 0);
    expect(clock.advance(300_000)).toBe(300_000);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });

  it('does not run back when the wall clock is set back', () => {
    let wall = 1_000_000;
    const clock = new VirtualClock(0, 1, () => wall);
    wall = 0;
    expect(clock.now()).toBe(0);
  });

  it('refuses a speed that is not a number of zero or more', () => {
    expect(() => new VirtualClock(0, -1)).toThrow(RangeError);
    expect(() => new VirtualClock(0, Number.NaN)).toThrow(RangeError);
  });
});

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['250ms', 250],
    ['1500', 1_500],
    [1_500, 1_500],
  ])('%s is %d ms', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', 'soon', '5 minutes', '-5m', 'm5', null, Number.NaN, -1])('%s is no duration', (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );
});
