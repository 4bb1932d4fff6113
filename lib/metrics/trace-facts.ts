import type { Rollout } from '../contract/metrics';
import { asRecord, asRecords, asText } from '../jobs/parse-value';
import { toMetricValue, toWhole } from './to-series';

/**
 * What a trace says of its rollout. Where AWS keeps reward and step is not documented, so all places are looked through:
 * metadata, tags, assessments, and the attributes of the root span when they are at hand.
 */

/** `reward`, `mtrl.reward`, `final_reward`; not `reward_function` or `reward_name`. */
const REWARD_KEY = /(?:^|[^a-z])(?:final_?|total_?|episode_?|trajectory_?)?reward(?:_?value)?$/i;
/** `step`, `mtrl.step`, `global_step`; not `max_steps`. */
const STEP_KEY = /(?:^|[^a-z])(?:global_?|train(?:ing)?_?)?step$/i;
const TURNS_KEY = /(?:^|[^a-z])(?:num_?)?turns$/i;
const MAX_TEXT = 2_000;

type Facts = Record<string, unknown>;

/** A TraceInfo of the 3.0 routes, or of the 2.0 ones, as a rollout. Undefined when it has no id. */
export function toRollout(info: unknown, rootAttributes?: Facts): Rollout | undefined {
  const trace = asRecord(info);
  const traceId = asText(trace?.trace_id) ?? asText(trace?.request_id);
  if (!trace || !traceId || traceId.length > 250) return undefined;
  const metadata = toMap(trace.trace_metadata ?? trace.request_metadata);
  const tags = toMap(trace.tags);
  const places = [rootAttributes ?? {}, metadata, tags];
  const usage = asRecord(readJson(metadata['mlflow.trace.tokenUsage']));
  const startMs = toStartMs(trace);
  return {
    traceId,
    step: toWhole(find(places, STEP_KEY)),
    reward: toNumber(find(places, REWARD_KEY)) ?? rewardOf(trace.assessments),
    turns: toWhole(find(places, TURNS_KEY)),
    tokens: toWhole(usage?.total_tokens),
    state: toState(trace.state ?? trace.status),
    startTime: startMs === undefined ? undefined : new Date(startMs).toISOString(),
    durationMs: toDurationMs(trace.execution_duration ?? trace.execution_time_ms),
    prompt: toPreview(trace.request_preview ?? metadata['mlflow.traceInputs'], ['prompt', 'input', 'messages']),
    response: toPreview(trace.response_preview ?? metadata['mlflow.traceOutputs'], ['response', 'output']),
  };
}

/** The run that a trace names, if it names one. */
export function runOfTrace(info: unknown): string | undefined {
  const trace = asRecord(info);
  return asText(toMap(trace?.trace_metadata ?? trace?.request_metadata)['mlflow.sourceRun']);
}

/** A map, or the list of pairs that the older routes write. */
function toMap(value: unknown): Facts {
  if (!Array.isArray(value)) return asRecord(value) ?? {};
  return Object.fromEntries(asRecords(value).flatMap(({ key, value: one }) => (asText(key) ? [[key, one]] : [])));
}

function find(places: readonly Facts[], pattern: RegExp): unknown {
  for (const place of places) {
    for (const [key, value] of Object.entries(place)) {
      if (pattern.test(key) && toNumber(value) !== undefined) return typeof value === 'string' ? value.trim() : value;
    }
  }
  return undefined;
}

const toNumber = (value: unknown) => (value === undefined ? undefined : (toMetricValue(value) ?? undefined));

function rewardOf(assessments: unknown): number | undefined {
  for (const one of asRecords(assessments)) {
    if (!REWARD_KEY.test(asText(one.assessment_name) ?? asText(one.name) ?? '')) continue;
    const value = asRecord(one.feedback)?.value ?? one.value;
    const number = toNumber(asRecord(value)?.number_value ?? value);
    if (number !== undefined) return number;
  }
  return undefined;
}

function toState(value: unknown): Rollout['state'] {
  const states = { OK: 'ok', ERROR: 'error', IN_PROGRESS: 'in_progress' } as const;
  return states[value as keyof typeof states] ?? 'unknown';
}

function toStartMs(trace: Facts): number | undefined {
  const time = asText(trace.request_time);
  const ms = time === undefined ? toWhole(trace.timestamp_ms) : Date.parse(time);
  return ms !== undefined && Math.abs(ms) <= 8.64e15 ? ms : undefined;
}

/** `"1.500s"` of the 3.0 routes, milliseconds of the 2.0 ones. */
function toDurationMs(value: unknown): number | undefined {
  const seconds = typeof value === 'string' ? /^(\d{1,12}(?:\.\d+)?)s$/.exec(value)?.[1] : undefined;
  return seconds === undefined ? toWhole(value) : Math.round(Number(seconds) * 1_000);
}

/** The words inside a preview, which is JSON that may have been cut off. */
function toPreview(value: unknown, names: readonly string[]): string | undefined {
  const text = asText(value);
  if (text === undefined) return undefined;
  const record = asRecord(readJson(text));
  const inner = names.map((name) => asText(record?.[name])).find((one) => one !== undefined);
  const cut = inner ?? new RegExp(`^\\{\\s*"(?:${names.join('|')})"\\s*:\\s*"([\\s\\S]*)`).exec(text)?.[1];
  return (cut ?? text).slice(0, MAX_TEXT);
}

/** JSON inside a text; the text itself, or whatever it was, when it is none. */
export function readJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
