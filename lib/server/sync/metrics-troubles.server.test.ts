import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetricSource } from '@/lib/contract/metrics';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetrics } from '../metrics/get-metrics';
import { MetricsPoller } from './metrics-poller';

const SLOW_MS = 240_000;
const DEFAULT_APP = `arn:aws:sagemaker:${REGION}:123456789012:mlflow-app/app-TTAUWUNMUHH6`;

describe('an account whose MLflow fails in every way', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'mlflow-troubles' });
    await test.d.sync.runUntilIdle();
  }, SLOW_MS);
  afterAll(() => test.close());

  const sourceOf = async (jobName: string): Promise<MetricSource> =>
    (await getMetrics(test.d, REGION, { jobCategory: 'AgentRFT', jobName }, ['rollout/reward/mean'])).source;

  it('jobs of an MLflow that is down take no room from the jobs of one that answers', async () => {
    // The newest jobs are on the default app, and there are more of them than the list of work holds.
    await test.control.setMlflow(DEFAULT_APP, 'down');
    const scope = await test.d.scope(REGION);
    const parts = {
      ...test.d,
      region: REGION,
      asker: { client: test.d.mlflow(REGION), waits: 'nobody' },
      scope: async () => scope,
      now: () => Date.parse('2026-11-20T12:00:00Z'),
      slowness: () => 1,
      room: 2,
    } as const;
    const poller = new MetricsPoller(parts);
    while ((await poller.tick()) > 0);
    await test.control.resetCalls();
    expect(await sourceOf('sessions-only')).toMatchObject({ state: 'ready', complete: true });
    expect((await test.control.calls()).byOperation).toEqual({});
    await test.control.setMlflow(DEFAULT_APP, 'open');
    await test.pass(10 * 60_000);
  });

  it('says of each what it is that fails', async () => {
    await test.d.metricsSync.runUntilIdle();
    const names = [
      ['all-is-well', 'ready', undefined],
      ['no-mlflow', 'not_configured', 'names no MLflow app'],
      ['app-deleted', 'resource_missing', 'There is no MLflow app app-DELETED00001 any more'],
      ['app-denied', 'access_denied', 'refused GetRun'],
      ['server-down', 'unreachable', 'MLflow'],
      ['sessions-only', 'ready', undefined],
      ['run-deleted', 'run_missing', 'was deleted in MLflow'],
      ['long-metric', 'ready', undefined],
      ['long-traces', 'ready', undefined],
      ['same-name-one', 'run_ambiguous', 'MLflow has 2 runs named same-name that began while this job ran'],
    ] as const;
    for (const [name, state, words] of names) {
      const source = await sourceOf(name);
      expect([name, source.state]).toEqual([name, state]);
      if (words) expect(source.message).toContain(words);
      expect(JSON.stringify(source)).not.toMatch(/authToken|127\.0\.0\.1/);
    }
  });

  it('a metric of 100,000 points is kept whole, its spikes too', async () => {
    const { series } = await getMetrics(test.d, REGION, { jobCategory: 'AgentRFT', jobName: 'long-metric' }, [
      'agent/latency_ms',
    ]);
    expect([series[0]?.steps.length, series[0]?.steps.at(-1)]).toEqual([100_000, 99_999]);
    expect(Math.max(...(series[0]?.values.map((value) => value ?? 0) ?? []))).toBeGreaterThan(1_000);
  });

  it('a job that is over by its status, though AWS tells no end of it, is read once and left', async () => {
    const { sql } = await import('drizzle-orm');
    await test.d.catalog.db.execute(sql`UPDATE jobs SET ended_at = NULL WHERE name = 'all-is-well'`);
    await test.d.catalog.db.execute(sql`
      UPDATE metric_runs SET complete = false WHERE job_id = (SELECT id FROM jobs WHERE name = 'all-is-well')`);
    const scope = await test.d.scope(REGION);
    test.d.catalog.touch(scope.id);
    const poller = new MetricsPoller({
      ...test.d,
      region: REGION,
      asker: { client: test.d.mlflow(REGION), waits: 'nobody' },
      scope: async () => scope,
      now: () => Date.parse('2026-11-20T12:20:00Z'),
      slowness: () => 1,
    });
    const ticks: number[] = [];
    do ticks.push(await poller.tick());
    while (ticks.at(-1) !== 0 && ticks.length < 5);
    expect(ticks.at(-1)).toBe(0);
    expect(ticks[0]).toBeLessThan(30);
  });
});
