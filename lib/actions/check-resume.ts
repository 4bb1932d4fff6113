import type { Check } from '../contract/actions';
import type { Checkpoint } from '../contract/checkpoints';
import type { JobDetail } from '../contract/jobs';
import { parseConfigDocument } from '../jobs/parse-config-document';
import { jobStatusFacts } from '../jobs/status';
import { toJobFacts } from '../jobs/to-job-facts';
import { checkCheckpoint } from './check-checkpoint';
import {
  type CommonFacts,
  checkAllowed,
  checkName,
  checkQuota,
  checkSchema,
  checkSchemaVersion,
  checkTags,
  groupName,
  groupsOf,
} from './check-common';
import type { ResumeSteps } from './resume-steps';

/** Everything the checks look at, gathered before: the checks themselves ask nobody. */
export interface ResumeFacts extends CommonFacts {
  source: Checkpoint;
  parent: Pick<JobDetail, 'jobName' | 'jobStatus' | 'deletedAt'>;
  steps: ResumeSteps;
}

/** JobConfigDocument may have 262144 characters (API model). */
export const MAX_DOCUMENT = 262_144;

/** Every check of a resume, in the order a person should read them. `fail` forbids it; `warn` and `unknown` do not. */
export function checkResume(facts: ResumeFacts): Check[] {
  return [
    checkAllowed(facts),
    ...checkCheckpoint(facts.source, facts.account),
    checkBaseModel(facts),
    checkParentState(facts),
    checkDocument(facts),
    checkSchemaVersion(facts),
    checkSchema(facts, 'A resume may not change the document. Start a new job from a model checkpoint instead.'),
    checkGroups(facts),
    checkSteps(facts),
    checkName(facts),
    checkTags(facts),
    checkQuota(facts),
  ];
}

/** Resume needs the same base model (AWS docs). A package attributed to the wrong job would show here. */
function checkBaseModel({ source, request }: ResumeFacts): Check {
  const title = 'The base model is the one of the checkpoint';
  const wanted = toJobFacts(parseConfigDocument(request.JobConfigDocument).parsed).baseModel;
  const own = source.baseModel;
  if (wanted === undefined || own === undefined) {
    const who = wanted === undefined ? 'The document of the parent names none' : 'AWS does not say it of the package';
    return { id: 'base-model', state: 'unknown', title, detail: `${who}, so the two could not be compared.` };
  }
  if (own === wanted) return { id: 'base-model', state: 'pass', title, detail: `${own}.` };
  return {
    id: 'base-model',
    state: 'fail',
    title,
    detail: `The checkpoint was trained from ${own}, the request is one of ${wanted}.`,
    hint: 'It does not belong to this job. Resume it from the script that started the job which made it.',
  };
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
