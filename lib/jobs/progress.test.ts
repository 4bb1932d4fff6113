import { describe, expect, it } from 'vitest';
import { toProgress, toRawProgress } from './progress';

const output = (info: Record<string, unknown>) => ({ ProgressInfo: info });
const running = { jobCategory: 'AgentRFT', jobStatus: 'InProgress' } as const;

describe('toRawProgress', () => {
  it('reads the step form', () => {
    expect(toRawProgress(output({ MaxSteps: 60, CurrentStep: 12, BatchSize: 32 }))).toEqual({
      form: 'step',
      currentStep: 12,
      totalSteps: 60,
      batchSize: 32,
    });
  });

  it('turns epochs into steps of the whole run', () => {
    const raw = toRawProgress(output({ MaxEpoch: 3, StepsPerEpoch: 20, CurrentEpoch: 2, CurrentStep: 6 }));
    expect(raw).toMatchObject({ form: 'epoch', currentStep: 26, totalSteps: 60, currentEpoch: 2, stepsPerEpoch: 20 });
  });

  it('leaves absent what the service did not say', () => {
    expect(toRawProgress(undefined)).toBeUndefined();
    expect(toRawProgress(output({ CurrentStep: 3 }))).toMatchObject({ currentStep: 3, totalSteps: undefined });
    expect(toRawProgress(output({ CurrentEpoch: 2, CurrentStep: 3 }))).toMatchObject({ currentStep: undefined });
    expect(toRawProgress(output({ MaxSteps: 'many', CurrentStep: -1 }))).toMatchObject({ totalSteps: undefined });
    expect(toRawProgress({ RolloutInfo: { Total: 256, Completed: 31 } })).toMatchObject({
      rollouts: { total: 256, completed: 31 },
    });
  });
});

describe('toProgress', () => {
  it('counts the step under way as not done', () => {
    expect(toProgress({ form: 'step', currentStep: 1, totalSteps: 50 }, running).fraction).toBe(0);
    expect(toProgress({ form: 'step', currentStep: 50, totalSteps: 50 }, running).fraction).toBe(0.98);
  });

  it('is whole for a completed job', () => {
    const progress = toProgress(
      { form: 'step', currentStep: 50, totalSteps: 50 },
      { ...running, jobStatus: 'Completed' },
    );
    expect(progress.fraction).toBe(1);
  });

  it("counts a resumed job's own steps only", () => {
    expect(toProgress({ form: 'step', currentStep: 42, totalSteps: 61 }, { ...running, startStep: 41 }).fraction).toBe(
      0,
    );
    expect(toProgress({ form: 'step', currentStep: 52, totalSteps: 61 }, { ...running, startStep: 41 }).fraction).toBe(
      0.5,
    );
  });

  it('does not take a start the counter has not reached for its own', () => {
    expect(toProgress({ form: 'step', currentStep: 6, totalSteps: 50 }, { ...running, startStep: 41 }).fraction).toBe(
      0.1,
    );
  });

  it('counts an evaluation by its rollouts', () => {
    const job = { jobCategory: 'AgentRFTEvaluation', jobStatus: 'InProgress' } as const;
    expect(toProgress({ form: 'step', rollouts: { completed: 25, total: 100 } }, job).fraction).toBe(0.25);
    expect(toProgress({ form: 'step', rollouts: { completed: 0, total: 0 } }, job).fraction).toBeUndefined();
  });

  it('says no fraction when a number is missing', () => {
    expect(toProgress({ form: 'step', currentStep: 4 }, running)).toEqual({ form: 'step', currentStep: 4 });
    expect(toProgress({ form: 'step', totalSteps: 0, currentStep: 0 }, running).fraction).toBeUndefined();
  });
});
