import { describe, expect, it } from 'vitest';
import { AccountBuilder, type JobWish } from '../scenarios/account-builder';
import { isVisible, stateAt, stepEndTime, stepsDone, transitionsAt } from './job-state';
import { lifeOf } from './life';
import { promotionOf } from './package-group';
import { World } from './world';

const START = Date.UTC(2026, 10, 1, 9);
const MINUTE = 60_000;

function train(more: Partial<JobWish> = {}) {
  const builder = new AccountBuilder(new World(1), 'us-west-2', START);
  return builder.train({
    name: 'demo-job',
    createdAt: START,
    hyperparameters: { global_batch_size: 32, max_steps: 20 },
    ...more,
  });
}

const words = (job: ReturnType<typeof train>, t: number) => transitionsAt(job, t).map((phase) => phase.status);

describe('the life of a training job', () => {
  it('walks Starting, Downloading, Training, Uploading, Completed', () => {
    const job = train();
    expect(words(job, lifeOf(job).endTime)).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
  });

  it('waits for capacity first when there is none', () => {
    const job = train({ pendingMs: 10 * MINUTE });
    expect(stateAt(job, START + 9 * MINUTE)).toMatchObject({ jobStatus: 'InProgress', secondaryStatus: 'Pending' });
  });

  it('each transition ends where the next begins, and the open one has no end', () => {
    const job = train();
    const seen = transitionsAt(job, START + 30 * MINUTE);
    for (const [i, phase] of seen.slice(0, -1).entries()) expect(phase.end).toBe(seen[i + 1]?.start);
    expect(seen.at(-1)).toMatchObject({ status: 'Training' });
    expect(seen.at(-1)).not.toHaveProperty('end');
  });

  it('has no end time and no failure reason while it runs', () => {
    const state = stateAt(train(), START + 20 * MINUTE);
    expect(state).toMatchObject({ jobStatus: 'InProgress', final: false });
    expect(state).not.toHaveProperty('endTime');
    expect(state).not.toHaveProperty('failureReason');
  });

  it('ends its steps in order, about two and a half minutes apart', () => {
    const job = train();
    const ends = Array.from({ length: 20 }, (_, i) => stepEndTime(job, i + 1) ?? Number.NaN);
    for (let i = 1; i < ends.length; i++) {
      const gap = (ends[i] ?? 0) - (ends[i - 1] ?? 0);
      expect(gap).toBeGreaterThan(60_000);
      expect(gap).toBeLessThan(5 * MINUTE);
    }
    expect(stepsDone(job, ends[9] ?? 0)).toBe(10);
    expect(stepsDone(job, (ends[9] ?? 0) - 1)).toBe(9);
  });

  it('takes about four hours and a quarter for 100 steps', () => {
    const job = train({ hyperparameters: { global_batch_size: 32, max_steps: 100 } });
    const hours = (lifeOf(job).endTime - START) / 3_600_000;
    expect(hours).toBeGreaterThan(4);
    expect(hours).toBeLessThan(5);
  });

  it('fails inside the step after the last one that ended, with its reason', () => {
    const ending = { kind: 'failed', during: 'Training', afterStep: 7, reason: 'No luck', story: 'other' } as const;
    const job = train({ ending });
    const { endTime } = lifeOf(job);
    expect(stateAt(job, endTime)).toMatchObject({
      jobStatus: 'Failed',
      secondaryStatus: 'Failed',
      failureReason: 'No luck',
    });
    expect(stateAt(job, endTime - 1).jobStatus).toBe('InProgress');
    expect(stepsDone(job, endTime)).toBe(7);
  });

  it('that fails while starting never trains and makes no checkpoint', () => {
    const ending = {
      kind: 'failed',
      during: 'Starting',
      afterStep: 0,
      reason: 'No capacity',
      story: 'capacity',
    } as const;
    const job = train({ ending });
    expect(words(job, lifeOf(job).endTime)).toEqual(['Starting', 'Failed']);
    expect(stepsDone(job, lifeOf(job).endTime)).toBe(0);
    expect(promotionOf(job)).toBeUndefined();
  });

  it('runs out of time as Stopped with MaxRuntimeExceeded', () => {
    const job = train({ maxRuntimeSeconds: 1_800 });
    expect(stateAt(job, START + 40 * MINUTE)).toMatchObject({
      jobStatus: 'Stopped',
      secondaryStatus: 'MaxRuntimeExceeded',
    });
  });

  it('is interrupted, restarts, and does the step in flight again', () => {
    const job = train({ outages: [{ afterStep: 5, interruptedMs: 12 * MINUTE, restartingMs: 4 * MINUTE }] });
    expect(words(job, lifeOf(job).endTime)).toEqual([
      'Starting',
      'Downloading',
      'Training',
      'Interrupted',
      'Restarting',
      'Training',
      'Uploading',
      'Completed',
    ]);
    expect((stepEndTime(job, 6) ?? 0) - (stepEndTime(job, 5) ?? 0)).toBeGreaterThan(16 * MINUTE);
  });
});

describe('stopping', () => {
  it('goes Stopping, then Stopped, and promotes the last resumable checkpoint', () => {
    const job = train({ quirks: { promotes: true } });
    const inStep9 = (stepEndTime(job, 8) ?? 0) + 30_000;
    job.stopRequestedAt = inStep9;
    expect(stateAt(job, inStep9 + 1_000)).toMatchObject({ jobStatus: 'Stopping', secondaryStatus: 'Stopping' });
    const { endTime } = lifeOf(job);
    expect(endTime - inStep9).toBeLessThan(2 * MINUTE);
    expect(stateAt(job, endTime)).toMatchObject({ jobStatus: 'Stopped', secondaryStatus: 'Stopped', endTime });
    expect(promotionOf(job)?.step).toBe(8);
    expect(promotionOf(job)?.time).toBeLessThanOrEqual(endTime);
  });

  it('forgets the steps that will not happen', () => {
    const job = train();
    const soon = (stepEndTime(job, 3) ?? 0) + 1_000;
    job.stopRequestedAt = soon;
    expect(stepEndTime(job, 4)).toBeUndefined();
    expect(stepsDone(job, soon + 86_400_000)).toBe(3);
  });

  it('before training there is nothing to promote', () => {
    const job = train();
    job.stopRequestedAt = START + MINUTE;
    expect(words(job, START + 60 * MINUTE)).toEqual(['Starting', 'Stopping', 'Stopped']);
    expect(promotionOf(job)).toBeUndefined();
  });
});

describe('deleting', () => {
  it('shows Deleting for a short while, then nothing', () => {
    const job = train();
    const { endTime } = lifeOf(job);
    job.deletedAt = endTime + MINUTE;
    expect(stateAt(job, endTime + MINUTE + 1_000).jobStatus).toBe('Deleting');
    expect(isVisible(job, endTime + MINUTE + 1_000)).toBe(true);
    expect(isVisible(job, endTime + 3 * MINUTE)).toBe(false);
  });
});

describe('the life of an evaluation', () => {
  it('walks Starting, Evaluating, Uploading, Completed, in about seven minutes for 100 rollouts', () => {
    const builder = new AccountBuilder(new World(1), 'us-west-2', START);
    const job = builder.evaluate({ name: 'demo-eval', createdAt: START });
    const { endTime, phases } = lifeOf(job);
    expect(phases.map((phase) => phase.status)).toEqual(['Starting', 'Evaluating', 'Uploading', 'Completed']);
    expect((endTime - START) / MINUTE).toBeGreaterThan(5);
    expect((endTime - START) / MINUTE).toBeLessThan(9);
  });
});
