import { asRecord, asRecords, asText } from '../jobs/parse-value';
import { readJson } from './trace-facts';

/** A span of a trace, whichever of MLflow's two forms it came in. */
export interface TraceSpan {
  id: string;
  parentId?: string;
  name: string;
  startMs?: number;
  endMs?: number;
  /** LLM, CHAT_MODEL, TOOL, AGENT, …; empty when it says none. */
  type: string;
  error?: string;
  attributes: Record<string, unknown>;
}

/** The spans of an answer in the order of their start. What is no span is left out. */
export function toSpans(spans: unknown): TraceSpan[] {
  return asRecords(spans)
    .map(toSpan)
    .map((span, order) => ({ span, order }))
    .sort((a, b) => (a.span.startMs ?? 0) - (b.span.startMs ?? 0) || a.order - b.order)
    .map(({ span }) => span);
}

function toSpan(raw: Record<string, unknown>, order: number): TraceSpan {
  const attributes = toAttributes(raw.attributes);
  const status = asRecord(raw.status);
  const failed = /ERROR/.test(asText(status?.code) ?? '') || status?.code === 2;
  return {
    id: asText(raw.span_id) ?? `span-${order}`,
    parentId: asText(raw.parent_span_id) ?? asText(raw.parent_id),
    name: asText(raw.name) ?? 'span',
    startMs: toMs(raw.start_time_unix_nano ?? raw.start_time),
    endMs: toMs(raw.end_time_unix_nano ?? raw.end_time),
    type: asText(attributes['mlflow.spanType'])?.toUpperCase() ?? '',
    ...(failed && { error: asText(status?.message) ?? exceptionOf(raw.events) ?? 'failed' }),
    attributes,
  };
}

/** Nanoseconds are beyond what a number holds exactly: the last digits are lost, and nobody sees a microsecond. */
function toMs(value: unknown): number | undefined {
  const nanos = typeof value === 'string' ? Number(value) : value;
  if (typeof nanos !== 'number' || !Number.isFinite(nanos) || nanos <= 0) return undefined;
  const ms = Math.round(nanos / 1e6);
  return ms <= 8.64e15 ? ms : undefined;
}

/** MLflow's own form is a map of JSON in texts, OTLP's a list of keys with typed values. Either may nest JSON once more. */
function toAttributes(value: unknown): Record<string, unknown> {
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(asRecord(value) ?? {}).map(([key, one]) => [key, readJson(one)]));
  }
  return Object.fromEntries(
    asRecords(value).flatMap(({ key, value: one }) => (asText(key) ? [[key, readJson(fromAny(one, 0))]] : [])),
  );
}

const MAX_DEPTH = 30;

/** An OTLP AnyValue as a plain one. */
function fromAny(value: unknown, depth: number): unknown {
  const any = asRecord(value);
  if (!any || depth > MAX_DEPTH) return undefined;
  const [kind, inner] = Object.entries(any)[0] ?? [];
  if (kind === 'array_value' || kind === 'arrayValue') {
    return asRecords(asRecord(inner)?.values).map((one) => fromAny(one, depth + 1));
  }
  if (kind === 'kvlist_value' || kind === 'kvlistValue') {
    return Object.fromEntries(
      asRecords(asRecord(inner)?.values).map(({ key, value: one }) => [String(key), fromAny(one, depth + 1)]),
    );
  }
  return inner;
}

function exceptionOf(events: unknown): string | undefined {
  for (const event of asRecords(events)) {
    const message = asText(toAttributes(event.attributes)['exception.message']);
    if (message) return message;
  }
  return undefined;
}
