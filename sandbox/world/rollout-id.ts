import { hashKey } from '../rng';

export const ROLLOUT_PHASES = ['training', 'validation', 'evaluation'] as const;
export type RolloutPhase = (typeof ROLLOUT_PHASES)[number];

/** Which rollout: of which job, in which step of which phase, counted from 0 group by group. */
export interface RolloutAddress {
  jobKey: number;
  phase: RolloutPhase;
  step: number;
  index: number;
}

const ROUNDS = 4;
const STEP_BITS = 0x0fffffff;

/** 32 hex digits that look random and can be read back, so that a single rollout is found without listing any. */
export function formatRolloutId({ jobKey, phase, step, index }: RolloutAddress): string {
  let left = (((ROLLOUT_PHASES.indexOf(phase) + 1) << 28) | (step & STEP_BITS)) >>> 0;
  let right = index >>> 0;
  for (let round = 0; round < ROUNDS; round++) {
    [left, right] = [right, (left ^ hashKey('rollout-id', jobKey, round, right)) >>> 0];
  }
  return hex(jobKey) + hex(left) + hex(right) + hex(hashKey('rollout-check', jobKey, left, right));
}

/** Reads an id back; undefined when no rollout could have it. */
export function parseRolloutId(id: string): RolloutAddress | undefined {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const word = (n: number) => Number.parseInt(id.slice(n * 8, n * 8 + 8), 16);
  const jobKey = word(0);
  let [left, right] = [word(1), word(2)];
  if (word(3) !== hashKey('rollout-check', jobKey, left, right)) return undefined;
  for (let round = ROUNDS - 1; round >= 0; round--) {
    [left, right] = [(right ^ hashKey('rollout-id', jobKey, round, left)) >>> 0, left];
  }
  const phase = ROLLOUT_PHASES[(left >>> 28) - 1];
  return phase && { jobKey, phase, step: left & STEP_BITS, index: right };
}

const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
