import { rngFor } from '../../../rng';
import type { Rollout } from '../../../world/rollout-list';
import type { JsonObject, LongTrace } from '../../../world/types';
import type { Span } from './spans';

// Rollouts nobody should make and somebody does: an agent that goes on for thousands of turns, tools that answer with
// whole files. They are only where a scenario asks for them.

/** How long a rollout is, where its job says that it is a long one: the first of its step. */
export function longTraceOf({ job, phase, step, index }: Rollout): LongTrace | undefined {
  if (phase !== 'training' || index !== 0) return undefined;
  return job.overrides?.mlflow?.longTraces?.find((long) => long.step === step);
}

const LINE = 'row 000000: checked against the ledger, no difference found in any of its fields\n';

/** One span at the root, then for each turn a model call and a tool. */
export function longSpansOf(rollout: Rollout, { turns, resultChars, remembers }: LongTrace): Span[] {
  const ids = rngFor('spans', rollout.id);
  const root = ids.hex(16);
  const requestId = `tr-${rollout.id}`;
  const eachMs = rollout.durationMs / turns;
  const task = { role: 'user', content: 'Go through the ledger page by page until every row is checked.' };
  const history: JsonObject[] = [{ role: 'system', content: 'You check ledgers with the tools you are given.' }, task];
  const result = LINE.repeat(Math.ceil(resultChars / LINE.length)).slice(0, resultChars);
  const spans: Span[] = [
    {
      id: root,
      name: 'rollout',
      startedAt: rollout.startedAt,
      endedAt: rollout.startedAt + rollout.durationMs,
      attributes: {
        'mlflow.traceRequestId': requestId,
        'mlflow.spanType': 'AGENT',
        'mlflow.spanInputs': { prompt: task.content },
        'mlflow.spanOutputs': { response: 'Every row is checked.' },
      },
    },
  ];
  for (let i = 0; i < turns; i++) {
    const at = Math.round(rollout.startedAt + i * eachMs);
    const answeredAt = Math.round(rollout.startedAt + (i + 0.6) * eachMs);
    const endedAt = Math.round(rollout.startedAt + (i + 1) * eachMs);
    const reply = { role: 'assistant', content: `Page ${i + 1} of ${turns}.` };
    const failed = i === Math.floor(turns / 2);
    spans.push({
      id: ids.hex(16),
      parentId: root,
      name: `sample_${i + 1}`,
      startedAt: at,
      endedAt: answeredAt,
      attributes: {
        'mlflow.spanType': 'CHAT_MODEL',
        'mlflow.spanInputs': { messages: [...(remembers ? history : history.slice(0, 2))] },
        'mlflow.spanOutputs': { choices: [{ index: 0, message: reply, finish_reason: 'tool_calls' }] },
        'mlflow.chat.tokenUsage': { input_tokens: 180, output_tokens: 12, total_tokens: 192 },
      },
    });
    spans.push({
      id: ids.hex(16),
      parentId: root,
      name: 'read_page',
      startedAt: answeredAt,
      endedAt,
      ...(failed && { error: `page ${i + 1} is locked` }),
      attributes: {
        'mlflow.spanType': 'TOOL',
        'mlflow.spanInputs': { page: i + 1 },
        'mlflow.spanOutputs': failed ? { error: `page ${i + 1} is locked` } : result,
      },
    });
    if (remembers) history.push(reply, { role: 'tool', content: result });
  }
  return spans;
}
