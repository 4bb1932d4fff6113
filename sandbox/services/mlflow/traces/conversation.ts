import { type AgentScript, fillSlots, type Slots, type ToolScript } from '../../../data/agent-scripts/agent-script';
import { findAgentScript } from '../../../data/agent-scripts/catalog';
import { scoreGuess } from '../../../data/agent-scripts/wordle';
import { type Rng, rngFor } from '../../../rng';
import type { Rollout } from '../../../world/rollout-list';
import { taskName, taskOf } from '../../../world/task';
import type { Json, JsonObject } from '../../../world/types';

export interface ToolCall {
  id: string;
  name: string;
  args: JsonObject;
  result: Json;
  error?: string;
  startedAt: number;
  endedAt: number;
}

/** One model call and, unless it is the answer, the tool it led to. */
export interface Turn {
  text: string;
  startedAt: number;
  endedAt: number;
  promptTokens: number;
  responseTokens: number;
  tool?: ToolCall;
}

export interface Conversation {
  system: string;
  prompt: string;
  turns: Turn[];
  /** The last word of the agent; absent when it never came to one. */
  answer?: string;
  error?: string;
}

/** Share of a turn spent in the model rather than in the tool. */
const MODEL_SHARE = 0.62;

/** What was said in a rollout: always the same for the same rollout, and the same prompt for the same prompt id. */
export function conversationOf(rollout: Rollout): Conversation {
  const script = findAgentScript(taskName(rollout.job.document));
  const promptRng = rngFor('prompt', taskOf(rollout.job).key, rollout.promptId);
  const slots = script.slots(promptRng);
  const prompt = fillSlots(promptRng.pick(script.prompts), slots);
  const rng = rngFor('conversation', rollout.id);
  const solved = rollout.reward >= 1;
  const turns = buildTurns(rollout, script, slots, rng, solved);
  const failedTool = turns.at(-1)?.tool;
  if (rollout.status === 'ERROR') {
    return {
      system: script.system,
      prompt,
      turns,
      error: failedTool?.error ?? 'the agent signaled that the trajectory failed',
    };
  }
  return { system: script.system, prompt, turns, answer: turns.at(-1)?.text ?? '' };
}

function buildTurns(rollout: Rollout, script: AgentScript, slots: Slots, rng: Rng, solved: boolean): Turn[] {
  const count = rollout.turns;
  const failed = rollout.status === 'ERROR';
  const lengths = shares(
    Array.from({ length: count }, () => 0.6 + rng.next()),
    rollout.durationMs,
  );
  // Each turn reads the whole conversation so far, so prompts grow.
  const prompts = shares(
    Array.from({ length: count }, (_, i) => 1 + 0.35 * i),
    rollout.promptTokens,
  );
  const responses = shares(
    Array.from({ length: count }, () => 0.5 + rng.next()),
    rollout.responseTokens,
  );
  const turns: Turn[] = [];
  let at = rollout.startedAt;
  for (let i = 0; i < count; i++) {
    const end = at + (lengths[i] ?? 0);
    const isAnswer = i === count - 1 && !failed;
    const modelEnd = isAnswer ? end : Math.round(at + (end - at) * MODEL_SHARE);
    const tool = script.tools[i % script.tools.length];
    const breaks = (failed && i === count - 1) || (!isAnswer && rng.chance(0.02));
    turns.push({
      text: isAnswer || !tool ? fillSlots(rng.pick(solved ? script.solved : script.missed), slots) : tool.thought,
      startedAt: at,
      endedAt: modelEnd,
      promptTokens: prompts[i] ?? 0,
      responseTokens: responses[i] ?? 0,
      ...(!isAnswer && tool && { tool: callTool(tool, rng, slots, breaks, modelEnd, end) }),
    });
    at = end;
  }
  return turns;
}

function callTool(
  tool: ToolScript,
  rng: Rng,
  slots: Slots,
  breaks: boolean,
  startedAt: number,
  endedAt: number,
): ToolCall {
  const args = tool.args(rng, slots);
  const word = typeof args.word === 'string' ? args.word : undefined;
  const result =
    word !== undefined && slots.secret !== undefined
      ? { marks: scoreGuess(slots.secret, word) }
      : tool.result(rng, slots);
  return {
    id: `call_${rng.alphanumeric(12)}`,
    name: tool.name,
    args,
    result: breaks ? { error: tool.failure } : result,
    ...(breaks && { error: tool.failure }),
    startedAt,
    endedAt,
  };
}

/** Splits a whole amount by weight; the parts add up to it exactly. */
function shares(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let given = 0;
  return weights.map((weight, i) => {
    const part = i === weights.length - 1 ? total - given : Math.floor((total * weight) / sum);
    given += part;
    return part;
  });
}
