import { describe, expect, it } from 'vitest';
import { countSteps } from './count-steps';
import { findStep } from './find-step';
import { saveEveryOf } from './save-every';

const base = { packageArn: 'arn', group: 'mpg', createdMs: 0 };

describe('findStep', () => {
  it.each([
    ['s3://b/job/checkpoints/step-000041/', 41],
    ['s3://b/job/global_step_7/', 7],
    ['s3://b/job/checkpoint-step-12/hf/', 12],
    ['s3://b/job/STEP=0/', 0],
    ['s3://b/job/max-steps-100/', undefined],
    ['s3://b/job/steps/41/', undefined],
    ['s3://b/job-41/', undefined],
    ['s3://step-9/job/', undefined],
    ['s3://b/step-1/job/step-2/', undefined],
    ['not an address', undefined],
  ])('reads %s as %s', (s3Uri, step) => {
    expect(findStep({ ...base, s3Uri })).toEqual(step === undefined ? undefined : { step, by: 'path' });
  });

  it('believes metadata and tags before the path', () => {
    const s3Uri = 's3://b/job/step-000041/';
    expect(findStep({ ...base, s3Uri, metadata: { step: '40' } })).toEqual({ step: 40, by: 'package' });
    expect(findStep({ ...base, s3Uri, tags: [{ key: 'sagemaker:step', value: '0039' }] })).toEqual({
      step: 39,
      by: 'package',
    });
    expect(findStep({ ...base, s3Uri, metadata: { max_steps: '100', parent_step: '3' } })).toEqual({
      step: 41,
      by: 'path',
    });
  });

  it('says nothing when metadata contradicts itself', () => {
    expect(findStep({ ...base, metadata: { step: '1', global_step: '2' } })).toBeUndefined();
  });
});

describe('countSteps', () => {
  const packages = (count: number, lastIsOutput = false) =>
    Array.from({ length: count }, (_, i) => lastIsOutput && i === count - 1);
  const job = { startStep: 0, saveEvery: 1, currentStep: 4, totalSteps: 4, ending: 'completed' as const };

  it('gives the n-th package the n-th saved step where everything agrees', () => {
    expect(countSteps({ ...job, isOutput: packages(4, true) })).toEqual([1, 2, 3, 4]);
    expect(countSteps({ ...job, saveEvery: 5, currentStep: 12, totalSteps: 12, isOutput: packages(3) })).toEqual([
      5, 10, 12,
    ]);
    expect(
      countSteps({ ...job, startStep: 10, saveEvery: 5, currentStep: 20, totalSteps: 20, isOutput: packages(2) }),
    ).toEqual([15, 20]);
  });

  it('is silent where one package too many or too few is there', () => {
    expect(countSteps({ ...job, isOutput: packages(3) })).toBeUndefined();
    expect(countSteps({ ...job, isOutput: packages(5) })).toBeUndefined();
  });

  it('counts what was done before a failure, and a promoted copy as the step it copies', () => {
    const failed = { ...job, currentStep: 4, totalSteps: 60, ending: 'early' as const };
    expect(countSteps({ ...failed, isOutput: packages(3) })).toEqual([1, 2, 3]);
    expect(countSteps({ ...failed, isOutput: packages(4, true) })).toEqual([1, 2, 3, 3]);
    expect(countSteps({ ...failed, saveEvery: 5, currentStep: 13, isOutput: packages(3, true) })).toEqual([5, 10, 10]);
  });

  it('does not choose between a copy and a step of its own for a job that ended in an unknown way', () => {
    expect(countSteps({ ...job, ending: 'unknown', isOutput: packages(4, true) })).toBeUndefined();
    expect(countSteps({ ...job, ending: 'unknown', isOutput: packages(4) })).toEqual([1, 2, 3, 4]);
  });

  it('lets a running job be one ahead or behind', () => {
    const running = { ...job, currentStep: 4, totalSteps: 60, ending: 'none' as const };
    for (const count of [2, 3, 4]) {
      expect(countSteps({ ...running, isOutput: packages(count) })).toHaveLength(count);
    }
    expect(countSteps({ ...running, isOutput: packages(6) })).toBeUndefined();
  });

  it.each(['startStep', 'saveEvery', 'currentStep'] as const)('needs %s', (key) => {
    expect(countSteps({ ...job, [key]: undefined, isOutput: packages(4) })).toBeUndefined();
  });
});

describe('saveEveryOf', () => {
  it('believes the request before the model, and knows nothing of other models', () => {
    expect(saveEveryOf('nova-textgeneration-lite-v2', undefined)).toBe(5);
    expect(saveEveryOf('nova-textgeneration-lite-v2', 10)).toBe(10);
    expect(saveEveryOf('another-model', undefined)).toBeUndefined();
    expect(saveEveryOf(undefined, undefined)).toBeUndefined();
  });
});
