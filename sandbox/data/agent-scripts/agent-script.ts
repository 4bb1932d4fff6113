import type { Rng } from '../../rng';
import type { Json, JsonObject } from '../../world/types';

/** What a prompt is about: names, numbers, words that its tool calls and answers come back to. */
export type Slots = Readonly<Record<string, string>>;

export interface ToolScript {
  name: string;
  /** What the agent thinks aloud before it calls. */
  thought: string;
  args(rng: Rng, slots: Slots): JsonObject;
  result(rng: Rng, slots: Slots): Json;
  /** The tool's own words when it breaks. */
  failure: string;
}

/** One kind of agent: what it is asked, what it can do, how its answers sound. Texts name slots as `{slot}`. */
export interface AgentScript {
  system: string;
  /** The prompts of this task; the slots are drawn per prompt. */
  prompts: readonly string[];
  slots(rng: Rng): Slots;
  tools: readonly ToolScript[];
  solved: readonly string[];
  missed: readonly string[];
}

export function fillSlots(text: string, slots: Slots): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole);
}
