import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChartModel } from '../shared/chart-model';
import { BUCKETS, thinModel, thinPlaces } from './thin-series';

const points = fc.array(fc.option(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { nil: null, freq: 20 }), {
  minLength: 1,
  maxLength: 6000,
});
const zoom = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }));

describe('thinPlaces', () => {
  it('keeps first, last, lowest and highest of every zoom, in order and without doubles', () => {
    fc.assert(
      fc.property(points, zoom, fc.integer({ min: 1, max: 50 }), (values, [a, b], buckets) => {
        const xs = values.map((_, index) => index);
        const domain: [number, number] = [Math.min(a, b) * values.length, Math.max(a, b) * values.length];
        const { places } = thinPlaces(xs, [values], domain, buckets);
        const inSight = xs.filter((x) => x >= domain[0] && x <= domain[1]);
        const real = inSight.map((x) => values[x]).filter((value) => typeof value === 'number');
        const drawn = places.filter((place) => inSight.includes(place)).map((place) => values[place]);
        if (real.length > 0) {
          expect(drawn).toContain(Math.min(...real));
          expect(drawn).toContain(Math.max(...real));
          expect(places).toContain(inSight[0]);
          expect(places).toContain(inSight.at(-1));
        }
        expect(places).toEqual([...new Set(places)].sort((x, y) => x - y));
        expect(places.length).toBeLessThanOrEqual(Math.max(buckets * 4, (buckets + 4) * 5));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps a gap where there is one', () => {
    const values: (number | null)[] = Array.from({ length: 100_000 }, (_, index) => index % 7);
    values[50_001] = null;
    const { places } = thinPlaces(
      values.map((_, index) => index),
      [values],
      [0, 99_999],
    );
    expect(places).toContain(50_001);
    expect(places.length).toBeLessThanOrEqual((BUCKETS + 4) * 5);
  });
});

const model = (length: number): ChartModel => {
  const xs = Array.from({ length }, (_, index) => index);
  const line = { id: 'a', label: 'a', side: 'left', look: 'strong', colour: 'red', xs, ys: xs } as const;
  return {
    xKind: 'step',
    xLabel: '',
    leftLabel: '',
    lines: [line],
    bands: [],
    seams: [],
    marks: [],
    spans: [],
    stops: xs,
  };
};

describe('thinModel', () => {
  it('says how many points it shows of how many there are in sight', () => {
    expect(thinModel(model(1000), [0, 999])).toMatchObject({ shown: 1000, total: 1000 });
    expect(thinModel(model(1000), [100, 199])).toMatchObject({ shown: 100, total: 100 });
    const { shown, total } = thinModel(model(10_000), [0, 9_999]);
    expect(total).toBe(10_000);
    expect(shown).toBeGreaterThan(BUCKETS);
    expect(shown).toBeLessThan(BUCKETS * 5);
  });

  it('fits the height to what is in sight', () => {
    const { left } = thinModel(model(1000), [500, 600]);
    expect(left[0]).toBeGreaterThan(450);
    expect(left[1]).toBeLessThan(650);
  });
});
