import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toRollout } from '@/lib/metrics/trace-facts';
import { type TraceSpan, toSpans } from '@/lib/metrics/trace-spans';
import { type MlflowFixture, mlflowContract } from '@/tests/mlflow-contract';
import { type SandboxFixture, startSandboxFixture } from '@/tests/mlflow-fixture';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetrics } from '../metrics/get-metrics';

const run = promisify(execFile);
const { CAIRN_INTEROP_MLFLOW: uri = '', CAIRN_INTEROP_PYTHON: python = '' } = process.env;

/** The sandbox's job, told again to a real MLflow server, which Cairn then reads as an own server. */
let source: SandboxFixture;
let fixture: MlflowFixture;
let test: TestDeployment;

beforeAll(async () => {
  source = await startSandboxFixture();
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-mlflow-'));
  const file = path.join(folder, 'run.json');
  const metrics = Object.entries(source.histories).flatMap(([key, history]) =>
    history.map(({ value, timestamp, step }) => [key, value, timestamp, step]),
  );
  const wanted = {
    experiment: source.experimentName,
    run: source.runName,
    startMs: source.createdAtMs + 1_000,
    endMs: source.createdAtMs + 3_600_000,
    metrics,
    traces: source.whole.map(toTrace),
  };
  writeFileSync(file, JSON.stringify(wanted));
  const { stdout } = await run(python, [path.resolve('e2e/interop/fill_mlflow.py'), uri, file], { timeout: 300_000 });
  rmSync(folder, { recursive: true, force: true });
  const made = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as {
    experimentId: string;
    runId: string;
    traceIds: string[];
  };
  test = await startTestDeployment({ scenario: 'empty', settings: { mlflow: { own: { uri } } } });
  fixture = {
    ...source,
    client: test.d.mlflow(REGION),
    target: 'own',
    experimentId: made.experimentId,
    runId: made.runId,
    traces: source.traces.map((trace, i) => ({ ...trace, traceId: made.traceIds[i] ?? '' })),
  };
}, 400_000);
afterAll(async () => {
  await source?.test.close();
  await test?.close();
});

mlflowContract('a real MLflow server', () => fixture);

describe('a job whose run is on a real MLflow server', () => {
  it('has its curves in the catalog by the name of its run', async () => {
    await test.control.seedJob({ name: 'elsewhere', outcome: 'completed', steps: 4, startedAgo: '9h' });
    const answer = await getMetrics(test.d, REGION, { jobCategory: 'AgentRFT', jobName: 'elsewhere' }, ['a']);
    // Its own run is in the sandbox; the real server says that it does not know it, and the page says so.
    expect(answer.source).toMatchObject({ state: 'run_missing', complete: false });
    expect(answer.source.message).toContain('MLflow');
  });
});

function toTrace({ info, spans: raw }: SandboxFixture['whole'][number]) {
  const spans = toSpans(raw);
  const root = spans.find(({ parentId }) => !parentId);
  const rollout = toRollout(info, root?.attributes);
  if (!root) throw new Error('a trace without a root');
  return {
    tags: { reward: String(rollout?.reward), step: String(rollout?.step) },
    root: told(root),
    children: spans.filter((span) => span !== root).map(told),
  };
}

function told({ name, type, startMs, endMs, error, attributes }: TraceSpan) {
  const { 'mlflow.spanInputs': inputs, 'mlflow.spanOutputs': outputs, ...rest } = attributes;
  // MLflow writes these itself.
  const own = Object.fromEntries(
    Object.entries(rest).filter(([key]) => !/^mlflow\.(spanType|traceRequestId)$/.test(key)),
  );
  return { name, type, startMs, endMs, error, inputs: inputs ?? {}, outputs: outputs ?? {}, attributes: own };
}
