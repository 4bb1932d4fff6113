import { hashKey, normalAt, unitAt } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { levelAt } from './reward';
import { type Task, taskOf } from './task';
import type { Job } from './types';

// Every rollout of a step, simulated once; the metrics are counted from these, so they agree with each other and with
// what a trace of one rollout says.

/** The rollouts of one step (or validation, or evaluation) in columns. */
export interface RolloutBatch {
  groups: number;
  perGroup: number;
  rewards: Float64Array;
  turns: Uint8Array;
  /** Tokens over all turns of a rollout. */
  promptTokens: Int32Array;
  responseTokens: Int32Array;
  longestResponse: Int32Array;
  shortestResponse: Int32Array;
}

const SALT_ROLLOUT = 61;
const SALT_VALIDATION = 62;
const VALIDATION_PROMPTS = 100;

/** Training rollouts that made a step. */
export function trainingRollouts(job: Job, step: number): RolloutBatch {
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  return simulate(job, {
    groups: numberOf(values, 'global_batch_size'),
    perGroup: numberOf(values, 'group_size'),
    // The step is sampled from the policy before it.
    level: levelAt(job, step - 1).train * (toolsAreDown(job, step) ? TOOLS_DOWN_SHARE : 1),
    key: hashKey(job.key, SALT_ROLLOUT, step),
    promptKey: hashKey(job.key, 'prompts', step),
    maxTokens: numberOf(values, 'sampling_max_tokens'),
    growth: step,
  });
}

/** What is still solved without the tool. */
const TOOLS_DOWN_SHARE = 0.3;

/** True in steps in which a tool behind the agent was down. */
export function toolsAreDown({ quirks: { toolsDown } }: Job, step: number): boolean {
  return toolsDown !== undefined && step >= toolsDown.fromStep && step <= toolsDown.toStep;
}

/** The validation after a step (0 = before the first): the same prompts every time, one rollout each. */
export function validationRollouts(job: Job, step: number): RolloutBatch {
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  return simulate(job, {
    groups: VALIDATION_PROMPTS,
    perGroup: 1,
    level: levelAt(job, step).validation,
    key: hashKey(taskOf(job).key, SALT_VALIDATION),
    promptKey: hashKey(taskOf(job).key, 'validation'),
    maxTokens: numberOf(values, 'sampling_max_tokens'),
    growth: step,
    wobble: hashKey(job.key, SALT_VALIDATION, step),
  });
}

/** All rollouts of an evaluation job. */
export function evaluationRollouts(job: Job): RolloutBatch {
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const { plan } = job;
  return simulate(job, {
    groups: plan.kind === 'eval' ? plan.prompts : 0,
    perGroup: plan.kind === 'eval' ? plan.groupSize : 0,
    level: levelAt(job, 0).validation,
    key: hashKey(job.key, SALT_ROLLOUT),
    promptKey: hashKey(taskOf(job).key, 'evaluation'),
    maxTokens: numberOf(values, 'sampling_max_tokens'),
    growth: job.parent?.step ?? 0,
  });
}

interface Wish {
  groups: number;
  perGroup: number;
  level: number;
  key: number;
  /** Decides how hard each prompt is. */
  promptKey: number;
  maxTokens: number;
  /** Answers grow a little longer as training goes on. */
  growth: number;
  /** Small per-step differences on otherwise fixed draws. */
  wobble?: number;
}

function simulate(job: Job, wish: Wish): RolloutBatch {
  const task = taskOf(job);
  const size = wish.groups * wish.perGroup;
  const batch: RolloutBatch = {
    groups: wish.groups,
    perGroup: wish.perGroup,
    rewards: new Float64Array(size),
    turns: new Uint8Array(size),
    promptTokens: new Int32Array(size),
    responseTokens: new Int32Array(size),
    longestResponse: new Int32Array(size),
    shortestResponse: new Int32Array(size),
  };
  const level = Math.min(0.995, Math.max(0.002, wish.level));
  const odds = Math.log(level / (1 - level));
  for (let group = 0; group < wish.groups; group++) {
    const hardness = (unitAt(wish.promptKey, group, 1) - 0.5) * 4.2;
    for (let member = 0; member < wish.perGroup; member++) {
      const i = group * wish.perGroup + member;
      const shift = wish.wobble === undefined ? 0 : normalAt(wish.wobble, i, 2) * 0.35;
      const chance = 1 / (1 + Math.exp(-(odds * 1.25 - hardness + shift)));
      fillRollout(batch, i, unitAt(wish.key, i, 3) < chance, chance, task, wish);
    }
  }
  return batch;
}

function fillRollout(batch: RolloutBatch, i: number, solved: boolean, chance: number, task: Task, wish: Wish): void {
  const u = (n: number) => unitAt(wish.key, i, n, 9);
  // Part of the reward in tenths, more of it the closer the policy is to solving the prompt.
  const partial = task.partialCredit && u(1) < 0.2 + 0.5 * chance ? Math.ceil(u(2) * 6 * (0.3 + 0.7 * chance)) / 10 : 0;
  batch.rewards[i] = solved ? 1 : partial;
  const wanted = task.turnsMean * (solved ? 0.9 : 1.15) + normalAt(wish.key, i, 4) * 1.2;
  const turns = Math.min(task.turnsMax, Math.max(1, Math.round(wanted)));
  batch.turns[i] = turns;
  const perTurn = task.responseTokens * (1 + wish.growth * 0.0022) * Math.exp(normalAt(wish.key, i, 5) * 0.3);
  const longest = Math.min(wish.maxTokens, Math.round(perTurn * (1.25 + u(6) ** 4 * 5)));
  const shortest = Math.max(4, Math.round(perTurn * (0.35 + 0.3 * u(7))));
  batch.longestResponse[i] = longest;
  batch.shortestResponse[i] = Math.min(shortest, longest);
  batch.responseTokens[i] = turns === 1 ? longest : Math.round(longest + shortest + perTurn * Math.max(0, turns - 2));
  // Each turn reads the whole conversation so far.
  batch.promptTokens[i] = Math.round(turns * task.promptTokens + (turns * (turns - 1) * (perTurn + 180)) / 2);
}
