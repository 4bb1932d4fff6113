import { unitAt } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { stepsDone } from './job-state';
import { lifeOf } from './life';
import type { Job } from './types';

export interface Tokens {
  prefill: number;
  sample: number;
  train: number;
}

/** Billable tokens of a job up to a time. Whole numbers that only grow. */
export function tokensAt(job: Job, t: number): Tokens {
  const { plan } = job;
  const life = lifeOf(job);
  const sampleMean = 900 + 900 * unitAt(job.key, 41, 0);
  if (plan.kind === 'eval') {
    const start = life.workStart ?? Number.POSITIVE_INFINITY;
    const share = Math.min(1, Math.max(0, (Math.min(t, life.workEnd ?? start) - start) / plan.evaluatingMs));
    const sample = Math.round(plan.prompts * plan.groupSize * share * sampleMean);
    return { prefill: Math.round(sample * 5.1), sample, train: 0 };
  }
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const rollouts = numberOf(values, 'global_batch_size') * numberOf(values, 'group_size');
  const done = stepsDone(job, t) - plan.firstStep + 1;
  const sample = Math.round(done * rollouts * sampleMean);
  return { prefill: Math.round(sample * 5.1), sample, train: Math.round(sample * 2.3) };
}
