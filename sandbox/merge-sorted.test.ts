import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeSorted } from './merge-sorted';

const columns = fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), { maxLength: 6 });

describe('merging sorted sources', () => {
  it('yields everything in order, up and down, ties by rank', () => {
    fc.assert(
      fc.property(columns, fc.boolean(), (lists, forward) => {
        const sign = forward ? 1 : -1;
        const sources = lists.map((list, rank) => {
          const items = [...list].sort((a, b) => sign * (a - b)).map((time) => ({ time, rank }));
          return { opensAt: items[0]?.time ?? 0, rank, open: () => items[Symbol.iterator]() };
        });
        const merged = [...mergeSorted(sources, (item) => item.time, forward)];
        const expected = sources.flatMap((source) => [...{ [Symbol.iterator]: source.open }]);
        expected.sort((a, b) => sign * (a.time - b.time || a.rank - b.rank));
        expect(merged).toEqual(expected);
      }),
    );
  });

  it('opens a source only when the reading reaches it', () => {
    const opened: number[] = [];
    const source = (at: number) => ({
      opensAt: at,
      rank: at,
      open: () => {
        opened.push(at);
        return [at, at + 1][Symbol.iterator]();
      },
    });
    const merged = mergeSorted([source(10), source(0)], (time) => time, true);
    merged.next();
    merged.next();
    expect(opened).toEqual([0]);
    expect([...merged]).toEqual([10, 11]);
  });
});
