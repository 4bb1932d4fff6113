import { describe, expect, it } from 'vitest';
import { progressDetail } from './job-words';

describe('progressDetail', () => {
  it.each([
    [{ form: 'step', currentStep: 24, totalSteps: 60 } as const, 'step 24 of 60', undefined],
    [{ form: 'step', currentStep: 24 } as const, 'step 24', undefined],
    [
      { form: 'epoch', currentEpoch: 1, maxEpoch: 2, stepsPerEpoch: 60, currentStep: 24, totalSteps: 120 } as const,
      'epoch 1 of 2 · step 24 of 60',
      'step 24 of 120',
    ],
    [
      { form: 'epoch', currentEpoch: 2, maxEpoch: 2, stepsPerEpoch: 60, currentStep: 84, totalSteps: 120 } as const,
      'epoch 2 of 2 · step 24 of 60',
      'step 84 of 120',
    ],
    [
      { form: 'epoch', currentEpoch: 1, maxEpoch: 1, stepsPerEpoch: 60, currentStep: 24, totalSteps: 60 } as const,
      'step 24 of 60',
      undefined,
    ],
    [{ form: 'epoch', currentEpoch: 2, maxEpoch: 3 } as const, 'epoch 2 of 3', undefined],
  ])('%j is said as “%s”', (progress, text, whole) => {
    expect(progressDetail(progress)).toEqual(whole === undefined ? { text } : { text, whole });
  });

  it('says nothing where nothing is known', () => {
    expect(progressDetail(undefined)).toBeUndefined();
    expect(progressDetail({ form: 'step', totalSteps: 60 })).toBeUndefined();
  });
});
