import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleDomain, shiftDomain } from './move-domain';

describe('a stretch of an axis', () => {
  it('is moved by a share of itself and stops at the ends', () => {
    expect(shiftDomain([10, 20], 0.5, [0, 100])).toEqual([15, 25]);
    expect(shiftDomain([10, 20], -5, [0, 100])).toEqual([0, 10]);
    expect(shiftDomain([85, 95], 3, [0, 100])).toEqual([90, 100]);
  });

  it('never grows or shrinks by being moved, and never leaves what there is', () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(unit, unit, fc.double({ min: -20, max: 20, noNaN: true }), (a, b, share) => {
        fc.pre(a !== b);
        const domain: [number, number] = [Math.min(a, b), Math.max(a, b)];
        const moved = shiftDomain(domain, share, [0, 1]);
        expect(moved[1] - moved[0]).toBeCloseTo(domain[1] - domain[0], 9);
        expect(moved[0]).toBeGreaterThanOrEqual(0);
        expect(moved[1]).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('is looked at closer around the point that is pointed at', () => {
    expect(scaleDomain([0, 100], 0.5, 0)).toEqual([0, 50]);
    expect(scaleDomain([0, 100], 0.5, 80)).toEqual([40, 90]);
    expect(scaleDomain([40, 90], 2, 80)).toEqual([0, 100]);
  });
});
