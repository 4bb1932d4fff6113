import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIn, type MlflowClient, objectIn } from './mlflow-client';
import { type MlflowFixture, startMlflowFixture } from './mlflow-fixture';

interface TraceInfo {
  trace_id: string;
  state: string;
  request_time: string;
  execution_duration: string;
  trace_metadata: Record<string, string>;
  tags: Record<string, string>;
  assessments?: Array<{ assessment_name: string; feedback: { value: number } }>;
}
interface ArtifactSpan {
  span_id: string;
  parent_span_id: string | null;
  attributes: Record<string, string>;
}
interface OtlpSpan {
  span_id: string;
  attributes: Array<{ key: string; value: Record<string, unknown> }>;
}

describe('MLflow traces', () => {
  let mlflow: MlflowClient;
  let detailsOf: MlflowFixture['detailsOf'];
  let historyOf: MlflowFixture['historyOf'];
  let close: MlflowFixture['close'];

  beforeAll(async () => {
    ({ mlflow, detailsOf, historyOf, close } = await startMlflowFixture());
  });
  afterAll(() => close());

  async function searchAll(experimentId: string, filter: string, max = 500): Promise<TraceInfo[]> {
    const traces: TraceInfo[] = [];
    let token: string | undefined;
    do {
      const page = await mlflow.post('/api/3.0/mlflow/traces/search', {
        locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: experimentId } }],
        filter,
        max_results: max,
        order_by: ['timestamp_ms DESC'],
        ...(token !== undefined && { page_token: token }),
      });
      expect(page.status).toBe(200);
      traces.push(...listIn<TraceInfo>(page, 'traces'));
      token = page.json?.next_page_token as string | undefined;
    } while (token !== undefined);
    return traces;
  }

  it('one for each rollout of a run, newest first', async () => {
    const { ExperimentId } = await detailsOf('broken');
    const traces = await searchAll(ExperimentId, '');
    const times = traces.map((trace) => trace.request_time);
    expect(times).toEqual([...times].sort().reverse());
    expect(new Set(traces.map((trace) => trace.trace_id)).size).toBe(traces.length);
    expect(traces.every((trace) => /^tr-[0-9a-f]{32}$/.test(trace.trace_id))).toBe(true);
    expect(traces.every((trace) => /^\d+\.\d{3}s$/.test(trace.execution_duration))).toBe(true);
    expect(traces.some((trace) => trace.state === 'ERROR')).toBe(true);
  });

  it('rewards of a step agree with its metric, wherever a run keeps them', async () => {
    const checked: string[] = [];
    for (const job of ['whole', 'broken', 'broken-resume']) {
      const { ExperimentId, RunId } = await detailsOf(job);
      const [point] = (await historyOf(RunId, 'rollout/reward/mean')).slice(-1);
      const all = await searchAll(ExperimentId, `run_id = '${RunId}'`);
      if (all.length === 0) continue; // This run is not named by its traces; the experiment and the time lead to it.
      const infos = [];
      for (const trace of all) {
        const step = trace.trace_metadata['mtrl.step'] ?? trace.tags.step;
        const phase = trace.trace_metadata['mtrl.phase'] ?? trace.tags.phase;
        if (phase === 'training' && step === String(point?.step)) infos.push(trace);
      }
      if (infos.length === 0) continue; // The step stands in the spans of this run.
      const rewards = await Promise.all(infos.map((trace) => rewardOf(trace)));
      const mean = rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
      expect(infos).toHaveLength(64);
      expect(mean).toBeCloseTo(Number(point?.value), 9);
      checked.push(job);
    }
    expect(checked).toContain('whole');
  });

  async function rewardOf(trace: TraceInfo): Promise<number> {
    const named = trace.tags.reward ?? trace.trace_metadata['mtrl.reward'] ?? trace.assessments?.[0]?.feedback.value;
    if (named !== undefined) return Number(named);
    const artifact = await mlflow.get('/ajax-api/3.0/mlflow/get-trace-artifact', { request_id: trace.trace_id });
    const spans = listIn<ArtifactSpan>(artifact, 'spans');
    return Number(JSON.parse(spans[0]?.attributes['mtrl.reward'] ?? 'null'));
  }

  it('have an agent at the root, model calls with messages and tokens, and tools', async () => {
    const { ExperimentId } = await detailsOf('whole');
    const page = await mlflow.post('/api/3.0/mlflow/traces/search', {
      locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: ExperimentId } }],
      max_results: 3,
    });
    const [info] = listIn<TraceInfo>(page, 'traces');
    const id = info?.trace_id ?? '';
    const artifact = await mlflow.get('/ajax-api/3.0/mlflow/get-trace-artifact', { request_id: id });
    const spans = listIn<ArtifactSpan>(artifact, 'spans');
    const kinds = spans.map((span) => JSON.parse(span.attributes['mlflow.spanType'] ?? '""'));
    expect(kinds[0]).toBe('AGENT');
    expect(kinds).toContain('CHAT_MODEL');
    expect(new Set(kinds.slice(1))).toEqual(new Set(['CHAT_MODEL', 'TOOL']));
    expect(spans.slice(1).every((span) => span.parent_span_id === spans[0]?.span_id)).toBe(true);
    const chat = spans.find((_, i) => kinds[i] === 'CHAT_MODEL');
    const messages = JSON.parse(chat?.attributes['mlflow.chat.messages'] ?? '[]') as Array<{ role: string }>;
    expect(messages.map((message) => message.role)).toEqual(['system', 'user', 'assistant']);
    const usage = spans
      .filter((_, i) => kinds[i] === 'CHAT_MODEL')
      .map((span) => JSON.parse(span.attributes['mlflow.chat.tokenUsage'] ?? '{}') as { total_tokens: number });
    const total = JSON.parse(info?.trace_metadata['mlflow.trace.tokenUsage'] ?? '{}') as { total_tokens: number };
    expect(usage.reduce((sum, part) => sum + part.total_tokens, 0)).toBe(total.total_tokens);
    // Nanoseconds travel as plain numbers, with more digits than a double holds.
    expect(artifact.text).toMatch(/"start_time_unix_nano":\d{19},/);
    const legacy = await mlflow.get(`/api/2.0/mlflow/traces/${id}/info`);
    expect(objectIn<{ request_id: string }>(legacy, 'trace_info').request_id).toBe(id);
  });

  it('come by id with OTLP spans, or without any where they are kept as artifacts', async () => {
    const seen = new Set<string>();
    for (const job of ['whole', 'broken', 'broken-resume', 'live', 'scored']) {
      const { ExperimentId, RunId } = await detailsOf(job, job === 'scored' ? 'AgentRFTEvaluation' : 'AgentRFT');
      const [trace] = await searchAll(ExperimentId, `run_id = '${RunId}' AND status = 'OK'`);
      if (!trace) continue;
      const info = await mlflow.get(`/api/3.0/mlflow/traces/${trace.trace_id}`);
      expect(objectIn<{ trace_info: TraceInfo }>(info, 'trace').trace_info).toEqual(trace);
      const whole = await mlflow.get('/api/3.0/mlflow/traces/get', { trace_id: trace.trace_id });
      const { trace_info, spans } = objectIn<{ trace_info: TraceInfo; spans?: OtlpSpan[] }>(whole, 'trace');
      expect(trace_info).toEqual(trace);
      const place = trace.tags['mlflow.trace.spansLocation'] ?? '';
      seen.add(place);
      expect(spans === undefined).toBe(place === 'ARTIFACT_REPO');
      if (!spans) continue;
      expect(Buffer.from(spans[0]?.span_id ?? '', 'base64')).toHaveLength(8);
      expect(spans[0]?.attributes).toContainEqual({ key: 'mlflow.spanType', value: { string_value: 'AGENT' } });
      const batch = await mlflow.get('/api/3.0/mlflow/traces/batchGet', {
        trace_ids: [trace.trace_id, 'tr-00000000000000000000000000000000'],
      });
      expect(batch.json?.traces).toEqual([whole.json?.trace]);
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('are searched by status, time, tags and duration', async () => {
    const { ExperimentId } = await detailsOf('whole');
    const all = await searchAll(ExperimentId, "status IN ('OK', 'ERROR')");
    const errors = await searchAll(ExperimentId, "trace.status = 'ERROR'");
    expect(errors.length).toBeGreaterThan(0);
    expect(errors).toEqual(all.filter((trace) => trace.state === 'ERROR'));
    const middle = Date.parse(all[Math.floor(all.length / 2)]?.request_time ?? '');
    expect(await searchAll(ExperimentId, `timestamp_ms >= ${middle}`)).toEqual(
      all.filter((trace) => Date.parse(trace.request_time) >= middle),
    );
    const long = await searchAll(
      ExperimentId,
      "attributes.execution_time_ms > 20000 AND tags.mlflow.traceName = 'rollout'",
    );
    expect(long).toEqual(all.filter((trace) => Number.parseFloat(trace.execution_duration) > 20));
    const legacy = await mlflow.get('/api/2.0/mlflow/traces', {
      experiment_ids: [ExperimentId],
      max_results: '2',
      order_by: ['timestamp_ms ASC'],
    });
    expect(listIn<{ request_id: string }>(legacy, 'traces').map((trace) => trace.request_id)).toEqual(
      all
        .slice(-2)
        .map((trace) => trace.trace_id)
        .reverse(),
    );
  });

  it('refuses what it cannot read', async () => {
    const bad = await mlflow.post('/api/3.0/mlflow/traces/search', { locations: [] });
    expect(bad.json?.error_code).toBe('INVALID_PARAMETER_VALUE');
    const much = await mlflow.post('/api/3.0/mlflow/traces/search', {
      locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: '1' } }],
      max_results: 501,
    });
    expect(much.status).toBe(400);
    const gone = await mlflow.get('/api/3.0/mlflow/traces/tr-00000000000000000000000000000000');
    expect(gone.status).toBe(404);
  });
});
