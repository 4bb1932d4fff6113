import { METRIC_NAMES, type MetricName } from '../data/metric-names';
import { effectiveHyperParameters, numberOf, numbersOf, sentHyperParameters } from './hyperparameters';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { rewardMetrics, timingMetrics, tokenMetrics, trainingMetrics, turnMetrics } from './metric-values';
import { evaluationRollouts, trainingRollouts, validationRollouts } from './rollouts';
import { isValidated } from './step-schedule';
import type { Job } from './types';

export interface MetricPoint {
  step: number;
  /** Epoch milliseconds at which the value was logged. */
  timestamp: number;
  value: number;
}

export type Values = Map<string, number>;
/** Values of the jobs looked at last; a job of 500 steps takes about 3 MB. */
const known = new Map<Job, Map<string, Values>>();
const KEPT_JOBS = 16;

/** Every metric a job has logged by a time, oldest point first, by documented name. Steps are computed once. */
export function metricsAt(job: Job, t: number): Map<string, MetricPoint[]> {
  const histories = new Map<string, MetricPoint[]>();
  for (const moment of momentsAt(job, t)) {
    for (const [name, value] of valuesOf(job, moment)) {
      const points = histories.get(name);
      const point = { step: moment.step, timestamp: moment.time, value };
      if (points) points.push(point);
      else histories.set(name, [point]);
    }
  }
  return histories;
}

/** One metric's history by a time; empty when it was never logged. */
export function metricHistory(job: Job, name: string, t: number): MetricPoint[] {
  const isValidation = name.startsWith('val/') || (name === 'timing_s/eval' && job.plan.kind === 'train');
  return momentsAt(job, t).flatMap((moment) => {
    if (moment.kind !== 'eval' && (moment.kind === 'validation') !== isValidation) return [];
    const value = valuesOf(job, moment).get(name);
    return value === undefined ? [] : [{ step: moment.step, timestamp: moment.time, value }];
  });
}

/** The names a job of this category can log, pass@k expanded. */
export function metricNamesOf(job: Job): string[] {
  const kind = job.plan.kind;
  const fits = (metric: MetricName) => metric.job === 'both' || metric.job === kind;
  return [...METRIC_NAMES.filter(fits).map((metric) => metric.name), ...passNames(job)];
}

/** Mean training reward of a step, or undefined when it has not ended by `t`. */
export function stepReward(job: Job, step: number, t: number): number | undefined {
  const time = stepEndTime(job, step);
  if (time === undefined || time > t) return undefined;
  return valuesOf(job, { kind: 'step', step, time }).get('rollout/reward/mean');
}

export interface Moment {
  kind: 'step' | 'validation' | 'eval';
  step: number;
  time: number;
}

/** When a job logged something, up to a time: after each step, after each validation, once at an evaluation's end. */
export function momentsAt(job: Job, t: number): Moment[] {
  const { plan } = job;
  const life = lifeOf(job);
  if (life.workStart === undefined || life.workEnd === undefined) return [];
  if (plan.kind === 'eval') {
    const done = life.finalStatus === 'Completed' && t >= life.workEnd;
    return done ? [{ kind: 'eval', step: 0, time: life.workEnd }] : [];
  }
  const moments: Moment[] = [];
  const until = Math.min(t, life.workEnd);
  const baselineAt = life.workStart + plan.validationMs;
  if (plan.baselineValidation && baselineAt <= until) moments.push({ kind: 'validation', step: 0, time: baselineAt });
  for (let step = plan.firstStep; step <= plan.lastStep; step++) {
    const time = stepEndTime(job, step);
    if (time === undefined || time > until) break;
    moments.push({ kind: 'step', step, time });
    const validatedAt = time + plan.validationMs;
    if (isValidated(plan, step) && validatedAt <= until) moments.push({ kind: 'validation', step, time: validatedAt });
  }
  return moments;
}

/** Every value logged at a moment, by documented name. */
export function valuesOf(job: Job, moment: Moment): Values {
  const perJob = known.get(job) ?? new Map<string, Values>();
  // Moved to the end: the first one is the one not looked at for longest.
  known.delete(job);
  known.set(job, perJob);
  if (known.size > KEPT_JOBS) {
    const [oldest] = known.keys();
    if (oldest) known.delete(oldest);
  }
  const key = `${moment.kind}/${moment.step}`;
  let values = perJob.get(key);
  if (!values) {
    values = compute(job, moment);
    perJob.set(key, values);
  }
  return values;
}

function compute(job: Job, { kind, step }: Moment): Values {
  const params = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const threshold = numberOf(params, 'success_threshold');
  const entries: Array<[string, number]> = [];
  if (kind === 'step') {
    const batch = trainingRollouts(job, step);
    entries.push(...trainingMetrics(job, step, batch), ...timingMetrics(job, step));
    entries.push(...turnMetrics('rollout', batch), ...tokenMetrics('rollout', job, step, batch));
    return new Map(entries);
  }
  const prefix = kind === 'eval' ? 'eval' : 'val';
  const batch = kind === 'eval' ? evaluationRollouts(job) : validationRollouts(job, step);
  entries.push(...rewardMetrics(prefix, batch, threshold, numbersOf(params, 'pass_k_values')));
  entries.push(...turnMetrics(prefix, batch), ...tokenMetrics(prefix, job, step, batch));
  const seconds = job.plan.kind === 'train' ? job.plan.validationMs / 1000 : job.plan.evaluatingMs / 1000;
  entries.push(['timing_s/eval', seconds]);
  return new Map(entries);
}

function passNames(job: Job): string[] {
  const params = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const perPrompt = job.plan.kind === 'eval' ? job.plan.groupSize : 1;
  const prefix = job.plan.kind === 'eval' ? 'eval' : 'val';
  const ks = numbersOf(params, 'pass_k_values').filter((k) => k <= perPrompt);
  return ks.flatMap((k) => [`${prefix}/reward/pass_at_${k}`, `${prefix}/reward/pass_power_${k}`]);
}
