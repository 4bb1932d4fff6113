import { describe, expect, it } from 'vitest';
import { AccountBuilder } from '../scenarios/account-builder';
import { lifeOf } from './life';
import { metricHistory } from './metrics';
import { parseRolloutId } from './rollout-id';
import { rolloutsOf, rolloutWindows } from './rollout-list';
import { World } from './world';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

function makeJob(failAfter?: number) {
  const builder = new AccountBuilder(new World(3), 'us-west-2', NOW);
  return builder.train({
    name: 'list-me',
    createdAt: NOW - 24 * HOUR,
    hyperparameters: { global_batch_size: 32, group_size: 8, max_steps: 20, val_every: 5 },
    ...(failAfter !== undefined && {
      ending: {
        kind: 'failed',
        during: 'Training',
        afterStep: failAfter,
        reason: 'The agent signaled that the trajectory failed',
        story: 'agent-timeouts',
      },
    }),
  });
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('rollouts one by one', () => {
  it('their mean reward is the metric of the step, in training and in validation', () => {
    const job = makeJob();
    for (const window of rolloutWindows(job, NOW)) {
      const rewards = rolloutsOf(job, window, NOW).map((rollout) => rollout.reward);
      const name = window.phase === 'training' ? 'rollout/reward/mean' : 'val/reward/mean';
      const point = metricHistory(job, name, NOW).find((candidate) => candidate.step === window.step);
      expect(mean(rewards)).toBeCloseTo(point?.value ?? Number.NaN, 10);
    }
    expect(
      rolloutWindows(job, NOW)
        .filter((window) => window.phase === 'validation')
        .map((window) => window.step),
    ).toEqual([0, 5, 10, 15, 20]);
  });

  it('every id leads back to its rollout', () => {
    const job = makeJob();
    const window = rolloutWindows(job, NOW)[4];
    if (!window) throw new Error('no window');
    for (const rollout of rolloutsOf(job, window, NOW)) {
      expect(parseRolloutId(rollout.id)).toEqual({
        jobKey: job.key,
        phase: window.phase,
        step: window.step,
        index: rollout.index,
      });
    }
  });

  it('what has been seen does not change when the job is stopped', () => {
    const job = makeJob();
    const { workStart = 0 } = lifeOf(job);
    const t = workStart + HOUR / 2;
    const seen = () => rolloutWindows(job, t).flatMap((window) => rolloutsOf(job, window, t));
    const before = seen();
    job.stopRequestedAt = t;
    expect(seen()).toEqual(before);
    const later = rolloutWindows(job, NOW).flatMap((window) => rolloutsOf(job, window, NOW));
    expect(later).toEqual(before);
  });

  it('a job its agent brings down ends in failed rollouts', () => {
    const job = makeJob(9);
    const last = rolloutWindows(job, NOW).at(-1);
    if (!last) throw new Error('no window');
    expect(last.step).toBe(10);
    const rollouts = rolloutsOf(job, last, NOW);
    const late = rollouts.filter((rollout) => rollout.startedAt + rollout.durationMs > lifeOf(job).endTime - 100_000);
    expect(late.length).toBeGreaterThan(0);
    expect(late.every((rollout) => rollout.status === 'ERROR' && rollout.reward === 0)).toBe(true);
  });
});
