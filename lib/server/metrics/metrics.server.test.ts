import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/contract/app-error';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listSeries, listSeriesStates, saveReward, saveSeries } from '../catalog/metrics-store';
import { listJobs } from '../jobs/list-jobs';
import type { MlflowClient } from '../mlflow/mlflow-client';
import { compareJobs } from './compare-jobs';
import { getBranchMetrics } from './get-branch';
import { bringSeries, getMetricJob, getMetrics } from './get-metrics';

/** A whole account is read first; on a busy machine that takes its time. */
const SLOW_MS = 240_000;

const mlflowCalls = (byOperation: Record<string, number>) =>
  Object.entries(byOperation).flatMap(([name, n]) => (/mlflow/i.test(name) ? [[name, n]] : []));

describe('the metrics of a team', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'team-month' });
    await test.d.sync.runUntilIdle();
    await test.d.metricsSync.runUntilIdle();
  }, SLOW_MS);
  afterAll(() => test.close());

  const rows = async () => (await listJobs(test.d, REGION, listJobsQuerySchema.parse({ limit: 200 }))).jobs;

  it('asks MLflow nothing for finished jobs that were read', async () => {
    const finished = (await rows()).filter(({ endTime }) => endTime !== undefined);
    for (const job of finished) await getMetrics(test.d, REGION, job, ['rollout/reward/mean', 'timing_s/eval']);
    await test.control.resetCalls();
    for (const job of finished) await getMetrics(test.d, REGION, job, ['rollout/reward/mean', 'timing_s/eval']);
    expect(mlflowCalls((await test.control.calls()).byOperation)).toEqual([]);
  });

  it('rows of the list carry a sparkline and the best validation', async () => {
    const trained = (await rows()).filter(
      ({ jobCategory, jobStatus }) => jobCategory === 'AgentRFT' && jobStatus === 'Completed',
    );
    const best = Math.max(...trained.map(({ reward }) => reward?.bestValidation?.value ?? 0));
    expect(Math.max(...trained.map(({ reward }) => reward?.spark.length ?? 0))).toBe(40);
    expect(best).toBeGreaterThan(0);
    const evaluated = (await rows()).find(
      ({ jobCategory, jobStatus }) => jobCategory !== 'AgentRFT' && jobStatus === 'Completed',
    );
    expect(evaluated?.reward?.bestValidation?.value).toBeGreaterThan(0);
  });

  it('the branch of a job tells every job before it and how one came from the other', async () => {
    const ref = { jobCategory: 'AgentRFT', jobName: 'support-desk-gpt-oss-20b-1120' } as const;
    const { hops, rootMissing } = await getBranchMetrics(test.d, REGION, ref, ['rollout/reward/mean']);
    expect(rootMissing).toBe(false);
    expect(hops.map(({ from }) => [from?.kind, from?.step])).toEqual([
      [undefined, undefined],
      ['iterate', 50],
      ['resume', 63],
      ['iterate', 80],
      ['iterate', 40],
      ['iterate', 90],
    ]);
    const steps = hops.map(({ series }) => [series[0]?.steps[0], series[0]?.steps.at(-1)]);
    // A resume goes on at its checkpoint's step + 1; what was trained beyond it is in both.
    expect(steps[1]?.[1]).toBeGreaterThanOrEqual(63);
    expect(steps[2]?.[0]).toBe(64);
    expect(hops[3]?.changed).toEqual(expect.arrayContaining(['TrainingConfig.HyperParameters.learning_rate']));
    expect(hops.flatMap(({ changed }) => changed).filter((path) => /^(Model|Output)/.test(path))).toEqual([]);
  });

  it('compares jobs in the order they were asked for, on one count of steps', async () => {
    const names = (await rows()).filter(({ jobCategory }) => jobCategory === 'AgentRFT').map(({ jobName }) => jobName);
    const answer = await compareJobs(test.d, REGION, [...names.slice(0, 15), 'nobody'], ['rollout/reward/mean']);
    expect(answer.jobs.map(({ jobName }) => jobName)).toEqual(names.slice(0, 15));
    expect(answer.missing).toEqual(['nobody']);
    const night = answer.jobs.find(({ jobName }) => jobName === 'support-desk-gpt-oss-20b-1120');
    expect(night?.stepOffset).toBe(50 + 80 + 40 + 90);
    expect(night?.config.find(({ path }) => path.endsWith('.learning_rate'))?.value).toBe('0.00002');
    // What a job does not write is the default of its model, and said to be one.
    const config = answer.jobs.map((job) => job.config.find(({ path }) => path.endsWith('.lora_rank')));
    expect(config.every((entry) => entry !== undefined)).toBe(true);
    expect(new Set(config.map((entry) => entry?.isDefault))).toEqual(new Set([true, false]));
    await expect(compareJobs(test.d, REGION, ['no such name'], [])).rejects.toMatchObject({ code: 'bad_request' });
  });

  /** Trained jobs as reading their metrics knows them. */
  const trained = async () => {
    const done = (await rows()).filter(
      ({ jobCategory, jobStatus }) => jobCategory === 'AgentRFT' && jobStatus === 'Completed',
    );
    const found = await Promise.all(done.slice(0, 3).map((job) => getMetricJob(test.d, REGION, job)));
    return found.map((job) => {
      if (!job.run) throw new Error('a job without its run');
      return { ...job, run: job.run };
    });
  };

  it('a run that has not begun is looked for now and then, however many pages wait for it', async () => {
    const [job] = await trained();
    if (!job) throw new Error('no trained job');
    const waiting = (agoMs: number) => ({
      ...job,
      run: {
        ...job.run,
        state: 'waiting' as const,
        latest: null,
        complete: false,
        triedAt: new Date(Date.now() - agoMs),
      },
    });
    await test.control.resetCalls();
    await bringSeries(test.d, REGION, waiting(1_000), []);
    expect(mlflowCalls((await test.control.calls()).byOperation)).toEqual([]);
    await bringSeries(test.d, REGION, waiting(20_000), []);
    expect(mlflowCalls((await test.control.calls()).byOperation)).toHaveLength(1);
  });

  it('the fault of one run keeps nobody from the others; of two it is the MLflow that rests', async () => {
    const all = await trained();
    const [first, second] = all;
    if (!first || !second) throw new Error('too few trained jobs');
    // The same MLflow for both.
    const other = { ...second, mlflow: { ...second.mlflow, resourceArn: first.mlflow?.resourceArn } };
    const scope = await test.d.scope(REGION);
    const client: MlflowClient = {
      call: () => Promise.reject(new AppError('aws_failed', 'MLflow failed.')),
    };
    const asker = { client, waits: 'person' } as const;
    const waits = () => [first, other].map((job) => test.d.metrics.waitOf(job, 'person')?.code);
    await expect(test.d.metrics.look(scope, first, asker)).rejects.toMatchObject({ code: 'aws_failed' });
    expect(waits()).toEqual(['aws_failed', undefined]);
    await expect(test.d.metrics.look(scope, other, asker)).rejects.toMatchObject({ code: 'aws_failed' });
    const third = { ...first, id: -1 };
    expect(test.d.metrics.waitOf(third, 'person')?.code).toBe('aws_failed');
  });

  it('keeps steps beyond 32 bits', async () => {
    const [job] = await trained();
    const id = job?.id ?? 0;
    const series = { steps: [1, 2 ** 40], values: [0, 1], timesMs: [1, 2], total: 2 };
    await saveSeries(test.d.catalog, { jobId: id, key: 'far', whole: true, series });
    expect((await listSeriesStates(test.d.catalog, id, ['far'])).get('far')?.lastStep).toBe(2 ** 40);
    expect((await listSeries(test.d.catalog, [id], ['far']))[0]?.series).toEqual(series);
  });

  it('a reward that stayed as it was changes nothing for whoever keeps a list', async () => {
    const scope = await test.d.scope(REGION);
    const job = (await rows()).find(({ reward }) => reward !== undefined);
    if (!job) throw new Error('no job with a reward');
    const { id } = await getMetricJob(test.d, REGION, job);
    const before = test.d.catalog.revision(scope.id);
    expect(await saveReward(test.d.catalog, scope, id, job.reward)).toBe(false);
    expect(test.d.catalog.revision(scope.id)).toBe(before);
    expect(await saveReward(test.d.catalog, scope, id, undefined)).toBe(true);
    expect(await saveReward(test.d.catalog, scope, id, undefined)).toBe(false);
    expect(test.d.catalog.revision(scope.id)).toBe(before + 1);
  });
});
