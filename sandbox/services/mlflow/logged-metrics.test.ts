import { describe, expect, it } from 'vitest';
import { AccountBuilder } from '../../scenarios/account-builder';
import { metricHistory } from '../../world/metrics';
import type { Outage } from '../../world/types';
import { World } from '../../world/world';
import { latestMetrics, loggedHistory } from './logged-metrics';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;

function makeJob(name: string, outages?: readonly Outage[], learningRate = 2e-5) {
  return new AccountBuilder(new World(5), 'us-west-2', NOW).train({
    name,
    createdAt: NOW - 3 * DAY,
    hyperparameters: { global_batch_size: 32, group_size: 8, max_steps: 30, learning_rate: learningRate },
    ...(outages && { outages }),
  });
}

describe('what a tracking server holds of a job', () => {
  it('is the truth of the world for most values', () => {
    const job = makeJob('plain');
    const truth = metricHistory(job, 'rollout/reward/mean', NOW);
    const logged = loggedHistory(job, 'rollout/reward/mean', NOW);
    expect(truth).toHaveLength(30);
    expect(new Map(logged.map((point) => [point.step, point.value]))).toEqual(
      new Map(truth.map((point) => [point.step, point.value])),
    );
  });

  it('has a step twice after an interruption, and the last by time is the truth', () => {
    const job = makeJob('struck', [{ afterStep: 9, interruptedMs: 300_000, restartingMs: 200_000 }]);
    const points = loggedHistory(job, 'rollout/reward/mean', NOW).filter((point) => point.step === 10);
    const [truth] = metricHistory(job, 'rollout/reward/mean', NOW).filter((point) => point.step === 10);
    expect(points.length).toBeGreaterThan(1);
    expect(points[0]?.timestamp).toBeLessThan(points[1]?.timestamp ?? 0);
    expect(points.at(-1)?.value).toBe(truth?.value);
    // What is only known at the end of a step was not logged by the attempt that was cut off.
    const optimizer = loggedHistory(job, 'timing_s/training', NOW).filter((point) => point.step === 10);
    expect(optimizer.length).toBeLessThan(points.length);
  });

  it('is not a number now and then, and minus infinity as a database keeps it', () => {
    const values = (name: string) =>
      Array.from({ length: 20 }, (_, i) => makeJob(`odd-${i}`)).flatMap((job) =>
        loggedHistory(job, name, NOW).map((point) => point.value),
      );
    const odd = values('rollout/logprob/nz_std').filter((value) => Number.isNaN(value));
    expect(odd.length).toBeGreaterThan(0);
    expect(odd.length).toBeLessThan(30);
    expect(values('rollout/logprob/nz_min')).toContain(-Number.MAX_VALUE);
  });

  it('keeps of every metric the last point', () => {
    const job = makeJob('latest');
    const latest = latestMetrics(job, NOW);
    for (const name of ['rollout/reward/mean', 'val/reward/mean', 'timing_s/save_checkpoint', 'timing_s/eval']) {
      expect(latest.get(name)).toEqual(loggedHistory(job, name, NOW).at(-1));
    }
  });
});
