import { BASE_MODELS } from '../../../data/base-models';
import { resourceInUse, resourceLimitExceeded, validationError } from '../../../protocol/aws-error';
import { must, readInput, text } from '../../../protocol/read-input';
import { jobArn, parseBaseModelArn } from '../../../world/arns';
import { asObject, asText } from '../../../world/hyperparameters';
import { planJob, quirksOf } from '../../../world/plan-job';
import type { JobCategory, JsonObject } from '../../../world/types';
import type { RegionWorld } from '../../../world/world';
import type { Operation } from '../../service';
import { jobCategory, jobName, requireJobRegion, roleArn, schemaVersion, tagList } from '../fields';
import { checkDocument, parseDocument } from '../job-rules/document';
import { groupsOf } from '../job-rules/groups';
import { findParent } from '../job-rules/parent';

/** CreateJob: checks everything the service would, then the job begins its life. Answers its ARN. */
export const createJob: Operation = ({ sandbox, region, now, input }) => {
  requireJobRegion(region);
  const read = readInput(input, {
    JobName: jobName(),
    RoleArn: roleArn(),
    JobCategory: jobCategory(),
    JobConfigSchemaVersion: must(schemaVersion()),
    JobConfigDocument: must(text({ min: 1, max: 262_144 })),
    Tags: tagList(),
  });
  const document = parseDocument(read.JobConfigDocument);
  checkDocument(region.name, read.JobCategory, read.JobConfigSchemaVersion, document);
  const baseModel = requireBaseModel(region, document);
  const groups = groupsOf(region, document, now);
  const parent = findParent(region, read.JobCategory, document, baseModel, now);
  if (region.findJob(read.JobCategory, read.JobName, now)) {
    throw resourceInUse(`Job with name ${read.JobName} already exists in category ${read.JobCategory}.`);
  }
  requireQuota(region, read.JobCategory, sandbox.quota, now);

  const { seed } = sandbox;
  const identity = { seed, region: region.name, category: read.JobCategory, name: read.JobName, baseModel };
  const job = region.addJob(
    {
      category: read.JobCategory,
      name: read.JobName,
      createdAt: now,
      roleArn: read.RoleArn,
      schemaVersion: read.JobConfigSchemaVersion,
      document,
      plan: planJob({ ...identity, document, parent }),
      quirks: quirksOf(seed, region.name, read.JobCategory, read.JobName, baseModel),
      baseModel,
      ...(parent && { parent }),
      ...groups,
      tags: read.Tags ?? [],
    },
    now,
  );
  return { JobArn: jobArn(region.name, job.category, job.name) };
};

function requireBaseModel(region: RegionWorld, document: JsonObject): string {
  const config = asObject(document.TrainingConfig) ?? asObject(document.EvaluationConfig);
  const arn = asText(config?.BaseModelArn) ?? '';
  const model = parseBaseModelArn(arn);
  if (!model || model.region !== region.name) {
    throw validationError(`BaseModelArn ${arn} is not a hub content model of region ${region.name}.`);
  }
  const known = BASE_MODELS.find((candidate) => candidate.hubContentName === model.name);
  if (!known?.regions.includes(region.name)) {
    throw validationError(`Base model ${model.name} is not available for multi-turn RL in region ${region.name}.`);
  }
  return model.name;
}

function requireQuota(
  region: RegionWorld,
  category: JobCategory,
  quota: { training: number; evaluation: number },
  now: number,
): void {
  const limit = category === 'AgentRFT' ? quota.training : quota.evaluation;
  const used = region.countLive(category, now);
  if (used < limit) return;
  const what = category === 'AgentRFT' ? 'training' : 'evaluation';
  throw resourceLimitExceeded(
    `The account-level service limit 'Number of concurrent multi-turn RL ${what} jobs' is ${limit} Jobs, with current ` +
      `utilization of ${used} Jobs and a request delta of 1 Jobs. Please use AWS Service Quotas to request an increase ` +
      'for this quota. If AWS Service Quotas is not available, contact AWS support to request an increase for this quota.',
  );
}
