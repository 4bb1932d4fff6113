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

  it('tells hours from the last resumable checkpoint to the end, and tokens by the share of steps', () => {
    const job = {
      progress: { ...progress, currentStep: 45, rollouts: { completed: 64, total: 128 } },
      checkpoints: { resumable: 8, model: 8, lastResumableStep: 40 },
      lastResumableTime: '2026-11-20T03:00:00.000Z',
      endTime: '2026-11-20T04:30:00.000Z',
      tokens: { train: 10_000_000, prefill: 20_000_000, sample: 14_500_000 },
    };
    // 4 whole steps and half of one, of 44 and a half.
    expect(lostWork(job)).toMatchObject({ lostSteps: 4, lostMs: 5_400_000, lostTokens: 4_500_000 });
  });

  it('loses all of its own time and tokens without a resumable checkpoint', () => {
    const lost = lostWork({
      progress,
      checkpoints: { resumable: 0, model: 0 },
      transitions: [
        { status: 'Starting', startTime: '2026-11-20T01:00:00.000Z' },
        { status: 'Training', startTime: '2026-11-20T02:00:00.000Z' },
      ],
      endTime: '2026-11-20T03:00:00.000Z',
      tokens: { train: 43_000 },
    });
    expect(lost).toMatchObject({ lostMs: 3_600_000, lostTokens: 43_000 });
  });

  it('leaves out what is not known, and loses no token where the last step left a checkpoint', () => {
    const lost = lostWork({
      progress,
      checkpoints: { resumable: 1, model: 1, lastResumableStep: 44 },
      tokens: { train: 5 },
    });
    expect(lost).toEqual({ known: true, reachedStep: 44, lastResumableStep: 44, lostSteps: 0, lostTokens: 0 });
  });

  it('says when it cannot be counted', () => {
    expect(lostWork({ checkpoints: { resumable: 0, model: 0 } })).toMatchObject({ known: false });
    expect(lostWork({ progress, checkpoints: { resumable: 3, model: 0 } })).toMatchObject({ known: false });
  });
});
