import { validationError } from '../../../protocol/aws-error';
import { parsePackageRef } from '../../../world/arns';
import { asObject, asText, sentHyperParameters } from '../../../world/hyperparameters';
import { lastStepOf } from '../../../world/plan-job';
import type { Job, JobCategory, JsonObject, ParentLink } from '../../../world/types';
import type { RegionWorld } from '../../../world/world';
import { sameJson } from './same-json';

/**
 * The checkpoint a document starts from, with the rules for it (AWS docs): a resumable checkpoint is resumed with nothing
 * changed, a model checkpoint is iterated on with the same base model. Evaluations take model checkpoints.
 */
export function findParent(
  region: RegionWorld,
  category: JobCategory,
  document: JsonObject,
  baseModel: string,
  now: number,
): ParentLink | undefined {
  const arn = asText(asObject(document.ModelPackageConfig)?.InputModelPackageArn);
  if (arn === undefined) return undefined;
  const ref = parsePackageRef(arn);
  const row = ref && ref.region === region.name ? region.groups.get(ref.group)?.row(ref.version, now) : undefined;
  if (!ref || !row) throw validationError(`InputModelPackageArn ${arn} does not exist.`);
  if (row.job && row.job.baseModel !== baseModel) {
    throw validationError(
      `The base model of InputModelPackageArn (${row.job.baseModel}) differs from BaseModelArn (${baseModel}).`,
    );
  }
  const link = { group: ref.group, version: ref.version, step: row.step, ...(row.job && { job: row.job }) };
  if (category === 'AgentRFTEvaluation') {
    if (row.kind === 'resumable') {
      throw validationError('InputModelPackageArn is a resumable checkpoint and cannot be evaluated.');
    }
    return { kind: 'evaluate', ...link };
  }
  if (row.kind !== 'resumable') return { kind: 'iterate', ...link };
  if (!row.job) throw validationError(`InputModelPackageArn ${arn} cannot be resumed from.`);
  requireUnchanged(row.job, document);
  const lastStep = lastStepOf(document, baseModel);
  if (row.step >= lastStep) {
    throw validationError(
      `Nothing is left to train: the checkpoint is of step ${row.step} and max_steps is ${lastStep}.`,
    );
  }
  return { kind: 'resume', ...link };
}

/** A resume may not change hyperparameters (LoRA included) or data. */
function requireUnchanged(parent: Job, document: JsonObject): void {
  const sent = sentHyperParameters(document);
  const before = sentHyperParameters(parent.document);
  const names = [...new Set([...Object.keys(sent), ...Object.keys(before)])].sort();
  const changed = names.filter((name) => !sameJson(sent[name], before[name]));
  const problems = changed.map((name) => `HyperParameters.${name}`);
  if (!sameJson(document.InputDataConfig, parent.document.InputDataConfig)) problems.push('InputDataConfig');
  if (problems.length === 0) return;
  throw validationError(
    `A job that resumes from a checkpoint must keep the configuration of the job that made it. Changed: ${problems.join(', ')}.`,
  );
}
