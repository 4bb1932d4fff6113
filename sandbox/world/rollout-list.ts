import { hashKey, unitAt } from '../rng';
import { type Life, lifeOf } from './life';
import { formatRolloutId, type RolloutPhase } from './rollout-id';
import { evaluationRollouts, type RolloutBatch, trainingRollouts, validationRollouts } from './rollouts';
import { collectStartsMs, isValidated, stepEndOffsetMs } from './step-schedule';
import { taskOf } from './task';
import type { FailureStory, Job } from './types';

/** One rollout, in words. Rollouts count from 0 within their step: group by group. */
export interface Rollout {
  id: string;
  job: Job;
  phase: RolloutPhase;
  step: number;
  index: number;
  promptId: string;
  group: number;
  reward: number;
  turns: number;
  /** Tokens over all turns. */
  promptTokens: number;
  responseTokens: number;
  startedAt: number;
  durationMs: number;
  status: 'OK' | 'ERROR';
}

/** A time in which a job rolls out: a step, a validation, or a whole evaluation. */
export interface RolloutWindow {
  phase: RolloutPhase;
  step: number;
  start: number;
  end: number;
}

/** Of the rollouts without reward, how many failed rather than did badly. */
const FAILED_SHARE = 0.04;
const AGENTS_FAULT: ReadonlySet<FailureStory> = new Set([
  'agent-timeouts',
  'trajectory-failed',
  'agent-redeployed',
  'lambda-timeout',
  'sample-denied',
  'tool-drift',
]);
/** A failing job's last rollouts fail with it. */
const FAILING_MS = 100_000;

/** When a job rolls out, oldest first: everything that has begun by `t`. A step that is cut short keeps its planned end. */
export function rolloutWindows(job: Job, t: number): RolloutWindow[] {
  const { plan } = job;
  const { workStart, workEnd } = lifeOf(job);
  if (workStart === undefined || workEnd === undefined) return [];
  const until = Math.min(t, workEnd);
  if (plan.kind === 'eval') {
    const window = { phase: 'evaluation', step: 0, start: workStart, end: workStart + plan.evaluatingMs } as const;
    return window.start < until ? [window] : [];
  }
  const windows: RolloutWindow[] = [];
  const validation = (step: number, start: number): RolloutWindow => ({
    phase: 'validation',
    step,
    start,
    end: start + plan.validationMs,
  });
  if (plan.baselineValidation) windows.push(validation(0, workStart));
  for (let step = plan.firstStep; step <= plan.lastStep; step++) {
    // A step struck by an outage is collected again; only the second time counts and leaves rollouts behind.
    const { first, again } = collectStartsMs(plan, job.key, step);
    const start = workStart + (again ?? first);
    if (start >= until) break;
    const end = workStart + stepEndOffsetMs(plan, job.key, step);
    windows.push({ phase: 'training', step, start, end });
    if (isValidated(plan, step)) windows.push(validation(step, end));
  }
  return windows.filter((window) => window.start < until);
}

/** The rollouts of one window that had ended by `t`, in the order of their start. */
export function rolloutsOf(job: Job, window: RolloutWindow, t: number): Rollout[] {
  const until = Math.min(t, lifeOf(job).workEnd ?? 0);
  return allRollouts(job, window).filter((rollout) => rollout.startedAt + rollout.durationMs <= until);
}

function listRollouts(job: Job, window: RolloutWindow): Rollout[] {
  const { phase, step } = window;
  const batch = simulate(job, phase, step);
  const key = hashKey('rollout-times', job.key, phase, step);
  const spanMs = window.end - window.start;
  const rollouts = Array.from({ length: batch.rewards.length }, (_, index): Rollout => {
    const turns = batch.turns[index] ?? 1;
    const startedAt = Math.round(window.start + unitAt(key, index, 67) * spanMs * 0.55);
    const durationMs = Math.round(Math.min(spanMs * 0.4, turns * (2_200 + 3_800 * unitAt(key, index, 68))));
    const group = Math.floor(index / batch.perGroup);
    const reward = batch.rewards[index] ?? 0;
    const failed = reward === 0 && unitAt(key, index, 69) < FAILED_SHARE;
    const swept = failsWithJob(job, startedAt + durationMs);
    return {
      id: formatRolloutId({ jobKey: job.key, phase, step, index }),
      job,
      phase,
      step,
      index,
      promptId: promptIdOf(job, window, group),
      group,
      reward: swept ? 0 : reward,
      turns,
      promptTokens: batch.promptTokens[index] ?? 0,
      responseTokens: batch.responseTokens[index] ?? 0,
      startedAt,
      durationMs,
      status: failed || swept ? 'ERROR' : 'OK',
    };
  });
  return rollouts.sort((a, b) => a.startedAt - b.startedAt || a.index - b.index);
}

/** Training goes through the data; validation and evaluation always use the same prompts. */
function promptIdOf(job: Job, { phase, step }: RolloutWindow, group: number): string {
  const number = hashKey(taskOf(job).key, phase, phase === 'training' ? step : 0, group) % 20_000;
  return `${phase === 'training' ? 'train' : 'held'}-${String(number).padStart(5, '0')}`;
}

/** True for what ended in the last moments of a job that its agent brought down. The step never counted these. */
function failsWithJob(job: Job, endedAt: number): boolean {
  const { ending } = job.plan;
  if (ending.kind !== 'failed' || lifeOf(job).finalStatus !== 'Failed') return false;
  return AGENTS_FAULT.has(ending.story) && endedAt > lifeOf(job).endTime - FAILING_MS;
}

/** The lists of the jobs looked at last. A job's life is the key: a stop makes another one. */
const kept = new Map<Life, Map<string, Rollout[]>>();
const KEPT_JOBS = 4;
/** Enough for somebody who pages through a run; a list of 1,024 rollouts takes about 0.3 MB. */
const KEPT_WINDOWS = 64;

function allRollouts(job: Job, window: RolloutWindow): Rollout[] {
  const life = lifeOf(job);
  const lists = kept.get(life) ?? new Map<string, Rollout[]>();
  // Moved to the end: the first one is the one not looked at for longest.
  kept.delete(life);
  kept.set(life, lists);
  dropOldest(kept, KEPT_JOBS);
  const key = `${window.phase}/${window.step}`;
  const list = lists.get(key) ?? listRollouts(job, window);
  lists.set(key, list);
  dropOldest(lists, KEPT_WINDOWS);
  return list;
}

function dropOldest<K>(map: Map<K, unknown>, limit: number): void {
  const [oldest] = map.keys();
  if (map.size > limit && oldest !== undefined) map.delete(oldest);
}

function simulate(job: Job, phase: RolloutPhase, step: number): RolloutBatch {
  if (phase === 'training') return trainingRollouts(job, step);
  return phase === 'validation' ? validationRollouts(job, step) : evaluationRollouts(job);
}
