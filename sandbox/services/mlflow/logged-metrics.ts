import { unitAt } from '../../rng';
import { lifeOf } from '../../world/life';
import { type MetricPoint, type Moment, momentsAt, type Values, valuesOf } from '../../world/metrics';
import { collectStartsMs, OUTAGE_STEP_SHARE } from '../../world/step-schedule';
import type { Job } from '../../world/types';

// What a tracking server holds is not the clean truth of the world: a value is not a number now and then, a step comes
// twice after an interruption, a batch that was sent again is there twice. Readers have to cope; so the stand-in has them.

/** One log call: a moment of the world, or a trace of something that went wrong. */
interface Batch {
  moment: Moment;
  timestamp: number;
  only?: RegExp;
  /** Multiplies the values: an attempt that was done again had other rollouts. */
  factor?: number;
}

const NAN_SHARE = 0.006;
const INFINITE_SHARE = 0.004;
const RESENT_JOB_SHARE = 0.15;
const FIRST_HALF_OF_A_STEP = /^rollout\/|^analysis\//;
/** What SQL keeps of minus infinity (MLflow source). */
const SQL_MINUS_INFINITY = -Number.MAX_VALUE;

/** One metric as logged by `t`, in the store's order: by timestamp, then step. */
export function loggedHistory(job: Job, name: string, t: number): MetricPoint[] {
  if (name === job.overrides?.mlflow?.longMetric?.name) return longHistory(job, t);
  const points: MetricPoint[] = [];
  for (const batch of batchesAt(job, t)) {
    if (batch.only && !batch.only.test(name)) continue;
    const value = valueIn(job, batch, valuesOf(job, batch.moment), name);
    if (value !== undefined) points.push({ step: batch.moment.step, timestamp: batch.timestamp, value });
  }
  return points;
}

/** The last point of every metric, by name: the highest step, and of that the last logged. */
export function latestMetrics(job: Job, t: number): Map<string, MetricPoint> {
  const latest = new Map<string, MetricPoint>();
  const { longMetric } = job.overrides?.mlflow ?? {};
  const last = longMetric && longHistory(job, t).at(-1);
  if (longMetric && last) latest.set(longMetric.name, last);
  const wanted = new Set<Moment['kind']>();
  const batches = batchesAt(job, t).sort((a, b) => b.moment.step - a.moment.step || b.timestamp - a.timestamp);
  let checkpointSteps = 0;
  for (const batch of batches) {
    const { kind, step } = batch.moment;
    const isNew = !wanted.has(kind);
    // A model saved every few steps has its last timing_s/save_checkpoint a few steps back.
    if (!isNew && (kind !== 'step' || latest.has('timing_s/save_checkpoint') || checkpointSteps++ > 12)) continue;
    if (!batch.only) wanted.add(kind);
    const values = valuesOf(job, batch.moment);
    for (const name of values.keys()) {
      if (latest.has(name) || (batch.only && !batch.only.test(name))) continue;
      const value = valueIn(job, batch, values, name);
      if (value !== undefined) latest.set(name, { step, timestamp: batch.timestamp, value });
    }
  }
  return latest;
}

const SPIKE_SHARE = 0.0005;

/** Of jobs that are over: pages of it are asked for one after another. */
const longKept = new WeakMap<Job, MetricPoint[]>();

/** What the agent logs by itself, evenly over the job: a slow wave with noise on it, and a spike now and then. */
function longHistory(job: Job, t: number): MetricPoint[] {
  const kept = longKept.get(job);
  if (kept && t >= lifeOf(job).endTime) return kept;
  const { points = 0 } = job.overrides?.mlflow?.longMetric ?? {};
  const { workStart, workEnd } = lifeOf(job);
  if (workStart === undefined || workEnd === undefined) return [];
  const eachMs = (workEnd - workStart) / points;
  const logged = Math.min(points, Math.floor((t - workStart) / eachMs));
  const history = Array.from({ length: Math.max(0, logged) }, (_, i) => {
    const spike = unitAt(job.key, 306, i) < SPIKE_SHARE ? 900 : 0;
    const value = 240 + 60 * Math.sin(i / (points / 12)) + 40 * unitAt(job.key, 307, i) + spike;
    return { step: i, timestamp: Math.round(workStart + (i + 1) * eachMs), value: Math.round(value) };
  });
  if (t >= lifeOf(job).endTime) longKept.set(job, history);
  return history;
}

function batchesAt(job: Job, t: number): Batch[] {
  const moments = momentsAt(job, t);
  const batches: Batch[] = moments.map((moment) => ({ moment, timestamp: moment.time }));
  const steps = moments.filter((moment) => moment.kind === 'step');
  const resent = steps[Math.floor(unitAt(job.key, 302) * (job.plan.kind === 'train' ? job.plan.lastStep : 0))];
  if (resent && unitAt(job.key, 301) < RESENT_JOB_SHARE && resent.time + RESENT_AFTER_MS <= t) {
    batches.push({ moment: resent, timestamp: resent.time + RESENT_AFTER_MS });
  }
  batches.push(...interruptedBatches(job, t));
  return batches.sort((a, b) => a.timestamp - b.timestamp || a.moment.step - b.moment.step);
}

const RESENT_AFTER_MS = 2_000;
const LOGGED_BEFORE_OUTAGE_MS = 5_000;

/** A step that was interrupted had logged its rollouts already; done again, it logs them again. */
function interruptedBatches(job: Job, t: number): Batch[] {
  const { plan } = job;
  const { workStart, workEnd } = lifeOf(job);
  if (plan.kind !== 'train' || workStart === undefined || workEnd === undefined) return [];
  return plan.outages.flatMap((outage) => {
    const strikesAt =
      workStart + collectStartsMs(plan, job.key, outage.afterStep + 1).first + plan.stepMs * OUTAGE_STEP_SHARE;
    const timestamp = Math.round(strikesAt - LOGGED_BEFORE_OUTAGE_MS);
    const step = outage.afterStep + 1;
    if (timestamp > Math.min(t, workEnd) || step > plan.lastStep) return [];
    const moment: Moment = { kind: 'step', step, time: timestamp };
    return [{ moment, timestamp, only: FIRST_HALF_OF_A_STEP, factor: 0.94 + 0.12 * unitAt(job.key, 303, step) }];
  });
}

function valueIn(job: Job, batch: Batch, values: Values, name: string): number | undefined {
  const value = values.get(name);
  if (value === undefined) return undefined;
  const { step } = batch.moment;
  // Without a group that learns there is nothing to take the mean of.
  if (name === 'rollout/reward/valid_mean' && values.get('analysis/batch_valid_ratio') === 0) return Number.NaN;
  if (name.endsWith('/logprob/nz_std') && unitAt(job.key, 304, step) < NAN_SHARE) return Number.NaN;
  if (name.endsWith('/logprob/nz_min') && unitAt(job.key, 305, step) < INFINITE_SHARE) return SQL_MINUS_INFINITY;
  return batch.factor !== undefined && !Number.isInteger(value) ? value * batch.factor : value;
}
