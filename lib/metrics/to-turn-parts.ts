import type { TurnPart } from '../contract/metrics';
import { asRecord, asRecords, asText } from '../jobs/parse-value';
import { toWhole } from './to-series';
import type { TraceSpan } from './trace-spans';

/** As much of one entry as a page shows; beyond it the entry says how much is not here. */
const MAX_CHARS = 20_000;
const MODEL = /^(LLM|CHAT_MODEL|COMPLETION)$/;

/**
 * A trace as a conversation, in order of time: what was asked, what the model said, the tools it called and what they
 * answered. A model call repeats the whole conversation before it, so only messages not seen yet are taken from it.
 */
export function toTurnParts(spans: readonly TraceSpan[]): TurnPart[] {
  const parts: TurnPart[] = [];
  const hasModel = spans.some(({ type }) => MODEL.test(type));
  let seen = 0;
  for (const span of spans) {
    if (MODEL.test(span.type)) {
      const messages = messagesOf(span);
      for (const [i, message] of messages.entries()) {
        if (i < seen) continue;
        const kind = message.role === 'system' ? 'system' : message.role === 'user' ? 'prompt' : undefined;
        const text = toText(message.content);
        if (kind && text)
          parts.push({ id: `${span.id}-message-${i}`, kind, startTime: isoOf(span.startMs), ...cut(text) });
      }
      seen = Math.max(seen, messages.length + 1);
      parts.push(modelPart(span));
    } else if (span.type === 'TOOL') {
      parts.push(...toolParts(span));
    } else if (!span.parentId) {
      // The root tells of the whole: its input is the prompt where no model call shows one.
      const prompt = asText(asRecord(span.attributes['mlflow.spanInputs'])?.prompt);
      if (!hasModel && prompt)
        parts.push({ id: `${span.id}-prompt`, kind: 'prompt', startTime: isoOf(span.startMs), ...cut(prompt) });
      if (span.error !== undefined) {
        parts.push({
          id: span.id,
          kind: 'other',
          name: span.name,
          text: '',
          startTime: isoOf(span.endMs),
          error: span.error,
        });
      }
    } else {
      parts.push(otherPart(span));
    }
  }
  // The end of the whole rollout is told last, though it began first.
  return parts
    .map((part, order) => ({ part, order }))
    .sort((a, b) => (a.part.startTime ?? '').localeCompare(b.part.startTime ?? '') || a.order - b.order)
    .map(({ part }) => part);
}

/** How often the model spoke. */
export const countTurns = (spans: readonly TraceSpan[]) => spans.filter(({ type }) => MODEL.test(type)).length;

/** The attributes of the span that has no parent. */
export const rootAttributes = (spans: readonly TraceSpan[]) => spans.find(({ parentId }) => !parentId)?.attributes;

function modelPart(span: TraceSpan): TurnPart {
  const output = span.attributes['mlflow.spanOutputs'];
  const record = asRecord(output);
  const message = asRecord(asRecords(record?.choices)[0]?.message) ?? asRecord(record?.message);
  const calls = asRecords(message?.tool_calls)
    .map((call) => asText(asRecord(call.function)?.name))
    .filter(Boolean);
  const text = toText(message ? message.content : (record?.content ?? record?.text ?? output));
  return {
    ...timed(span),
    kind: 'model',
    name: span.name,
    // A turn that only calls tools has no words of its own.
    ...cut(text || (calls.length > 0 ? `→ ${calls.join(', ')}` : '')),
    tokens: toWhole(asRecord(span.attributes['mlflow.chat.tokenUsage'])?.output_tokens),
  };
}

function toolParts(span: TraceSpan): TurnPart[] {
  const { error, durationMs, ...call } = timed(span);
  const output = toText(span.attributes['mlflow.spanOutputs']);
  return [
    {
      ...call,
      id: `${span.id}-call`,
      kind: 'tool_call',
      name: span.name,
      ...cut(toText(span.attributes['mlflow.spanInputs'])),
    },
    {
      ...call,
      id: `${span.id}-result`,
      kind: 'tool_result',
      name: span.name,
      startTime: isoOf(span.endMs) ?? call.startTime,
      ...cut(output),
      ...(durationMs !== undefined && { durationMs }),
      ...(error !== undefined && { error }),
    },
  ];
}

const otherPart = (span: TraceSpan): TurnPart => ({
  ...timed(span),
  kind: 'other',
  name: span.name,
  ...cut(toText(span.attributes['mlflow.spanOutputs'] ?? span.attributes['mlflow.spanInputs'])),
});

function timed(span: TraceSpan) {
  const { id, startMs, endMs, error } = span;
  return {
    id,
    startTime: isoOf(startMs),
    ...(startMs !== undefined && endMs !== undefined && { durationMs: Math.max(0, endMs - startMs) }),
    ...(error !== undefined && { error }),
  };
}

const isoOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

function messagesOf({ attributes }: TraceSpan): Record<string, unknown>[] {
  const inputs = attributes['mlflow.spanInputs'];
  const given = asRecords(asRecord(inputs)?.messages);
  if (given.length > 0) return given;
  const listed = asRecords(inputs);
  if (listed.length > 0) return listed;
  const prompt = asText(asRecord(inputs)?.prompt) ?? asText(inputs);
  return prompt ? [{ role: 'user', content: prompt }] : [];
}

/** Words as they are; content in pieces joined; anything else as JSON. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (Array.isArray(value) && value.every((item) => asText(asRecord(item)?.text) !== undefined)) {
    return value.map((item) => asText(asRecord(item)?.text)).join('\n');
  }
  return JSON.stringify(value, null, 2);
}

function cut(text: string): { text: string; cutChars?: number } {
  return text.length <= MAX_CHARS ? { text } : { text: text.slice(0, MAX_CHARS), cutChars: text.length - MAX_CHARS };
}
