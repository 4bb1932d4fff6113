import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import type { Series } from '@/lib/contract/metrics';
import { expectedPoints, readHistory, readKeys } from '@/tests/read-mlflow';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listJobs } from '../jobs/list-jobs';
import { getMetrics } from './get-metrics';

const points = ({ steps, values, timesMs }: Series) => steps.map((step, i) => [step, values[i], timesMs[i]]);
const mlflowCalls = (byOperation: Record<string, number>) =>
  Object.entries(byOperation).flatMap(([name, n]) => (/mlflow/i.test(name) ? [[name, n]] : []));

describe('the metrics of a team', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'team-month' });
    await test.d.sync.runUntilIdle();
    await test.d.metricsSync.runUntilIdle();
  });
  afterAll(() => test.close());

  const rows = async () => (await listJobs(test.d, REGION, listJobsQuerySchema.parse({ limit: 200 }))).jobs;

  it('every curve of every finished job is what MLflow has, point for point', async () => {
    let compared = 0;
    for (const job of (await rows()).filter(({ endTime }) => endTime !== undefined)) {
      const { source, available, series } = await getMetrics(test.d, REGION, job, [
        'rollout/reward/mean',
        'rollout/reward/max',
        'val/reward/mean',
        'eval/reward/mean',
        'timing_s/eval',
      ]);
      if (source.state !== 'ready') {
        expect(source.state).toBe('run_missing');
        continue;
      }
      expect(source.complete).toBe(true);
      const { resourceArn = '', runId = '' } = source;
      expect(available.map(({ key }) => key)).toEqual(await readKeys(test.url, resourceArn, runId));
      for (const one of series) {
        const history = await readHistory(test.url, resourceArn, runId, one.key);
        expect(points(one)).toEqual(expectedPoints(history));
        expect(one.total).toBe(history.length);
        compared += one.steps.length;
      }
    }
    expect(compared).toBeGreaterThan(1_000);
  });

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
});
