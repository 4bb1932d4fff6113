import { describe, expect, it } from 'vitest';
import { AccountBuilder, type JobWish } from '../scenarios/account-builder';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { metricHistory, metricNamesOf, metricsAt } from './metrics';
import { levelAt } from './reward';
import { trainingRollouts } from './rollouts';
import { meanOf } from './statistics';
import { World } from './world';

const START = Date.UTC(2026, 10, 1, 9);
const HOUR = 3_600_000;

function account() {
  const builder = new AccountBuilder(new World(1), 'us-west-2', START);
  let at = START;
  return (name: string, hyperparameters: Record<string, number>, more: Partial<JobWish> = {}) => {
    at += 8 * HOUR;
    return builder.train({
      name,
      createdAt: at,
      project: 'support-desk',
      hyperparameters: { global_batch_size: 32, group_size: 8, max_steps: 60, ...hyperparameters },
      ...more,
    });
  };
}

const FOREVER = START + 400 * HOUR;
const values = (job: ReturnType<ReturnType<typeof account>>, name: string) =>
  metricHistory(job, name, FOREVER).map((point) => point.value);
const mean = (numbers: number[]) => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

describe('reward', () => {
  it('rises at a good learning rate, barely moves at a small one, collapses at a high one', () => {
    const train = account();
    const gain = (job: ReturnType<typeof train>) => levelAt(job, 60).validation - levelAt(job, 0).validation;
    const good = gain(train('good', { learning_rate: 2e-5 }));
    const small = gain(train('small', { learning_rate: 5e-7 }));
    const high = train('high', { learning_rate: 3e-4 });
    expect(good).toBeGreaterThan(0.15);
    expect(small).toBeGreaterThanOrEqual(0);
    expect(small).toBeLessThan(good / 4);
    expect(levelAt(high, 60).train).toBeLessThan(0.05);
    expect(mean(values(high, 'rollout/reward/mean').slice(-10))).toBeLessThan(0.08);
  });

  it('a resumed job goes on where its parent was, at the next step', () => {
    const train = account();
    const ending = { kind: 'failed', during: 'Training', afterStep: 40, reason: 'x', story: 'other' } as const;
    const parent = train('parent', { learning_rate: 2e-5 }, { ending });
    const child = train('child', {}, { from: { job: parent, step: 40, kind: 'resume' } });
    expect(levelAt(child, 40)).toEqual(levelAt(parent, 40));
    const history = metricHistory(child, 'rollout/reward/mean', FOREVER);
    expect(history.map((point) => point.step)).toEqual(Array.from({ length: 20 }, (_, i) => 41 + i));
    const before = mean(values(parent, 'rollout/reward/mean').slice(-8));
    const after = mean(history.slice(0, 8).map((point) => point.value));
    expect(Math.abs(after - before)).toBeLessThan(0.1);
  });

  it('an iterated job starts at its checkpoint and counts from one', () => {
    const train = account();
    const parent = train('parent', { learning_rate: 2e-5 });
    const child = train('child', { learning_rate: 1e-5 }, { from: { job: parent, step: 50, kind: 'iterate' } });
    expect(levelAt(child, 0).validation).toBeCloseTo(levelAt(parent, 50).validation, 10);
    expect(metricHistory(child, 'rollout/reward/mean', FOREVER)[0]?.step).toBe(1);
  });

  it('bigger groups and batches are less noisy', () => {
    const train = account();
    const noise = (job: ReturnType<typeof train>) => {
      const rewards = values(job, 'rollout/reward/mean');
      return mean(rewards.slice(1).map((value, i) => Math.abs(value - (rewards[i] ?? 0))));
    };
    const few = train('few', { learning_rate: 1e-6, group_size: 2 });
    const many = train('many', { learning_rate: 1e-6, group_size: 16, global_batch_size: 128 });
    expect(noise(many)).toBeLessThan(noise(few) / 2);
  });
});

describe('metrics', () => {
  it('are the documented names, each of a training job', () => {
    const job = account()('names', {});
    expect([...metricsAt(job, FOREVER).keys()].sort()).toEqual(metricNamesOf(job).sort());
  });

  it('agree with each other and with the rollouts of the step', () => {
    const job = account()('agree', {});
    const at = (name: string) => metricHistory(job, name, FOREVER)[11]?.value ?? Number.NaN;
    const rollouts = trainingRollouts(job, 12);
    expect(rollouts.rewards).toHaveLength(256);
    expect(at('rollout/reward/mean')).toBeCloseTo(meanOf(rollouts.rewards), 10);
    expect(at('rollout/turns/mean')).toBeCloseTo(meanOf(rollouts.turns), 10);
    for (const part of ['reward', 'turns', 'advantage']) {
      expect(at(`rollout/${part}/min`)).toBeLessThanOrEqual(at(`rollout/${part}/mean`));
      expect(at(`rollout/${part}/max`)).toBeGreaterThanOrEqual(at(`rollout/${part}/mean`));
    }
    expect(at('rollout/tokens/response_max')).toBeLessThanOrEqual(4096);
    expect(at('analysis/batch_valid_ratio')).toBeCloseTo(1 - at('analysis/zero_adv_groups') / 32, 10);
    expect(at('analysis/zero_adv_nonzero_reward') + at('analysis/zero_adv_zero_reward')).toBe(
      at('analysis/zero_adv_groups'),
    );
  });

  it('validate before the first step, every val_every steps, and after the last', () => {
    const job = account()('validated', { max_steps: 25, val_every: 10 });
    expect(metricHistory(job, 'val/reward/mean', FOREVER).map((point) => point.step)).toEqual([0, 10, 20, 25]);
  });

  it('show only what was logged by then, at the time the step ended', () => {
    const job = account()('partial', {});
    const t = (stepEndTime(job, 7) ?? 0) + 1;
    const history = metricHistory(job, 'rollout/reward/mean', t);
    expect(history).toHaveLength(7);
    expect(history[6]?.timestamp).toBe(t - 1);
  });

  it('of an evaluation come once, at its end, with pass@k for every k the group allows', () => {
    const builder = new AccountBuilder(new World(1), 'us-west-2', START);
    const job = builder.evaluate({ name: 'eval', createdAt: START, hyperparameters: { eval_group_size: '8' } });
    const end = lifeOf(job).workEnd ?? 0;
    expect(metricsAt(job, end - 1).size).toBe(0);
    const at = (name: string) => metricHistory(job, name, end)[0]?.value ?? Number.NaN;
    expect(at('eval/reward/pass_at_1')).toBeCloseTo(at('eval/reward/pass_power_1'), 10);
    expect(at('eval/reward/pass_at_8')).toBeGreaterThanOrEqual(at('eval/reward/pass_at_4'));
    expect(at('eval/reward/pass_power_8')).toBeLessThanOrEqual(at('eval/reward/pass_power_4'));
    expect(at('eval/reward/pass_at_16')).toBeNaN();
    expect(at('eval/reward/succeeded_rollouts') + at('eval/reward/failed_rollouts')).toBe(800);
  });
});
