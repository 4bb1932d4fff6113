import { type MlflowCall, type MlflowOperation, requiredParam } from '../mlflow-call';
import { invalid, notFound } from '../mlflow-error';
import { artifactSpan, otlpSpan } from '../traces/span-views';
import { spansOf, traceIdOf } from '../traces/spans';
import { legacyTraceInfo, type Trace, traceInfo } from '../traces/trace-info';
import { findTrace } from '../traces/trace-list';
import { traceQuirksOf } from '../traces/trace-quirks';

const MOST_IN_A_BATCH = 10;

/** GET 3.0 traces/{trace_id}: the info alone. */
export const getTraceInfo: MlflowOperation = (call) => ({
  trace: { trace_info: traceInfo(findOrThrow(call, call.params[0] ?? '')) },
});

/** GET 3.0 traces/get: info and spans; no spans for a run that keeps them as artifacts. */
export const getTrace: MlflowOperation = (call) => ({
  trace: wholeTrace(findOrThrow(call, requiredParam(call.query, 'trace_id'))),
});

/** GET 3.0 traces/batchGet: up to ten; those that do not exist are left out. */
export const batchGetTraces: MlflowOperation = (call) => {
  const ids = call.query.getAll('trace_ids');
  if (ids.length > MOST_IN_A_BATCH) throw invalid(`At most ${MOST_IN_A_BATCH} trace_ids may be given.`);
  const traces = ids.map((id) => findTrace(call.access, id, call.now)).filter((trace) => trace !== undefined);
  return { traces: traces.map(wholeTrace) };
};

/** GET get-trace-artifact: the spans as the user interface reads them, whatever keeps them. */
export const getTraceArtifact: MlflowOperation = (call) => {
  const id = call.query.get('request_id') ?? requiredParam(call.query, 'trace_id');
  const { rollout } = findOrThrow(call, id);
  return { spans: spansOf(rollout).map((span) => artifactSpan(id, span)) };
};

/** GET 2.0 traces/{request_id}/info. */
export const getTraceInfoLegacy: MlflowOperation = (call) => ({
  trace_info: legacyTraceInfo(findOrThrow(call, call.params[0] ?? '')),
});

function findOrThrow({ access, now }: MlflowCall, id: string): Trace {
  const trace = findTrace(access, id, now);
  if (!trace) throw notFound(`Trace with ID '${id}' not found.`);
  return trace;
}

function wholeTrace(trace: Trace) {
  const stored = traceQuirksOf(trace.run.job).spansLocation === 'TRACKING_STORE';
  const id = traceIdOf(trace.rollout);
  return {
    trace_info: traceInfo(trace),
    spans: stored ? spansOf(trace.rollout).map((span) => otlpSpan(id, span)) : undefined,
  };
}
