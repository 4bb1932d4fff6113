import { lifeOf, type Phase } from './life';
import { stepEndOffsetMs, stepsDoneAt } from './step-schedule';
import type { Job } from './types';

/** How long a deleted job is still seen, as `Deleting`. */
export const DELETING_MS = 20_000;

export interface JobState {
  jobStatus: string;
  secondaryStatus: string;
  final: boolean;
  /** Set once the job is in a final state. */
  endTime?: number;
  lastModified: number;
  failureReason?: string;
}

/** True while the service still knows the job: created, and not yet gone after a delete. */
export function isVisible(job: Job, t: number): boolean {
  return job.createdAt <= t && (job.deletedAt === undefined || t < job.deletedAt + DELETING_MS);
}

/** The state of a job at a time. Status words follow the API model. */
export function stateAt(job: Job, t: number): JobState {
  const life = lifeOf(job);
  const phase = phaseAt(life.phases, t);
  const final = t >= life.endTime;
  const secondary = phase?.status ?? 'Starting';
  const base = {
    jobStatus: final ? life.finalStatus : secondary === 'Stopping' ? 'Stopping' : 'InProgress',
    secondaryStatus: secondary,
    final,
    ...(final && { endTime: life.endTime }),
    lastModified: final ? life.endTime : Math.max(phase?.start ?? job.createdAt, lastStepEnd(job, t)),
    ...(final && life.failureReason !== undefined && { failureReason: life.failureReason }),
  };
  if (job.deletedAt !== undefined && t >= job.deletedAt) {
    return { ...base, jobStatus: 'Deleting', secondaryStatus: 'Deleting', lastModified: job.deletedAt };
  }
  return {
    ...base,
    jobStatus: job.overrides?.jobStatus ?? base.jobStatus,
    secondaryStatus: job.overrides?.secondaryStatus ?? base.secondaryStatus,
  };
}

/** The transitions seen at a time: an open one has no end. At most 100, as the API model says; the newest are kept. */
export function transitionsAt(job: Job, t: number): Phase[] {
  const seen: Phase[] = [...(job.overrides?.extraTransitions ?? [])];
  for (const phase of lifeOf(job).phases) {
    if (phase.start > t) break;
    const { end, ...open } = phase;
    seen.push(end !== undefined && end <= t ? phase : open);
  }
  if (job.deletedAt !== undefined && t >= job.deletedAt) seen.push({ status: 'Deleting', start: job.deletedAt });
  return seen.slice(-100);
}

function phaseAt(phases: readonly Phase[], t: number): Phase | undefined {
  let found: Phase | undefined;
  for (const phase of phases) {
    if (phase.start > t) break;
    found = phase;
  }
  return found;
}

/** Steps whose update has ended at a time. For a job that has not trained: the step before its first. */
export function stepsDone(job: Job, t: number): number {
  const { plan } = job;
  if (plan.kind !== 'train') return 0;
  const { workStart, workEnd } = lifeOf(job);
  if (workStart === undefined || workEnd === undefined || t < workStart) return plan.firstStep - 1;
  return stepsDoneAt(plan, job.key, Math.min(t, workEnd) - workStart);
}

/** When a step's update ended, or undefined when it never does. */
export function stepEndTime(job: Job, step: number): number | undefined {
  const { plan } = job;
  const { workStart, workEnd } = lifeOf(job);
  if (plan.kind !== 'train' || workStart === undefined || workEnd === undefined) return undefined;
  if (step < plan.firstStep || step > plan.lastStep) return undefined;
  const at = workStart + stepEndOffsetMs(plan, job.key, step);
  return at <= workEnd ? at : undefined;
}

function lastStepEnd(job: Job, t: number): number {
  const done = stepsDone(job, t);
  return stepEndTime(job, done) ?? job.createdAt;
}
