import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { stepsDone } from './job-state';
import { lifeOf } from './life';
import { taskOf } from './task';
import type { Job } from './types';

export interface Tokens {
  prefill: number;
  sample: number;
  train: number;
}

/** Billable tokens of a job up to a time, from what a rollout of its task takes. Whole numbers that only grow. */
export function tokensAt(job: Job, t: number): Tokens {
  const { plan } = job;
  const life = lifeOf(job);
  const task = taskOf(job);
  const samplePerRollout = task.turnsMean * task.responseTokens * 1.12;
  const prefillPerRollout =
    task.turnsMean * task.promptTokens + (task.turnsMean * (task.turnsMean - 1) * (task.responseTokens + 180)) / 2;
  if (plan.kind === 'eval') {
    const start = life.workStart ?? Number.POSITIVE_INFINITY;
    const share = Math.min(1, Math.max(0, (Math.min(t, life.workEnd ?? start) - start) / plan.evaluatingMs));
    const rollouts = plan.prompts * plan.groupSize * share;
    return {
      prefill: Math.round(rollouts * prefillPerRollout),
      sample: Math.round(rollouts * samplePerRollout),
      train: 0,
    };
  }
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const perStep = numberOf(values, 'global_batch_size') * numberOf(values, 'group_size');
  const rollouts = (stepsDone(job, t) - plan.firstStep + 1) * perStep;
  return {
    prefill: Math.round(rollouts * prefillPerRollout),
    sample: Math.round(rollouts * samplePerRollout),
    train: Math.round(rollouts * (samplePerRollout + prefillPerRollout * 0.32)),
  };
}
