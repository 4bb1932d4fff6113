import { describe, expect, it } from 'vitest';
import { resumeSteps } from './resume-steps';

const parent = (jobStatus: string, progress?: Parameters<typeof resumeSteps>[0]['progress'], parsed?: object) => ({
  jobStatus,
  progress,
  config: { parsed: parsed as Record<string, unknown> | undefined },
});

describe('resumeSteps', () => {
  it('goes on at the step after the checkpoint and redoes what the parent had trained beyond it', () => {
    expect(resumeSteps(parent('Failed', { form: 'step', currentStep: 58, totalSteps: 100 }), 41)).toEqual({
      firstStep: 42,
      totalSteps: 100,
      stepsLeft: 59,
      stepsRedone: 16,
    });
  });

  it('counts every step of a completed parent', () => {
    expect(resumeSteps(parent('Completed', { form: 'step', currentStep: 60, totalSteps: 60 }), 60)).toMatchObject({
      stepsLeft: 0,
      stepsRedone: 0,
    });
  });

  it('counts steps over all epochs, as progress does', () => {
    const progress = {
      form: 'epoch',
      currentEpoch: 2,
      maxEpoch: 3,
      stepsPerEpoch: 20,
      currentStep: 26,
      totalSteps: 60,
    };
    expect(resumeSteps(parent('Stopped', { ...progress, form: 'epoch' }), 24)).toMatchObject({
      firstStep: 25,
      stepsLeft: 36,
      stepsRedone: 1,
    });
  });

  it('takes the total from the hyperparameters when the job never said it', () => {
    const document = { TrainingConfig: { HyperParameters: { max_steps: '50' } } };
    expect(resumeSteps(parent('Failed', undefined, document), 10)).toEqual({
      firstStep: 11,
      totalSteps: 50,
      stepsLeft: 40,
    });
  });

  it('leaves absent what is not known', () => {
    expect(resumeSteps(parent('Failed'), 10)).toEqual({ firstStep: 11 });
    expect(resumeSteps(parent('Failed'), undefined)).toEqual({});
    expect(resumeSteps(parent('Failed', { form: 'epoch', currentEpoch: 1 }), 1)).toEqual({ firstStep: 2 });
  });
});
