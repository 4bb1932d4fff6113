import { describe, expect, it } from 'vitest';
import { checkpointKeys, valuesAt } from './checkpoint-keys';

const series = (key: string, steps: number[], values: (number | null)[]) => ({
  key,
  steps,
  values,
  timesMs: steps.map((step) => step * 1000),
  total: steps.length,
});

describe('checkpointKeys', () => {
  it('asks for the documented ones, and for losses and divergences a run has besides', () => {
    const keys = checkpointKeys(['training/kl', 'training/loss', 'training/num_loss_positions', 'rollout/reward/mean']);
    expect(keys).toContain('val/reward/mean');
    expect(keys.slice(-2)).toEqual(['training/kl', 'training/loss']);
    expect(keys.filter((key) => key === 'rollout/reward/mean')).toHaveLength(1);
  });
});

describe('valuesAt', () => {
  const all = [
    series('rollout/reward/mean', [1, 2, 3, 5], [0.1, 0.2, null, 0.5]),
    series('val/reward/mean', [2, 4], [0.3, 0.4]),
  ];
  const keys = ['rollout/reward/mean', 'val/reward/mean', 'rollout/turns/mean'];

  it('gives the value of that very step, and of a validation the last one up to it', () => {
    expect(valuesAt(2, keys, all)).toEqual([
      { key: 'rollout/reward/mean', step: 2, value: 0.2 },
      { key: 'val/reward/mean', step: 2, value: 0.3 },
      { key: 'rollout/turns/mean' },
    ]);
    expect(valuesAt(5, keys, all)[1]).toEqual({ key: 'val/reward/mean', step: 4, value: 0.4 });
  });

  it('takes no neighbour for a step without a point, and keeps a gap a gap', () => {
    expect(valuesAt(4, keys, all)[0]).toEqual({ key: 'rollout/reward/mean' });
    expect(valuesAt(3, keys, all)[0]).toEqual({ key: 'rollout/reward/mean', step: 3, value: null });
    expect(valuesAt(1, keys, all)[1]).toEqual({ key: 'val/reward/mean' });
  });
});
