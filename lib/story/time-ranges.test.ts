import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addRange, missingRanges, type TimeRange } from './time-ranges';

const range = (fromMs: number, toMs: number): TimeRange => ({ fromMs, toMs });

it('joins stretches that touch, keeps those apart, and takes no empty one', () => {
  expect(addRange([range(0, 10)], range(10, 20))).toEqual([range(0, 20)]);
  expect(addRange([range(0, 10), range(30, 40)], range(5, 30))).toEqual([range(0, 40)]);
  expect(addRange([range(30, 40)], range(0, 10))).toEqual([range(0, 10), range(30, 40)]);
  expect(addRange([range(0, 10)], range(9, 5))).toEqual([range(0, 10)]);
});

it.each([
  [[], range(0, 10), [range(0, 10)]],
  [[range(0, 10)], range(0, 10), []],
  [[range(2, 4), range(6, 8)], range(0, 10), [range(8, 10), range(4, 6), range(0, 2)]],
  [[range(-5, 3)], range(0, 10), [range(3, 10)]],
  [[range(7, 50)], range(0, 10), [range(0, 7)]],
  [[range(-9, -5), range(50, 60)], range(0, 10), [range(0, 10)]],
])('%j: of %j is missing %j', (known, wanted, missing) => {
  expect(missingRanges(known, wanted)).toEqual(missing);
});

it('whatever was read in whatever pieces: what is missing and what is known make up the whole', () => {
  const piece = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const known = pieces.reduce<TimeRange[]>((all, [from, length]) => addRange(all, range(from, from + length)), []);
      const all = missingRanges(known, range(0, 80)).reduce(addRange, known);
      expect(missingRanges(all, range(0, 80))).toEqual([]);
      for (const gap of missingRanges(known, range(0, 80))) {
        expect(known.some(({ fromMs, toMs }) => fromMs < gap.toMs && toMs > gap.fromMs)).toBe(false);
      }
    }),
  );
});
