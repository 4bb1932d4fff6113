import { createHash } from 'node:crypto';
import type { Json } from '../../../world/types';
import type { Span } from './spans';

// The two ways spans travel: as OTLP in protobuf's JSON (3.0 routes), and as MLflow's own dictionaries (artifact route).
// Nanosecond times are numbers beyond 2^53 in both, so they are kept as bigint until the text is written.

/** A span as OTLP in JSON: ids base64, attribute values by kind. */
export function otlpSpan(traceId: string, span: Span) {
  return {
    trace_id: base64(traceHex(traceId)),
    span_id: base64(span.id),
    parent_span_id: span.parentId === undefined ? undefined : base64(span.parentId),
    name: span.name,
    start_time_unix_nano: nanos(span.startedAt),
    end_time_unix_nano: nanos(span.endedAt),
    attributes: Object.entries(span.attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
    status: span.error === undefined ? { code: 'STATUS_CODE_OK' } : { code: 'STATUS_CODE_ERROR', message: span.error },
    events: span.error === undefined ? undefined : [exceptionEvent(span, span.error, anyValue)],
  };
}

/** A span as MLflow writes it into its artifact: ids in hex, every attribute value JSON in a string. */
export function artifactSpan(traceId: string, span: Span) {
  const attributes = Object.entries(span.attributes).map(([key, value]) => [key, JSON.stringify(value)]);
  return {
    trace_id: traceHex(traceId),
    span_id: span.id,
    parent_span_id: span.parentId ?? null,
    name: span.name,
    start_time_unix_nano: nanos(span.startedAt),
    end_time_unix_nano: nanos(span.endedAt),
    status: { code: span.error === undefined ? 'STATUS_CODE_OK' : 'STATUS_CODE_ERROR', message: span.error ?? '' },
    attributes: Object.fromEntries(attributes),
    events: span.error === undefined ? [] : [artifactEvent(span, span.error)],
  };
}

const MARK = '\u0002nanos:';

/** JSON text in which bigints are plain numbers with all their digits. */
export function stringifyWithNanos(value: unknown): string {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? `${MARK}${item}` : item));
  return text.replace(/"\\u0002nanos:(\d+)"/g, '$1');
}

/** A few hundred microseconds on top of the millisecond, so that the digits beyond 2^53 are not all zero. */
function nanos(ms: number): bigint {
  return BigInt(ms) * 1_000_000n + BigInt((ms * 7_919) % 999_983);
}

const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
/** The OpenTelemetry id behind a trace id: other 16 bytes than the ones in its name. */
const traceHex = (traceId: string) => createHash('sha256').update(traceId).digest('hex').slice(0, 32);

type AnyValue = Record<string, unknown>;

function anyValue(value: Json): AnyValue {
  if (typeof value === 'string') return { string_value: value };
  if (typeof value === 'boolean') return { bool_value: value };
  if (typeof value === 'number') return Number.isInteger(value) ? { int_value: value } : { double_value: value };
  if (value === null) return {};
  if (Array.isArray(value)) return { array_value: { values: value.map(anyValue) } };
  return { kvlist_value: { values: Object.entries(value).map(([key, item]) => ({ key, value: anyValue(item) })) } };
}

function exceptionEvent(span: Span, message: string, toValue: (value: Json) => AnyValue) {
  return {
    time_unix_nano: nanos(span.endedAt),
    name: 'exception',
    attributes: [
      { key: 'exception.message', value: toValue(message) },
      { key: 'exception.type', value: toValue('ToolError') },
    ],
  };
}

function artifactEvent(span: Span, message: string) {
  return {
    name: 'exception',
    time_unix_nano: nanos(span.endedAt),
    attributes: { 'exception.message': message, 'exception.type': 'ToolError' },
  };
}
