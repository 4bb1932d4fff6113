import { findBaseModel } from '../data/base-models';
import { hashKey, Rng } from '../rng';
import { effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import type { Ending, EvalPlan, JobCategory, JsonObject, Outage, ParentLink, Plan, Quirks, TrainPlan } from './types';

export interface PlanRequest {
  seed: number;
  region: string;
  category: JobCategory;
  name: string;
  baseModel: string;
  document: JsonObject;
  parent?: ParentLink | undefined;
  ending?: Ending | undefined;
  outages?: readonly Outage[] | undefined;
  /** Wait for capacity before starting. */
  pendingMs?: number | undefined;
}

/** About what a step takes in published runs: 100 steps in 4 h 18 min. */
const STEP_MS = 150_000;
/** About what an evaluation of 100 rollouts takes in published runs: 7 min, start and upload included. */
const EVAL_ROLLOUT_MS = 2_100;
const EVAL_PROMPTS = 100;

/** Decides how a job will go: its durations, its steps, its end. Deterministic in seed, region, category and name. */
export function planJob(request: PlanRequest): Plan {
  const rng = new Rng(hashKey('plan', request.seed, request.region, request.category, request.name));
  const ending = request.ending ?? defaultEnding(request.document);
  return request.category === 'AgentRFT' ? planTraining(request, rng, ending) : planEvaluation(request, rng, ending);
}

/** Steps a training job ends at, from its hyperparameters. */
export function lastStepOf(document: JsonObject, baseModel: string): number {
  return numberOf(effectiveHyperParameters('AgentRFT', baseModel, sentHyperParameters(document)), 'max_steps');
}

function planTraining(request: PlanRequest, rng: Rng, ending: Ending): TrainPlan {
  const values = effectiveHyperParameters('AgentRFT', request.baseModel, sentHyperParameters(request.document));
  const resumed = request.parent?.kind === 'resume';
  const rollouts = numberOf(values, 'global_batch_size') * numberOf(values, 'group_size');
  // Bigger batches take longer, but far from proportionally: rollouts run side by side.
  const size = (rollouts / 256) ** 0.12;
  return {
    kind: 'train',
    firstStep: resumed ? (request.parent?.step ?? 0) + 1 : 1,
    lastStep: numberOf(values, 'max_steps'),
    saveEvery: values.has('save_every')
      ? numberOf(values, 'save_every')
      : (findBaseModel(request.baseModel)?.saveEvery ?? 1),
    valEvery: numberOf(values, 'val_every'),
    stepMs: Math.round(STEP_MS * size * rng.between(0.95, 1.05)),
    validationMs: Math.round(rng.between(35_000, 55_000)),
    baselineValidation: !resumed,
    pendingMs: request.pendingMs ?? 0,
    startingMs: Math.round(rng.between(170_000, 250_000)),
    downloadingMs: Math.round(rng.between(120_000, 200_000)),
    uploadingMs: Math.round(rng.between(90_000, 240_000)),
    stoppingMs: Math.round(rng.between(35_000, 75_000)),
    outages: request.outages ?? [],
    ending,
  };
}

function planEvaluation(request: PlanRequest, rng: Rng, ending: Ending): EvalPlan {
  const values = effectiveHyperParameters(
    'AgentRFTEvaluation',
    request.baseModel,
    sentHyperParameters(request.document),
  );
  const groupSize = Math.max(1, numberOf(values, 'eval_group_size'));
  return {
    kind: 'eval',
    prompts: EVAL_PROMPTS,
    groupSize,
    pendingMs: request.pendingMs ?? 0,
    startingMs: Math.round(rng.between(110_000, 150_000)),
    evaluatingMs: Math.round(30_000 + EVAL_PROMPTS * groupSize * EVAL_ROLLOUT_MS * rng.between(0.9, 1.1)),
    uploadingMs: Math.round(rng.between(30_000, 60_000)),
    stoppingMs: Math.round(rng.between(15_000, 40_000)),
    ending,
  };
}

function defaultEnding(document: JsonObject): Ending {
  const condition = document.StoppingCondition as JsonObject | undefined;
  const seconds = condition?.MaxRuntimeInSeconds;
  return typeof seconds === 'number' ? { kind: 'max-runtime', limitMs: seconds * 1000 } : { kind: 'completed' };
}

/** How the undocumented parts of this job look; mostly the common form, sometimes another. */
export function quirksOf(seed: number, region: string, category: JobCategory, name: string, baseModel: string): Quirks {
  const rng = new Rng(hashKey('quirks', seed, region, category, name));
  const restricted = findBaseModel(baseModel)?.restricted ?? false;
  const fields = rng.next();
  const evidence = rng.next();
  return {
    progressForm: rng.chance(0.5) ? 'epoch' : 'step',
    checkpointFields: fields < 0.7 ? 'string' : fields < 0.85 ? 'object' : 'absent',
    packageEvidence: restricted ? 'none' : evidence < 0.7 ? 'path' : evidence < 0.88 ? 'metadata' : 'tags',
    promotes: rng.chance(0.8),
    serviceOutputAfterMs: Math.round(rng.between(30_000, 240_000)),
    twoLogStreams: rng.chance(0.2),
  };
}
