import type { PlanResponse } from '../contract/actions';
import type { JobDetail } from '../contract/jobs';
import { removeJsonMember, setJsonMember } from './json-text';

/** CreateJob's input, members as AWS spells them. */
export type JobRequest = PlanResponse['request'];

/** What of the parent a resume repeats. */
export type ResumeParent = Pick<
  JobDetail,
  'jobName' | 'jobCategory' | 'roleArn' | 'jobConfigSchemaVersion' | 'config' | 'tags'
>;

export interface ResumeChoice {
  jobName: string;
  /** The resumable checkpoint: becomes ModelPackageConfig.InputModelPackageArn. */
  inputPackageArn: string;
  /** Left out: the parent's own tags. */
  tags?: { key: string; value: string }[];
}

/** A request, or the one sentence that says why none can be made from this parent. */
export type BuiltRequest = { ok: true; request: JobRequest } | { ok: false; problem: string };

/** AWS keeps this prefix, in any case, for tags it sets itself and refuses it in requests (AWS docs). */
export const isReservedTagKey = (key: string) => /^aws:/i.test(key);

/**
 * The CreateJob input that resumes the parent from one of its resumable checkpoints: the parent's document with the
 * service's own ServiceOutput taken out and the checkpoint put in, every other character as it was; role, category and
 * schema version repeated; tags copied except those AWS keeps for itself.
 * What resume needs unchanged (base model, LoRA, hyperparameters, data): AWS docs.
 */
export function buildResumeRequest(parent: ResumeParent, choice: ResumeChoice): BuiltRequest {
  const document = toResumeDocument(parent.config.raw, choice.inputPackageArn);
  if (!document.ok) return document;
  if (!parent.roleArn) return { ok: false, problem: 'The execution role of the parent job is not known.' };
  if (!parent.jobConfigSchemaVersion) {
    return { ok: false, problem: 'The config schema version of the parent job is not known.' };
  }
  const tags = choice.tags ?? parent.tags.filter((tag) => !isReservedTagKey(tag.key));
  return {
    ok: true,
    request: {
      JobName: choice.jobName,
      RoleArn: parent.roleArn,
      JobCategory: parent.jobCategory,
      JobConfigSchemaVersion: parent.jobConfigSchemaVersion,
      JobConfigDocument: document.text,
      ...(tags.length > 0 ? { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) } : {}),
    },
  };
}

/** The parent's own request as it must have been sent: what a resume is compared with. Undefined when it cannot be told. */
export function buildParentRequest(parent: ResumeParent): JobRequest | undefined {
  const { raw } = parent.config;
  if (raw === undefined || !parent.roleArn || !parent.jobConfigSchemaVersion) return undefined;
  const tags = parent.tags.filter((tag) => !isReservedTagKey(tag.key));
  return {
    JobName: parent.jobName,
    RoleArn: parent.roleArn,
    JobCategory: parent.jobCategory,
    JobConfigSchemaVersion: parent.jobConfigSchemaVersion,
    JobConfigDocument: removeJsonMember(raw, [], 'ServiceOutput'),
    ...(tags.length > 0 ? { Tags: tags.map(({ key, value }) => ({ Key: key, Value: value })) } : {}),
  };
}

function toResumeDocument(raw: string | undefined, packageArn: string): { ok: true; text: string } | FailedDocument {
  if (raw === undefined) return { ok: false, problem: 'AWS returned no config document for the parent job.' };
  try {
    JSON.parse(raw);
  } catch {
    return { ok: false, problem: 'The config document of the parent job is not valid JSON.' };
  }
  const bare = removeJsonMember(raw, [], 'ServiceOutput');
  const text = setJsonMember(bare, ['ModelPackageConfig'], 'InputModelPackageArn', packageArn);
  if (text !== undefined) return { ok: true, text };
  return {
    ok: false,
    problem: 'The config document of the parent job has no ModelPackageConfig to put the checkpoint in.',
  };
}

interface FailedDocument {
  ok: false;
  problem: string;
}
