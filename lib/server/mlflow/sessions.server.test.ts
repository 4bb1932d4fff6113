import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMlflowArn } from '@/lib/metrics/mlflow-arn';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetricJob } from '../metrics/get-metrics';
import { createMlflowClient, type WayMemory } from './mlflow-client';
import { getRun } from './runs';
import { MlflowSessions } from './sessions';

/** A whole account is read first; on a busy machine that takes its time. */
const SLOW_MS = 240_000;

const HOUR = 3_600_000;

describe('ways into MLflow', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'empty' });
    await test.control.seedJob({ name: 'one', outcome: 'completed', steps: 4, startedAgo: '20h' });
  }, SLOW_MS);
  afterAll(() => test.close());

  async function where() {
    const job = await getMetricJob(test.d, REGION, { jobCategory: 'AgentRFT', jobName: 'one' });
    const arn = parseMlflowArn(job.mlflow?.resourceArn);
    if (!arn || !job.mlflow?.runId) throw new Error('the job names no run');
    return { arn, runId: job.mlflow.runId };
  }

  /** Signed requests go where nobody listens, so that only a session is left. */
  const closedDoor = () => {
    let nowMs = 0;
    const ways = new Map<string, WayMemory>();
    const client = createMlflowClient({
      settings: { ...test.settings, mlflow: { endpoint: 'http://127.0.0.1:9' } },
      aws: test.d.aws(REGION),
      sessions: new MlflowSessions(() => nowMs),
      ways,
      meter: test.d.meter,
      timeoutMs: 5_000,
      now: () => nowMs,
    });
    const pass = (ms: number) => {
      nowMs += ms;
    };
    return { client, ways, pass };
  };
  const made = async () => {
    const { byOperation } = await test.control.calls();
    return (
      (byOperation['SageMaker.CreatePresignedMlflowAppUrl'] ?? 0) +
      (byOperation['SageMaker.CreatePresignedMlflowTrackingServerUrl'] ?? 0)
    );
  };

  it('signed requests need no session', async () => {
    const { arn, runId } = await where();
    await test.control.resetCalls();
    expect((await getRun(test.d.mlflow(REGION), arn, runId)).runId).toBe(runId);
    expect(await made()).toBe(0);
  });

  it('many callers share one session, which is renewed before its end and after a refusal', async () => {
    const { arn, runId } = await where();
    const { client, ways, pass } = closedDoor();
    await test.control.resetCalls();
    await Promise.all(Array.from({ length: 8 }, () => getRun(client, arn, runId)));
    expect(await made()).toBe(1);
    expect(ways.get(arn.arn)?.way).toBe('session');
    pass(HOUR - 4 * 60_000);
    await getRun(client, arn, runId);
    expect(await made()).toBe(2);
    // The session ends on the other side, in the middle of the work of several callers.
    await test.pass(2 * HOUR);
    await Promise.all(Array.from({ length: 5 }, () => getRun(client, arn, runId)));
    expect(await made()).toBe(3);
  });

  it('a role that may do neither is told what it needs', async () => {
    const { arn, runId } = await where();
    await test.control.setFaults([
      { operation: 'MLflow.*', kind: 'access-denied' },
      { operation: 'CreatePresignedMlflowAppUrl', kind: 'access-denied' },
      { operation: 'CreatePresignedMlflowTrackingServerUrl', kind: 'access-denied' },
    ]);
    const failure = await getRun(test.d.mlflow(REGION), arn, runId).catch((error: unknown) => error);
    await test.control.setFaults([]);
    expect(failure).toMatchObject({ code: 'access_denied' });
    expect((failure as { hint: string }).hint).toMatch(/CallMlflowAppApi|sagemaker-mlflow:GetRun/);
    expect((failure as { hint: string }).hint).toContain('CreatePresignedMlflow');
  });
});
