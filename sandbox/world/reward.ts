import { hashKey, unitAt } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { taskOf } from './task';
import type { Job } from './types';

// How good the policy is after each step. It answers to the hyperparameters the way people expect: a learning rate too
// high collapses it, one too low barely moves it, and going on for too long can cost validation what it gains in training.
// A resumed job is the same run going on, so its curve has no jump; an iterated one starts at its checkpoint's level.

export interface Level {
  /** Chance to solve a typical training prompt. */
  train: number;
  /** The same on prompts the policy was not trained on. */
  validation: number;
}

interface Run {
  start: number;
  ceiling: number;
  /** Share of the way to the ceiling gained per step, at the beginning. */
  rate: number;
  collapseStep?: number;
  /** From here on validation falls behind. */
  overfitStep?: number;
  overfitRate: number;
}

/** The learning rate at which a LoRA of rank 32 and alpha 64 learns best here. */
const BEST_LEARNING_RATE = 2e-5;
/** Beyond this many times the best rate the policy collapses sooner or later. */
const COLLAPSE_RATIO = 4;
const COLLAPSED_LEVEL = 0.015;

const runs = new WeakMap<Job, Run>();

/** The level after a step of a training job; of the model evaluated, for an evaluation. Step 0 is the start. */
export function levelAt(job: Job, step: number): Level {
  if (job.category === 'AgentRFTEvaluation') return startLevel(job);
  // A resumed job is its parent going on: same run, same counter.
  if (job.parent?.kind === 'resume' && job.parent.job) return levelAt(job.parent.job, step);
  const run = runOf(job);
  const learned = 1 - Math.exp(-((run.rate * step) ** 1.15));
  const climbed = run.start + (run.ceiling - run.start) * learned;
  const lost = run.overfitStep === undefined ? 0 : Math.max(0, step - run.overfitStep) * run.overfitRate;
  const kept = collapseShare(run, step);
  const settle = (level: number) => COLLAPSED_LEVEL + (Math.max(0.01, level) - COLLAPSED_LEVEL) * kept;
  return { train: settle(climbed), validation: settle(climbed - 0.015 * learned - Math.min(lost, 0.35)) };
}

/** The step at which the policy begins to fall apart, or undefined for a healthy run. */
export function collapseStepOf(job: Job): number | undefined {
  if (job.parent?.kind === 'resume' && job.parent.job) return collapseStepOf(job.parent.job);
  return job.category === 'AgentRFT' ? runOf(job).collapseStep : undefined;
}

function collapseShare(run: Run, step: number): number {
  if (run.collapseStep === undefined || step <= run.collapseStep) return 1;
  return Math.exp(-(((step - run.collapseStep) / 7) ** 1.6));
}

function startLevel(job: Job): Level {
  const { parent } = job;
  if (parent?.job) {
    const { validation } = levelAt(parent.job, parent.step);
    return { train: validation, validation };
  }
  const task = taskOf(job);
  const talent = 0.1 * unitAt(hashKey('talent', job.baseModel), task.key, 3);
  return { train: task.baseLevel + talent, validation: task.baseLevel + talent };
}

function runOf(job: Job): Run {
  const known = runs.get(job);
  if (known) return known;
  const run = buildRun(job);
  runs.set(job, run);
  return run;
}

function buildRun(job: Job): Run {
  const task = taskOf(job);
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const u = (n: number) => unitAt(job.key, 51, n);
  const scale = numberOf(values, 'lora_alpha') / Math.max(1, numberOf(values, 'lora_rank')) / 2;
  const ratio = (numberOf(values, 'learning_rate') * scale) / BEST_LEARNING_RATE;
  const temperature = numberOf(values, 'temperature');
  const batch = numberOf(values, 'global_batch_size');
  const start = startLevel(job).validation;
  // Cold sampling explores little, hot sampling trains on noise: both cost ceiling.
  const exploring = 1 - 0.45 * Math.max(0, 0.6 - temperature) - 0.5 * Math.max(0, temperature - 1.3);
  const ceiling = Math.max(start, start + (task.ceiling - start) * exploring * (0.86 + 0.14 * u(1)));
  const pace = ratio <= 1 ? ratio ** 0.85 : 1 + 0.35 * Math.log(ratio);
  const rate = (pace * (0.85 + 0.3 * u(2)) * (batch / 64) ** 0.15) / 34;
  const overfits = ratio > 1.4 || (ratio > 0.4 && u(3) < 0.4);
  return {
    start,
    ceiling: Math.min(0.97, ceiling),
    rate,
    overfitRate: (0.0012 + 0.003 * u(4)) * Math.min(2, Math.max(0.5, ratio)),
    ...(ratio > COLLAPSE_RATIO && { collapseStep: Math.round(6 + 46 / (ratio - COLLAPSE_RATIO + 1) + 8 * u(5)) }),
    ...(overfits && { overfitStep: Math.round((46 + 22 * u(6)) / Math.max(0.6, Math.min(2, ratio))) }),
  };
}
