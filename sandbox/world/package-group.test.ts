import { describe, expect, it } from 'vitest';
import { AccountBuilder, type JobWish } from '../scenarios/account-builder';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { checkpointTime, lastCheckpointStep, type PackageGroup } from './package-group';
import { World } from './world';

const START = Date.UTC(2026, 10, 1, 9);
const HOUR = 3_600_000;
const GROUPS = ['shared-mpg', 'shared-checkpoint-mpg'] as const;

function account() {
  const builder = new AccountBuilder(new World(1), 'us-west-2', START);
  const train = (name: string, createdAt: number, more: Partial<JobWish> = {}) =>
    builder.train({
      name,
      createdAt,
      groups: GROUPS,
      hyperparameters: { global_batch_size: 32, max_steps: 20 },
      ...more,
    });
  const group = (name: string): PackageGroup => {
    const found = builder.region.groups.get(name);
    if (!found) throw new Error(`no group ${name}`);
    return found;
  };
  return { builder, train, models: () => group(GROUPS[0]), resumables: () => group(GROUPS[1]) };
}

const rows = (group: PackageGroup, t: number) =>
  Array.from({ length: group.versionCount(t) }, (_, i) => group.row(i + 1, t)).filter((row) => row !== undefined);

describe('a model package group', () => {
  it('gets one twin of each step, numbered in order', () => {
    const { train, models, resumables } = account();
    const job = train('one', START);
    const end = lifeOf(job).endTime;
    expect(rows(models(), end).map((row) => [row.version, row.step, row.kind])).toEqual(
      Array.from({ length: 20 }, (_, i) => [i + 1, i + 1, 'model']),
    );
    expect(rows(resumables(), end).every((row) => row.kind === 'resumable')).toBe(true);
    expect(resumables().versionCount(end)).toBe(20);
  });

  it('shows nothing of a step that has not ended', () => {
    const { train, models } = account();
    const job = train('one', START);
    const justBefore = (checkpointTime(job, 5, 'model') ?? 0) - 1;
    expect(models().versionCount(justBefore)).toBe(4);
    expect(models().versionCount(justBefore + 1)).toBe(5);
  });

  it('numbers versions by time across the jobs that share it', () => {
    const { train, models } = account();
    const first = train('one', START);
    train('two', START + 7 * 60_000);
    const all = rows(models(), lifeOf(first).endTime + HOUR);
    expect(all).toHaveLength(40);
    expect(new Set(all.slice(10, 20).map((row) => row.job?.name))).toEqual(new Set(['one', 'two']));
    for (let i = 1; i < all.length; i++) expect(all[i]?.createdAt).toBeGreaterThanOrEqual(all[i - 1]?.createdAt ?? 0);
  });

  it('settles the same versions however often it is asked', () => {
    const often = account();
    const once = account();
    for (const { train } of [often, once]) {
      train('one', START);
      train('two', START + 7 * 60_000);
    }
    const end = START + 3 * HOUR;
    for (let t = START; t < end; t += 60_000) often.models().settle(t);
    const told = (group: PackageGroup) =>
      rows(group, end).map((row) => [row.version, row.job?.name, row.step, row.createdAt]);
    expect(told(often.models())).toEqual(told(once.models()));
  });

  it('appends what a job written into the past made; settled versions stay', () => {
    const { builder, train, models } = account();
    const first = train('one', START);
    const now = lifeOf(first).endTime + HOUR;
    const before = rows(models(), now).map((row) => [row.version, row.job?.name, row.step]);
    builder.region.settleAll(now);
    train('late', START + 60_000);
    const after = rows(models(), now).map((row) => [row.version, row.job?.name, row.step]);
    expect(after.slice(0, 20)).toEqual(before);
    expect(after.slice(20).map(([version, name]) => [version, name])).toEqual(
      Array.from({ length: 20 }, (_, i) => [21 + i, 'late']),
    );
  });

  it('never gives out a deleted version again', () => {
    const { train, models } = account();
    const first = train('one', START);
    const end = lifeOf(first).endTime;
    models().settle(end);
    models().delete(20, end);
    expect(models().row(20, end)).toBeUndefined();
    train('two', end + HOUR);
    expect(models().row(21, end + 3 * HOUR)?.job?.name).toBe('two');
  });

  it('gets the promoted checkpoint of a job that ends early, as its last package', () => {
    const { train, models } = account();
    const ending = { kind: 'failed', during: 'Training', afterStep: 6, reason: 'x', story: 'other' } as const;
    const job = train('one', START, { ending, quirks: { promotes: true } });
    const end = lifeOf(job).endTime;
    expect(rows(models(), end).map((row) => [row.step, row.kind])).toEqual([
      [1, 'model'],
      [2, 'model'],
      [3, 'model'],
      [4, 'model'],
      [5, 'model'],
      [6, 'model'],
      [6, 'promoted'],
    ]);
  });

  it('gets no promotion when the best effort was not good enough', () => {
    const { train, models } = account();
    const ending = { kind: 'failed', during: 'Training', afterStep: 6, reason: 'x', story: 'other' } as const;
    const job = train('one', START, { ending, quirks: { promotes: false } });
    expect(models().versionCount(lifeOf(job).endTime)).toBe(6);
  });

  it('gets packages of every fifth step and the last one from a Nova job', () => {
    const { train, models } = account();
    const job = train('nova', START, {
      baseModel: 'nova-textgeneration-lite-v2',
      hyperparameters: { max_steps: 17 },
    });
    expect(rows(models(), lifeOf(job).endTime).map((row) => row.step)).toEqual([5, 10, 15, 17]);
    expect(models().restricted).toBe(true);
  });
});

describe('lastCheckpointStep', () => {
  it('is the step whose checkpoint was registered, not the step that just ended', () => {
    const { train } = account();
    const job = train('one', START);
    const end5 = stepEndTime(job, 5) ?? 0;
    expect(lastCheckpointStep(job, end5, 'resumable')).toBe(4);
    expect(lastCheckpointStep(job, end5 + 10_000, 'resumable')).toBe(5);
    expect(lastCheckpointStep(job, START, 'resumable')).toBeUndefined();
  });
});
