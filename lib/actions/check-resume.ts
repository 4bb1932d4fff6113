import type { Check } from '../contract/actions';
import type { Checkpoint } from '../contract/checkpoints';
import type { JobDetail } from '../contract/jobs';
import { jobStatusFacts } from '../jobs/status';
import { isReservedTagKey, type JobRequest } from './build-resume-request';
import { checkCheckpoint } from './check-checkpoint';
import type { ResumeSteps } from './resume-steps';

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
  | { state: 'unknown'; why: string; hint?: string };

/** Everything the checks look at, gathered before: the checks themselves ask nobody. */
export interface ResumeFacts {
  /** Set when this deployment may not change anything: why, and what mends it. */
  refusal?: { message: string; hint?: string };
  /** The account Cairn acts in; absent when AWS did not say. */
  account?: string;
  source: Checkpoint;
  parent: Pick<JobDetail, 'jobName' | 'jobStatus' | 'deletedAt'>;
  request: JobRequest;
  steps: ResumeSteps;
  name: NameFact;
  schema: SchemaFact;
  /** The newest schema version the service offers; absent when it could not be asked. */
  latestSchemaVersion?: string;
  /** Names of training jobs of this region that are not final. */
  liveTrainingJobs: string[];
}

/** JobConfigDocument may have 262144 characters, a request 50 tags (API model). */
const MAX_DOCUMENT = 262_144;
const MAX_TAGS = 50;

/** Every check of a resume, in the order a person should read them. `fail` forbids it; `warn` and `unknown` do not. */
export function checkResume(facts: ResumeFacts): Check[] {
  return [
    checkAllowed(facts),
    ...checkCheckpoint(facts.source, facts.account),
    checkParentState(facts),
    checkDocument(facts),
    checkSchemaVersion(facts),
    checkSchema(facts),
    checkGroups(facts),
    checkSteps(facts),
    checkName(facts),
    checkTags(facts),
    checkQuota(facts),
  ];
}

/** Whether the checks let the job be made. */
export const allowsCreation = (checks: Check[]) => checks.every((check) => check.state !== 'fail');

function checkAllowed({ refusal }: ResumeFacts): Check {
  const title = 'This dashboard may start jobs';
  if (!refusal) return { id: 'allowed', state: 'pass', title, detail: 'It is not read-only.' };
  return { id: 'allowed', state: 'fail', title, detail: refusal.message, hint: refusal.hint };
}

function checkParentState({ parent }: ResumeFacts): Check {
  const title = 'The parent job has ended';
  const { final, label } = jobStatusFacts(parent.jobStatus);
  if (final) {
    const detail = `${parent.jobName}: ${label}.${parent.deletedAt ? ' It was deleted from AWS since; the catalog kept its request.' : ''}`;
    return { id: 'parent-state', state: 'pass', title, detail };
  }
  return {
    id: 'parent-state',
    state: 'warn',
    title,
    detail: `${parent.jobName} is still going on (${label}). Both jobs would train the same steps, and both are billed.`,
    hint: 'Stop the parent first, or wait for its end.',
  };
}

function checkDocument({ request }: ResumeFacts): Check {
  const title = 'The request is the parent’s, without the service’s own part';
  const { length } = request.JobConfigDocument;
  if (length > MAX_DOCUMENT) {
    const detail = `The config document has ${length} characters; AWS takes ${MAX_DOCUMENT}.`;
    return { id: 'document', state: 'fail', title, detail };
  }
  return {
    id: 'document',
    state: 'pass',
    title,
    detail: 'ServiceOutput, which AWS added, is removed. Only the input package is put in; the rest is as it was.',
  };
}

function checkSchemaVersion({ request, latestSchemaVersion }: ResumeFacts): Check {
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
    detail: `The parent was made with ${version}; the newest is ${latestSchemaVersion}. The request keeps ${version}.`,
  };
}

function checkSchema({ schema }: ResumeFacts): Check {
  const title = 'The document is valid by the service’s own schema';
  if (schema.state === 'valid') return { id: 'schema', state: 'pass', title, detail: `Schema ${schema.version}.` };
  if (schema.state === 'unknown') {
    return { id: 'schema', state: 'unknown', title, detail: schema.why, hint: schema.hint };
  }
  return {
    id: 'schema',
    state: 'fail',
    title,
    detail: `Schema ${schema.version} refuses it: ${schema.problems.join('; ')}.`,
    hint: 'A resume may not change the document. Start a new job from a model checkpoint instead.',
  };
}

function checkGroups({ request, source }: ResumeFacts): Check {
  const title = 'Checkpoints have two groups to go to';
  const { output, intermediate } = groupsOf(request);
  if (!output || !intermediate) {
    const missing = output ? 'intermediate' : 'output';
    return { id: 'groups', state: 'fail', title, detail: `The document names no ${missing} group.` };
  }
  if (output === intermediate) {
    const detail = `Output and intermediate group are both ${output}; AWS wants two different ones.`;
    return { id: 'groups', state: 'fail', title, detail };
  }
  if (groupName(intermediate) !== source.group) {
    const detail = `New resumable checkpoints go to ${groupName(intermediate)}; this one is from ${source.group}.`;
    return { id: 'groups', state: 'warn', title, detail };
  }
  return { id: 'groups', state: 'pass', title, detail: `${groupName(output)} and ${groupName(intermediate)}.` };
}

function groupsOf(request: JobRequest): { output?: string; intermediate?: string } {
  const { ModelPackageConfig } = JSON.parse(request.JobConfigDocument) as {
    ModelPackageConfig?: Record<string, unknown>;
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    output: text(ModelPackageConfig?.OutputModelPackageGroupArn),
    intermediate: text(ModelPackageConfig?.IntermediateCheckpointModelPackageGroupArn),
  };
}

const groupName = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

function checkSteps({ steps, source }: ResumeFacts): Check {
  const title = 'There are steps left to train';
  if (steps.stepsLeft === undefined) {
    const what = source.step === undefined ? 'The step of this checkpoint' : 'The number of steps of the parent';
    return { id: 'steps', state: 'unknown', title, detail: `${what} is not known.` };
  }
  if (steps.stepsLeft > 0) {
    const detail = `${steps.stepsLeft} of ${steps.totalSteps}: steps ${steps.firstStep} to ${steps.totalSteps}.`;
    return { id: 'steps', state: 'pass', title, detail };
  }
  return {
    id: 'steps',
    state: 'fail',
    title,
    detail: `Step ${source.step} is the last of ${steps.totalSteps}: nothing is left to train.`,
    hint: 'Start a new job from the model checkpoint of this step instead.',
  };
}

function checkName({ name, request }: ResumeFacts): Check {
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

function checkTags({ request }: ResumeFacts): Check {
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

/** Default quota: one training job at a time per account and region, adjustable (AWS docs). */
function checkQuota({ liveTrainingJobs }: ResumeFacts): Check {
  const title = 'The quota of running training jobs has room';
  const [first, ...others] = liveTrainingJobs;
  if (first === undefined) {
    const detail = 'No training job is running in this region. By default AWS lets one run at a time.';
    return { id: 'quota', state: 'pass', title, detail };
  }
  const running = others.length === 0 ? `${first} is running` : `${first} and ${others.length} more are running`;
  return {
    id: 'quota',
    state: 'warn',
    title,
    detail: `${running}. By default AWS lets one training job run at a time and refuses a second.`,
    hint: 'Wait for its end, stop it, or ask AWS for a higher quota in Service Quotas.',
  };
}
