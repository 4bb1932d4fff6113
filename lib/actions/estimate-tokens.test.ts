import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens';

const parent = {
  jobStatus: 'Failed',
  progress: { form: 'step' as const, currentStep: 51, totalSteps: 100 },
  tokens: { train: 5_000, prefill: 10_000 },
};

describe('estimateTokens', () => {
  it('goes on at the parent’s own rate', () => {
    expect(estimateTokens(parent, 60)).toEqual({ train: 6_000, prefill: 12_000, sample: undefined });
  });

  it('counts only the steps a resumed parent trained itself', () => {
    const resumed = { kind: 'resume' as const, packageArn: 'x', step: 40 };
    expect(estimateTokens({ ...parent, parent: resumed }, 10)).toMatchObject({ train: 5_000 });
    expect(estimateTokens({ ...parent, parent: { ...resumed, kind: 'iterate' } }, 10)).toMatchObject({ train: 1_000 });
  });

  it('says nothing where it would be a guess', () => {
    expect(estimateTokens({ ...parent, tokens: undefined }, 60)).toBeUndefined();
    expect(estimateTokens({ ...parent, progress: undefined }, 60)).toBeUndefined();
    expect(estimateTokens(parent, undefined)).toBeUndefined();
    expect(estimateTokens({ ...parent, progress: { form: 'step', currentStep: 1 } }, 60)).toBeUndefined();
    expect(estimateTokens({ ...parent, parent: { kind: 'unknown', packageArn: 'x' } }, 60)).toBeUndefined();
  });
});
