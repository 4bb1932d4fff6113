import { rngFor } from '../../../rng';
import type { Rollout } from '../../../world/rollout-list';
import { orNothing } from '../mlflow-call';
import { artifactRoot } from '../run-view';
import type { MlflowRun } from '../runs';
import { conversationOf } from './conversation';
import { REWARD_KEY, STEP_KEY, traceIdOf } from './spans';
import { traceQuirksOf } from './trace-quirks';

/** A rollout as the trace of a run. */
export interface Trace {
  run: MlflowRun;
  rollout: Rollout;
}

export const TRACE_NAME = 'rollout';
const PREVIEW_CHARS = 300;

/** TraceInfo of the 3.0 routes. */
export function traceInfo({ run, rollout }: Trace) {
  const { prompt, answer, error } = conversationOf(rollout);
  const metadata: Record<string, string> = {
    ...traceMetadata({ run, rollout }),
    ...(error !== undefined && { 'mtrl.error': error }),
  };
  const assessments = traceQuirksOf(run.job).rewardPlace === 'assessment' ? [rewardAssessment(rollout)] : [];
  return {
    trace_id: traceIdOf(rollout),
    client_request_id: rollout.id,
    trace_location: { type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: run.experimentId } },
    request_preview: JSON.stringify({ prompt }).slice(0, PREVIEW_CHARS),
    response_preview: answer === undefined ? undefined : JSON.stringify({ response: answer }).slice(0, PREVIEW_CHARS),
    request_time: new Date(rollout.startedAt).toISOString(),
    execution_duration: `${(rollout.durationMs / 1_000).toFixed(3)}s`,
    state: rollout.status,
    trace_metadata: metadata,
    tags: traceTags({ run, rollout }),
    assessments: orNothing(assessments),
  };
}

/** TraceInfo of the 2.0 routes. */
export function legacyTraceInfo(trace: Trace) {
  const { run, rollout } = trace;
  const pairs = (map: Record<string, string>) => Object.entries(map).map(([key, value]) => ({ key, value }));
  return {
    request_id: traceIdOf(rollout),
    experiment_id: run.experimentId,
    timestamp_ms: rollout.startedAt,
    execution_time_ms: rollout.durationMs,
    status: rollout.status,
    request_metadata: pairs(traceMetadata(trace)),
    tags: pairs(traceTags(trace)),
  };
}

export function traceMetadata({ run, rollout }: Trace): Record<string, string> {
  const quirks = traceQuirksOf(run.job);
  const usage = {
    input_tokens: rollout.promptTokens,
    output_tokens: rollout.responseTokens,
    total_tokens: rollout.promptTokens + rollout.responseTokens,
  };
  return {
    'mlflow.trace_schema.version': '3',
    'mlflow.trace.tokenUsage': JSON.stringify(usage),
    ...(quirks.namesRun && { 'mlflow.sourceRun': run.runId }),
    ...(quirks.rewardPlace === 'metadata' && { [REWARD_KEY]: String(rollout.reward) }),
    ...(quirks.stepPlace === 'metadata' && { [STEP_KEY]: String(rollout.step), 'mtrl.phase': rollout.phase }),
    'mtrl.prompt_id': rollout.promptId,
  };
}

export function traceTags({ run, rollout }: Trace): Record<string, string> {
  const quirks = traceQuirksOf(run.job);
  return {
    'mlflow.traceName': TRACE_NAME,
    'mlflow.artifactLocation': `${artifactRoot(run.experimentId)}/traces/${traceIdOf(rollout)}/artifacts`,
    'mlflow.trace.spansLocation': quirks.spansLocation,
    ...(quirks.rewardPlace === 'tag' && { reward: String(rollout.reward) }),
    ...(quirks.stepPlace === 'tag' && { step: String(rollout.step), phase: rollout.phase }),
  };
}

function rewardAssessment(rollout: Rollout) {
  const time = new Date(rollout.startedAt + rollout.durationMs).toISOString();
  return {
    assessment_id: `a-${rngFor('assessment', rollout.id).hex(32)}`,
    assessment_name: 'reward',
    trace_id: traceIdOf(rollout),
    source: { source_type: 'CODE', source_id: 'reward-function' },
    create_time: time,
    last_update_time: time,
    feedback: { value: rollout.reward },
    valid: true,
  };
}
