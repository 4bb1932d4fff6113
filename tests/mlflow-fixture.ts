import { parseMlflowArn } from '@/lib/metrics/mlflow-arn';
import { countTurns, rootAttributes } from '@/lib/metrics/to-turn-parts';
import { toRollout } from '@/lib/metrics/trace-facts';
import { toSpans } from '@/lib/metrics/trace-spans';
import { getMetricJob } from '@/lib/server/metrics/get-metrics';
import { createMlflowClient } from '@/lib/server/mlflow/mlflow-client';
import { findRun } from '@/lib/server/mlflow/runs';
import { MlflowSessions } from '@/lib/server/mlflow/sessions';
import { getTrace, searchTraces } from '@/lib/server/mlflow/traces';
import type { MlflowFixture } from './mlflow-contract';
import { readHistory, readKeys } from './read-mlflow';
import { REGION, startTestDeployment, type TestDeployment } from './test-deployment';

const JOB = 'contract-job';
const TRACES = 12;

export interface SandboxFixture extends MlflowFixture {
  test: TestDeployment;
  /** The traces whole, to be told again to another MLflow. */
  whole: { info: unknown; spans: unknown[] }[];
}

/** A job in the sandbox whose run has gaps and repeated steps, with what its MLflow says of it. */
export async function startSandboxFixture(): Promise<SandboxFixture> {
  const test = await startTestDeployment({ scenario: 'empty', seed: 11 });
  // Some jobs' traces do not name their run, and some metrics have no gaps: the first that has all of it is taken.
  // With this seed that is the twentieth: the search begins there, and goes on should the sandbox's dice change.
  for (let i = 20; i < 140; i += 1) {
    const jobName = `${JOB}-${i}`;
    await test.control.seedJob({
      name: jobName,
      outcome: 'completed',
      steps: 120,
      startedAgo: '80h',
      hyperparameters: { group_size: 2 },
      groups: { output: `${jobName}-o`, intermediate: `${jobName}-i` },
    });
    const fixture = await toFixture(test, jobName);
    if (fixture) return fixture;
  }
  throw new Error('no job of the sandbox has gaps, repeated steps and traces that name their run');
}

/** The client of the dashboard without its haste: a search of traces is work for a sandbox on a busy machine. */
const patientClient = ({ d }: TestDeployment) =>
  createMlflowClient({
    settings: d.settings,
    aws: d.aws(REGION),
    sessions: new MlflowSessions(Date.now),
    ways: new Map(),
    meter: d.meter,
    timeoutMs: 60_000,
    now: Date.now,
  });

async function toFixture(test: TestDeployment, jobName: string): Promise<SandboxFixture | undefined> {
  const job = await getMetricJob(test.d, REGION, { jobCategory: 'AgentRFT', jobName });
  const target = parseMlflowArn(job.mlflow?.resourceArn);
  if (!target || !job.mlflow?.runId || !job.mlflow.experimentName || !job.mlflow.runName) return undefined;
  const client = patientClient(test);
  const found = await findRun(client, target, {
    jobCategory: 'AgentRFT',
    jobName,
    createdAtMs: job.createdAt.getTime(),
    mlflow: job.mlflow,
  });
  if (!found || 'ambiguous' in found) return undefined;
  const { runId, experimentId = '' } = found.run;
  const quick = async (key: string) => (target ? readHistory(test.url, target.arn, runId, key) : []);
  const reward = await quick('rollout/reward/mean');
  if (new Set(reward.map(({ step }) => step)).size === reward.length) return undefined;
  if (!(await quick('rollout/logprob/nz_std')).some(({ value }) => value === 'NaN')) return undefined;
  const keys = await readKeys(test.url, target.arn, runId);
  const histories = Object.fromEntries(
    await Promise.all(
      ['rollout/reward/mean', 'val/reward/mean', ...keys].map(
        async (key) => [key, await readHistory(test.url, target.arn, runId, key)] as const,
      ),
    ),
  );
  const { infos } = await searchTraces(client, target, { experimentId, runId });
  if (infos.length < TRACES) return undefined;
  const whole: SandboxFixture['whole'] = [];
  const traces: MlflowFixture['traces'] = [];
  for (const info of infos.slice(0, TRACES)) {
    const traceId = toRollout(info)?.traceId ?? '';
    const trace = await getTrace(client, target, traceId);
    const spans = toSpans(trace.spans);
    const rollout = toRollout(trace.info, rootAttributes(spans));
    whole.push(trace);
    traces.push({
      traceId,
      reward: rollout?.reward ?? Number.NaN,
      step: rollout?.step ?? -1,
      turns: countTurns(spans),
      startMs: Date.parse(rollout?.startTime ?? ''),
    });
  }
  return {
    test,
    client,
    target,
    experimentId,
    experimentName: job.mlflow.experimentName,
    runId,
    runName: job.mlflow.runName,
    createdAtMs: job.createdAt.getTime(),
    histories,
    keys: keys.length,
    traces,
    whole,
  };
}
