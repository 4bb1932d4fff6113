import { describe, expect, it } from 'vitest';
import { hashKey, normalAt, Rng, rngFor, unitAt } from './rng';

describe('keyed randomness', () => {
  it('the same key gives the same values, in any order of asking', () => {
    const forward = [1, 2, 3].map((step) => unitAt(7, step));
    const backward = [3, 2, 1].map((step) => unitAt(7, step)).reverse();
    expect(backward).toEqual(forward);
  });

  it('keeps parts apart: ab,c is not a,bc', () => {
    expect(hashKey('ab', 'c')).not.toBe(hashKey('a', 'bc'));
    expect(hashKey('a', 1)).not.toBe(hashKey('a', 2));
  });

  it('spreads evenly over 0 to 1', () => {
    const buckets = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const bucket = Math.floor(unitAt(99, i) * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('gives normal values with mean 0 and deviation 1', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => normalAt(5, i));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('two streams of one key are equal, streams of different keys are not', () => {
    const draw = (rng: Rng) => [rng.next(), rng.whole(1, 100), rng.hex(8), rng.uuid(), rng.alphanumeric(10)];
    expect(draw(rngFor('a', 1))).toEqual(draw(rngFor('a', 1)));
    expect(draw(rngFor('a', 1))).not.toEqual(draw(rngFor('a', 2)));
  });

  it('writes uuids of version 4', () => {
    expect(rngFor('x').uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('refuses to pick from nothing', () => {
    expect(() => new Rng(1).pick([])).toThrow(RangeError);
  });
});
