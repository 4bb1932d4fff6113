import type { Check } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { isReservedTagKey, type JobRequest } from './build-resume-request';

/** What is known about the name the new job is to get. */
export type NameFact =
  | { state: 'free' }
  | { state: 'taken'; same: boolean }
  /** The catalog does not know it and AWS could not be asked. */
  | { state: 'unknown'; why: string };

/** What came of holding the document against the service's own JSON schema. */
export type SchemaFact =
  | { state: 'valid'; version: string }
  | { state: 'invalid'; version: string; problems: string[] }
  /** AWS says that it has no such version. */
  | { state: 'missing'; version: string }
  | { state: 'unknown'; why: string; hint?: string };

/** What every action that makes a job looks at. */
export interface CommonFacts {
  /** Set when this deployment may not change anything: why, and what mends it. */
  refusal?: { message: string; hint?: string };
  /** The account Cairn acts in; absent when AWS did not say. */
  account?: string;
  request: JobRequest;
  name: NameFact;
  schema: SchemaFact;
  /** The newest schema version the service offers; absent when it could not be asked. */
  latestSchemaVersion?: string;
  /** Names of jobs of this region and of the new job's category that are not final. */
  liveJobs: string[];
}

/** A request may have 50 tags (API model). */
const MAX_TAGS = 50;

/** Whether the checks let the job be made. */
export const allowsCreation = (checks: Check[]) => checks.every((check) => check.state !== 'fail');

export function checkAllowed({ refusal }: CommonFacts): Check {
  const title = 'This dashboard may start jobs';
  if (!refusal) return { id: 'allowed', state: 'pass', title, detail: 'It is not read-only.' };
  return { id: 'allowed', state: 'fail', title, detail: refusal.message, hint: refusal.hint };
}

export function checkSchemaVersion({ request, latestSchemaVersion }: CommonFacts): Check {
  const title = 'The config schema version is current';
  const version = request.JobConfigSchemaVersion;
  if (latestSchemaVersion === undefined) {
    return {
      id: 'schema-version',
      state: 'unknown',
      title,
      detail: 'AWS was not able to say which version is newest.',
    };
  }
  if (latestSchemaVersion === version) return { id: 'schema-version', state: 'pass', title, detail: `${version}.` };
  return {
    id: 'schema-version',
    state: 'warn',
    title,
    detail: `The request is written in ${version}; the newest is ${latestSchemaVersion}. It keeps ${version}.`,
  };
}

/** `hint`: what to do about a refusal; `missingHint`: about a version that AWS does not have, where that is something else. */
export function checkSchema({ schema }: CommonFacts, hint: string, missingHint = hint): Check {
  const title = 'The document is valid by the service’s own schema';
  if (schema.state === 'valid') return { id: 'schema', state: 'pass', title, detail: `Schema ${schema.version}.` };
  if (schema.state === 'missing') {
    const detail = `The document is written in version ${schema.version}, which AWS does not know.`;
    return { id: 'schema', state: 'fail', title, detail, hint: missingHint };
  }
  if (schema.state === 'unknown') {
    return { id: 'schema', state: 'unknown', title, detail: schema.why, hint: schema.hint };
  }
  return {
    id: 'schema',
    state: 'fail',
    title,
    detail: `Schema ${schema.version} refuses it: ${schema.problems.join('; ')}.`,
    hint,
  };
}

export function groupsOf(request: JobRequest): { output?: string; intermediate?: string } {
  const { ModelPackageConfig } = JSON.parse(request.JobConfigDocument) as {
    ModelPackageConfig?: Record<string, unknown>;
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    output: text(ModelPackageConfig?.OutputModelPackageGroupArn),
    intermediate: text(ModelPackageConfig?.IntermediateCheckpointModelPackageGroupArn),
  };
}

/** The name in the ARN of a group. */
export const groupName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

export function checkName({ name, request }: CommonFacts): Check {
  const title = 'The name is free';
  if (name.state === 'free') return { id: 'name', state: 'pass', title, detail: `${request.JobName} is not used.` };
  if (name.state === 'unknown') {
    const detail = `The catalog knows no ${request.JobName}, but AWS could not be asked: ${name.why}`;
    return { id: 'name', state: 'unknown', title, detail };
  }
  return {
    id: 'name',
    state: 'fail',
    title,
    detail: name.same
      ? `${request.JobName} exists already and is exactly this request.`
      : `A job named ${request.JobName} exists already and is another one.`,
    hint: name.same ? 'Open that job, or choose another name to make a second one.' : 'Choose another name.',
  };
}

export function checkTags({ request }: CommonFacts): Check {
  const title = 'The tags can be set';
  const keys = (request.Tags ?? []).map((tag) => tag.Key);
  const fail = (detail: string, hint: string): Check => ({ id: 'tags', state: 'fail', title, detail, hint });
  const reserved = keys.find(isReservedTagKey);
  if (reserved !== undefined) return fail(`AWS keeps the prefix aws: for itself: ${reserved}.`, 'Rename the key.');
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return fail(`The key ${twice} occurs twice.`, 'Remove one of the two.');
  if (keys.length > MAX_TAGS) return fail(`${keys.length} tags; AWS takes ${MAX_TAGS}.`, 'Remove some.');
  const detail = keys.length === 0 ? 'None.' : `${keys.length} ${keys.length === 1 ? 'tag' : 'tags'}.`;
  return { id: 'tags', state: 'pass', title, detail };
}

const KIND: Record<JobCategory, string> = { AgentRFT: 'training', AgentRFTEvaluation: 'evaluation' };

/** Default quota: one training and one evaluation job at a time per account and region, adjustable (AWS docs). */
export function checkQuota({ liveJobs, request }: CommonFacts): Check {
  const kind = KIND[request.JobCategory as JobCategory] ?? 'training';
  const title = `The quota of running ${kind} jobs has room`;
  const [first, ...others] = liveJobs;
  if (first === undefined) {
    const detail = `No ${kind} job is running in this region. By default AWS lets one run at a time.`;
    return { id: 'quota', state: 'pass', title, detail };
  }
  const running = others.length === 0 ? `${first} is running` : `${first} and ${others.length} more are running`;
  return {
    id: 'quota',
    state: 'warn',
    title,
    detail: `${running}. By default AWS lets one ${kind} job run at a time and refuses a second.`,
    hint: 'Wait for its end, stop it, or ask AWS for a higher quota in Service Quotas.',
  };
}
