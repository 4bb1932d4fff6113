import { describe, expect, it } from 'vitest';
import { explainFailure } from './failure';
import { lostWork } from './failure-lost-work';

describe('explainFailure', () => {
  it.each([
    ['No sampling requests were received', 'no-sampling', 'seen'],
    ['The agent signaled that the trajectory failed', 'trajectory-failed', 'seen'],
    ['ResourceLimitExceeded: The account-level service limit is 1', 'quota', 'reading'],
    ['CapacityError: Insufficient capacity in the region', 'capacity', 'reading'],
    ['Rollout 17 timed out after 600 seconds', 'rollout-timeout', 'reading'],
    ['Timed out waiting for the container', 'timeout', 'reading'],
    ['Maximum runtime exceeded', 'max-runtime', 'reading'],
    ['AccessDenied when calling s3:GetObject', 'access', 'reading'],
    ['NoSuchKey: s3://bucket/train.parquet', 'data', 'reading'],
    ['ThrottlingException: Rate exceeded', 'throttled', 'reading'],
    ['InternalServerError', 'internal', 'reading'],
    ['CUDA out of memory', 'memory', 'reading'],
  ])('“%s” is read as %s', (reason, id, basis) => {
    const advice = explainFailure(reason);
    expect(advice).toMatchObject({ id, basis });
    expect(advice?.todo.length).toBeGreaterThan(0);
  });

  it('a reason nobody has met has no advice: it is shown as it came', () => {
    expect(explainFailure('Zebra misaligned')).toBeUndefined();
    expect(explainFailure(undefined)).toBeUndefined();
  });

  it('words of 1,024 characters are read at once', () => {
    const started = performance.now();
    explainFailure('rollout exceed limit '.repeat(50).slice(0, 1024));
    explainFailure('x'.repeat(1024));
    expect(performance.now() - started).toBeLessThan(100);
  });
});

describe('lostWork', () => {
  const progress = { form: 'step', currentStep: 44, totalSteps: 60 } as const;

  it('counts whole steps after the last resumable checkpoint; the step under way was not finished', () => {
    const job = { progress, checkpoints: { resumable: 40, model: 40, lastResumableStep: 40 } };
    expect(lostWork(job)).toEqual({ known: true, reachedStep: 44, lastResumableStep: 40, lostSteps: 3 });
  });

  it('nothing but the unfinished step is lost when the last step left a checkpoint', () => {
    const job = {
      progress: { ...progress, rollouts: { completed: 131, total: 256 } },
      checkpoints: { resumable: 43, model: 43, lastResumableStep: 43 },
    };
    expect(lostWork(job)).toMatchObject({ lostSteps: 0, lostRollouts: { completed: 131, total: 256 } });
  });

  it('without any resumable checkpoint everything of the job is lost, but not what its parent had trained', () => {
    expect(lostWork({ progress, checkpoints: { resumable: 0, model: 0 } })).toMatchObject({ lostSteps: 43 });
    const parent = { kind: 'resume', packageArn: 'arn', step: 41 } as const;
    expect(lostWork({ progress, parent, checkpoints: { resumable: 0, model: 0 } })).toMatchObject({ lostSteps: 2 });
  });

  it('says when it cannot be counted', () => {
    expect(lostWork({ checkpoints: { resumable: 0, model: 0 } })).toMatchObject({ known: false });
    expect(lostWork({ progress, checkpoints: { resumable: 3, model: 0 } })).toMatchObject({ known: false });
  });
});
