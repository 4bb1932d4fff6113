import { rngFor } from '../../../rng';
import { jobArn } from '../../../world/arns';
import type { Rollout } from '../../../world/rollout-list';
import type { Json, JsonObject } from '../../../world/types';
import { type Conversation, conversationOf, type Turn } from './conversation';
import { longSpansOf, longTraceOf } from './long-spans';
import { traceQuirksOf } from './trace-quirks';

export interface Span {
  /** 16 hex digits. */
  id: string;
  parentId?: string;
  name: string;
  startedAt: number;
  endedAt: number;
  /** Set when the span failed. */
  error?: string;
  attributes: JsonObject;
}

export const REWARD_KEY = 'mtrl.reward';
export const STEP_KEY = 'mtrl.step';

/** The spans of a rollout: the agent at the root, one model call per turn, the tool each turn led to. */
export function spansOf(rollout: Rollout): Span[] {
  const long = longTraceOf(rollout);
  if (long) return longSpansOf(rollout, long);
  const conversation = conversationOf(rollout);
  const ids = rngFor('spans', rollout.id);
  const root = rootSpan(rollout, conversation, ids.hex(16));
  const messages: JsonObject[] = [
    { role: 'system', content: conversation.system },
    { role: 'user', content: conversation.prompt },
  ];
  const spans = [root];
  for (const [i, turn] of conversation.turns.entries()) {
    const reply = assistantMessage(turn);
    spans.push(modelSpan(rollout, turn, i, [...messages], reply, { id: ids.hex(16), parentId: root.id }));
    messages.push(reply);
    if (!turn.tool) continue;
    spans.push({
      id: ids.hex(16),
      parentId: root.id,
      name: turn.tool.name,
      startedAt: turn.tool.startedAt,
      endedAt: turn.tool.endedAt,
      ...(turn.tool.error !== undefined && { error: turn.tool.error }),
      attributes: {
        'mlflow.traceRequestId': traceIdOf(rollout),
        'mlflow.spanType': 'TOOL',
        'mlflow.spanInputs': turn.tool.args,
        'mlflow.spanOutputs': turn.tool.result,
      },
    });
    messages.push({ role: 'tool', tool_call_id: turn.tool.id, content: JSON.stringify(turn.tool.result) });
  }
  return spans;
}

export const traceIdOf = (rollout: Rollout) => `tr-${rollout.id}`;

function rootSpan(rollout: Rollout, conversation: Conversation, id: string): Span {
  const { job } = rollout;
  const quirks = traceQuirksOf(job);
  return {
    id,
    name: 'rollout',
    startedAt: rollout.startedAt,
    endedAt: rollout.startedAt + rollout.durationMs,
    ...(conversation.error !== undefined && { error: conversation.error }),
    attributes: {
      'mlflow.traceRequestId': traceIdOf(rollout),
      'mlflow.spanType': 'AGENT',
      'mlflow.spanInputs': {
        prompt: conversation.prompt,
        metadata: {
          jobArn: jobArn(job.region, job.category, job.name),
          rolloutId: rollout.id,
          promptId: rollout.promptId,
        },
      },
      ...(conversation.answer !== undefined && { 'mlflow.spanOutputs': { response: conversation.answer } }),
      ...(quirks.rewardPlace === 'attribute' && { [REWARD_KEY]: rollout.reward }),
      ...(quirks.stepPlace === 'attribute' && { [STEP_KEY]: rollout.step }),
    },
  };
}

function modelSpan(
  rollout: Rollout,
  turn: Turn,
  i: number,
  messages: JsonObject[],
  reply: JsonObject,
  ids: { id: string; parentId: string },
): Span {
  return {
    ...ids,
    name: `sample_${i + 1}`,
    startedAt: turn.startedAt,
    endedAt: turn.endedAt,
    attributes: {
      'mlflow.traceRequestId': traceIdOf(rollout),
      'mlflow.spanType': 'CHAT_MODEL',
      'mlflow.spanInputs': { messages },
      'mlflow.spanOutputs': {
        choices: [{ index: 0, message: reply, finish_reason: turn.tool ? 'tool_calls' : 'stop' }],
      },
      'mlflow.chat.messages': [...messages, reply],
      'mlflow.chat.tokenUsage': {
        input_tokens: turn.promptTokens,
        output_tokens: turn.responseTokens,
        total_tokens: turn.promptTokens + turn.responseTokens,
      },
    },
  };
}

function assistantMessage(turn: Turn): JsonObject {
  const calls: Json[] = turn.tool
    ? [
        {
          id: turn.tool.id,
          type: 'function',
          function: { name: turn.tool.name, arguments: JSON.stringify(turn.tool.args) },
        },
      ]
    : [];
  return { role: 'assistant', content: turn.text, ...(calls.length > 0 && { tool_calls: calls }) };
}
