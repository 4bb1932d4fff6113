import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRolloutId, parseRolloutId, ROLLOUT_PHASES } from './rollout-id';

const word = fc.integer({ min: 0, max: 0xffffffff });

describe('rollout ids', () => {
  it('read back as what they were made of', () => {
    fc.assert(
      fc.property(
        word,
        fc.constantFrom(...ROLLOUT_PHASES),
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 0, max: 4_096 }),
        (jobKey, phase, step, index) => {
          const id = formatRolloutId({ jobKey, phase, step, index });
          expect(id).toMatch(/^[0-9a-f]{32}$/);
          expect(parseRolloutId(id)).toEqual({ jobKey, phase, step, index });
        },
      ),
    );
  });

  it('an id nobody made is none', () => {
    const id = formatRolloutId({ jobKey: 7, phase: 'training', step: 3, index: 12 });
    expect(parseRolloutId(id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')))).toBeUndefined();
    expect(parseRolloutId('not-an-id')).toBeUndefined();
  });
});
