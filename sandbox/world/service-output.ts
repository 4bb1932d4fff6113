import { Rng, unitAt } from '../rng';
import { packageArn } from './arns';
import { asObject, asText, effectiveHyperParameters, numberOf, sentHyperParameters } from './hyperparameters';
import { stepsDone } from './job-state';
import { lifeOf } from './life';
import { lastCheckpointStep, promotionOf } from './package-group';
import { collectStartsMs, OUTAGE_STEP_SHARE } from './step-schedule';
import { tokensAt } from './tokens';
import type { Job, JsonObject } from './types';
import type { RegionWorld } from './world';

/** The config document as DescribeJob returns it: what was sent, and what the service adds. */
export function documentTextAt(region: RegionWorld, job: Job, t: number): string | undefined {
  if (job.overrides?.documentText !== undefined) return job.overrides.documentText ?? undefined;
  const output = serviceOutputAt(region, job, t);
  return JSON.stringify(output ? { ...job.document, ServiceOutput: output } : job.document);
}

/** The ServiceOutput of a job at a time (shape from SDK source), or undefined early in its life. */
export function serviceOutputAt(region: RegionWorld, job: Job, t: number): JsonObject | undefined {
  const life = lifeOf(job);
  if (t < job.createdAt + job.quirks.serviceOutputAfterMs || life.workStart === undefined) return undefined;
  const output: JsonObject = {};
  const mlflow = mlflowDetailsOf(job);
  if (mlflow) output.MlflowDetails = mlflow;
  if (t < life.workStart) return output;
  const tokens = tokensAt(job, t);
  output.BillableTokenUsage = {
    PrefillTokenCount: tokens.prefill,
    SampleTokenCount: tokens.sample,
    TrainTokenCount: tokens.train,
  };
  const progress = progressAt(job, t);
  if (progress) output.ProgressInfo = progress;
  output.RolloutInfo = rolloutInfoAt(job, t);
  addCheckpoints(region, job, t, output);
  return output;
}

function addCheckpoints(region: RegionWorld, job: Job, t: number, output: JsonObject): void {
  const { checkpointFields } = job.quirks;
  const asField = (arn: string) => (checkpointFields === 'object' ? { ModelPackageArn: arn } : arn);
  const resumable = newestArn(region, job, t, 'resumable');
  const model = newestArn(region, job, t, 'model');
  if (checkpointFields !== 'absent') {
    if (resumable !== undefined) output.ResumableCheckpoint = asField(resumable);
    if (model !== undefined) output.ModelCheckpoint = asField(model);
  }
  const { finalStatus, endTime } = lifeOf(job);
  if (t < endTime) return;
  const final = finalStatus === 'Completed' ? model : promotedArn(region, job, t);
  if (final !== undefined) output.OutputModelPackageArn = final;
}

function newestArn(region: RegionWorld, job: Job, t: number, kind: 'resumable' | 'model'): string | undefined {
  const groupName = kind === 'resumable' ? job.intermediateGroup : job.outputGroup;
  const step = lastCheckpointStep(job, t, kind);
  if (groupName === undefined || step === undefined) return undefined;
  const version = region.groups.get(groupName)?.findVersion(job, step, kind, t);
  return version === undefined ? undefined : packageArn(region.name, groupName, version);
}

function promotedArn(region: RegionWorld, job: Job, t: number): string | undefined {
  const promotion = promotionOf(job);
  if (!promotion || job.outputGroup === undefined) return undefined;
  const version = region.groups.get(job.outputGroup)?.findVersion(job, promotion.step, 'promoted', t);
  return version === undefined ? undefined : packageArn(region.name, job.outputGroup, version);
}

/** The MLflow run of a job: names as sent (or made up by the service), ids stable for the job. */
export function mlflowDetailsOf(
  job: Job,
): { ExperimentName: string; RunName: string; ExperimentId: string; RunId: string } | undefined {
  const config = mlflowConfigOf(job);
  if (!config) return undefined;
  const experiment = asText(config.MlflowExperimentName) ?? `mtrl-${job.baseModel}`;
  return {
    ExperimentName: experiment,
    RunName: asText(config.MlflowRunName) ?? job.name,
    ExperimentId: experimentIdOf(experiment),
    RunId: new Rng(job.key ^ 0x51a7).hex(32),
  };
}

/** A small stable number for an experiment's name, as text. */
export function experimentIdOf(experimentName: string): string {
  let sum = 7;
  for (const char of experimentName) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 89_989;
  return String(10 + sum);
}

/** The MLflow config of a document, from either of its two places. */
export function mlflowConfigOf(job: Pick<Job, 'document'>): JsonObject | undefined {
  const places = [job.document.TrainingConfig, job.document.OutputDataConfig, job.document.EvaluationConfig];
  return places.map((place) => asObject(asObject(place)?.MlflowConfig)).find((config) => config !== undefined);
}

function progressAt(job: Job, t: number): JsonObject | undefined {
  const { plan } = job;
  if (plan.kind !== 'train') return undefined;
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const current = Math.min(stepsDone(job, t) + 1, plan.lastStep);
  const batch = numberOf(values, 'global_batch_size');
  if (job.quirks.progressForm === 'step') return { MaxSteps: plan.lastStep, CurrentStep: current, BatchSize: batch };
  const epochs = Math.max(1, numberOf(values, 'max_epochs'));
  const perEpoch = Math.ceil(plan.lastStep / epochs);
  const epoch = Math.min(epochs, Math.floor(Math.max(0, current - 1) / perEpoch) + 1);
  return {
    MaxEpoch: epochs,
    StepsPerEpoch: perEpoch,
    CurrentEpoch: epoch,
    CurrentStep: current - (epoch - 1) * perEpoch,
    BatchSize: batch,
  };
}

/** Rollouts of the step in flight for training, of the whole run for an evaluation. */
export function rolloutInfoAt(job: Job, t: number): { Total: number; Completed: number } {
  const { plan } = job;
  const life = lifeOf(job);
  const start = life.workStart ?? job.createdAt;
  const end = life.workEnd ?? start;
  if (plan.kind === 'eval') {
    const total = plan.prompts * plan.groupSize;
    const share = Math.min(1, Math.max(0, (Math.min(t, end) - start) / plan.evaluatingMs));
    return { Total: total, Completed: Math.floor(total * share) };
  }
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const total = numberOf(values, 'global_batch_size') * numberOf(values, 'group_size');
  const step = stepsDone(job, t) + 1;
  if (step > plan.lastStep) return { Total: total, Completed: total };
  const { first, again } = collectStartsMs(plan, job.key, step);
  const at = Math.min(t, end) - start;
  const from = again !== undefined && at >= again ? again : first;
  // While the job is interrupted the count stands where the outage struck.
  const until = again !== undefined && at < again ? Math.min(at, first + plan.stepMs * OUTAGE_STEP_SHARE) : at;
  // Collecting takes about four fifths of a step; the rest is the update.
  const collectMs = plan.stepMs * (0.72 + 0.12 * unitAt(job.key, 31, step));
  const share = Math.min(1, Math.max(0, (until - from) / collectMs));
  return { Total: total, Completed: Math.floor(total * share) };
}
