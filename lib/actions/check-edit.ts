import type { Check, FormField } from '../contract/actions';
import type { Checkpoint } from '../contract/checkpoints';
import type { JobDetail, JobRef } from '../contract/jobs';
import { parseConfigDocument } from '../jobs/parse-config-document';
import { toJobFacts } from '../jobs/to-job-facts';
import { type AgentFact, checkAgent } from './check-agent';
import { checkModelCheckpoint } from './check-checkpoint';
import {
  type CommonFacts,
  checkAllowed,
  checkName,
  checkQuota,
  checkSchema,
  checkSchemaVersion,
  checkTags,
} from './check-common';
import { checkOutputGroups, type GroupFact } from './check-groups';
import { checkLimits } from './check-limits';
import { checkRegion } from './check-region';
import { MAX_DOCUMENT } from './check-resume';
import { problemOfSetting } from './setting-problem';
import { toPlanSettings } from './to-plan-settings';

/** Everything the checks of an iterate or an evaluation look at, gathered before. */
export interface EditFacts extends CommonFacts {
  region: string;
  action: 'iterate' | 'evaluate';
  /** Absent: the base model is evaluated. */
  source?: Checkpoint;
  parent?: Pick<JobDetail, 'jobName' | 'jobStatus'>;
  /** What the parent's own document names, to hold the base model against. */
  parentBaseModel?: string;
  /** What is known of the groups the document names, by their name. */
  groups: ReadonlyMap<string, GroupFact>;
  agent: AgentFact;
  /** The hyperparameters with their limits. */
  form: readonly FormField[];
  /** A job with the same document, whatever its name. */
  identical?: JobRef;
  /** Differences beside name, run name and the checkpoint. */
  changeCount: number;
}

/** Every check, in the order a person should read them. `fail` forbids creation; `warn` and `unknown` do not. */
export function checkEdit(facts: EditFacts): Check[] {
  const verb = facts.action === 'iterate' ? 'iterated on' : 'evaluated';
  return [
    checkAllowed(facts),
    ...(facts.source ? checkModelCheckpoint(facts.source, facts.account, verb) : []),
    checkBaseModel(facts),
    checkSize(facts),
    checkSchemaVersion(facts),
    checkSchema(
      facts,
      'Change the values it names. The limits stand beside each field.',
      'Edit the document as text: it is then held against the newest version.',
    ),
    checkLimits(facts.form),
    checkData(facts),
    ...(facts.action === 'iterate' ? checkOutputGroups(facts.request, facts.groups) : []),
    checkAgent(facts.agent),
    checkRegion(facts.region, facts.request),
    checkRole(facts),
    checkChanged(facts),
    checkIdentical(facts),
    checkName(facts),
    checkTags(facts),
    checkQuota(facts),
  ];
}

const open = ({ request }: EditFacts) => parseConfigDocument(request.JobConfigDocument).parsed;

/** Iterative training: only the base model must match (AWS docs). */
function checkBaseModel(facts: EditFacts): Check {
  const title = 'The base model is the one of the checkpoint';
  const wanted = toJobFacts(open(facts)).baseModel;
  const own = facts.source?.baseModel ?? facts.parentBaseModel;
  if (wanted === undefined) {
    return {
      id: 'base-model',
      state: 'fail',
      title,
      detail: 'The document names no base model (BaseModelArn).',
      hint: 'Name the one that the checkpoint was trained from.',
    };
  }
  if (own === undefined) {
    const detail = `The document says ${wanted}; AWS does not say what the checkpoint was trained from.`;
    return { id: 'base-model', state: 'unknown', title, detail };
  }
  if (own === wanted) return { id: 'base-model', state: 'pass', title, detail: `${own}.` };
  return {
    id: 'base-model',
    state: 'fail',
    title,
    detail: `The checkpoint was trained from ${own}, the document says ${wanted}.`,
    hint: 'An adapter fits only the model it was trained on. Put the base model of the checkpoint in.',
  };
}

function checkSize({ request }: EditFacts): Check {
  const title = 'The document is no longer than AWS takes';
  const { length } = request.JobConfigDocument;
  const detail = `${length} of ${MAX_DOCUMENT} characters.`;
  return { id: 'document', state: length > MAX_DOCUMENT ? 'fail' : 'pass', title, detail };
}

function checkData(facts: EditFacts): Check {
  const wanted = facts.action === 'iterate' ? 'train' : 'evaluation';
  const title = 'Data is given';
  const { data } = toPlanSettings(open(facts));
  const found = data.find(({ channel }) => channel === wanted);
  if (!found) {
    const detail = `The document names no ${wanted} channel.`;
    return { id: 'data', state: 'fail', title, detail, hint: 'Give an S3 address or the ARN of a data set.' };
  }
  for (const { channel, source } of data) {
    const problem = problemOfSetting('data', source);
    if (problem) return { id: 'data', state: 'fail', title, detail: `${channel} is ${source}. ${problem}` };
  }
  return { id: 'data', state: 'pass', title, detail: `${found.source}. Whether it can be read is not looked at.` };
}

function checkRole({ request, account }: EditFacts): Check {
  const title = 'The execution role is of this account';
  const owner = /^arn:[^:]+:iam::(\d{12}):role\/.+/.exec(request.RoleArn)?.[1];
  if (!owner) {
    const detail = `${request.RoleArn} is not the ARN of a role.`;
    return { id: 'role', state: 'fail', title, detail, hint: 'It looks like arn:aws:iam::123456789012:role/name.' };
  }
  if (account === undefined) {
    return { id: 'role', state: 'unknown', title, detail: 'AWS has not said yet which account this is.' };
  }
  if (owner === account) {
    return { id: 'role', state: 'pass', title, detail: `${request.RoleArn}. What it may do is not looked at.` };
  }
  const detail = `It belongs to ${owner}; Cairn acts in ${account}, and a role cannot be passed to another account.`;
  return { id: 'role', state: 'fail', title, detail, hint: `Use a role of ${account}.` };
}

function checkChanged({ action, changeCount, parent }: EditFacts): Check {
  const title = 'Something changes';
  if (action === 'evaluate') {
    return { id: 'changed', state: 'pass', title: 'It only measures', detail: 'An evaluation trains nothing.' };
  }
  if (changeCount > 0) {
    const detail = `${changeCount} ${changeCount === 1 ? 'value differs' : 'values differ'} from the parent.`;
    return { id: 'changed', state: 'pass', title, detail };
  }
  const detail = `Nothing differs from ${parent?.jobName ?? 'the parent'} but the start: the same recipe again, with a fresh optimizer.`;
  return { id: 'changed', state: 'warn', title, detail, hint: 'Change the data, the reward or a hyperparameter.' };
}

function checkIdentical({ identical }: EditFacts): Check {
  const title = 'No job does the same already';
  if (!identical) return { id: 'identical', state: 'pass', title, detail: 'None of those the catalog knows.' };
  return {
    id: 'identical',
    state: 'warn',
    title,
    detail: `${identical.jobName} started from the same checkpoint with the same document.`,
    hint: 'Look at it first; a second one is billed again.',
  };
}
