import 'server-only';
import { createHash } from 'node:crypto';
import { sameRequest } from '@/lib/actions/same-request';
import type { CreateRequest, CreateResponse } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { createJob as sendCreateJob } from '../aws/sagemaker-jobs';
import { beginAction, finishAction, reopenAction } from '../catalog/actions-store';
import type { Deployment } from '../deployment';
import { log } from '../log';
import { findAwsJob, nudgeQuietly, requireChanges, toLedgerError } from './action-helpers';
import { explainCreateError, isRefusal } from './create-errors';
import { createInFlight } from './in-flight';
import { preparePlan } from './plan-job';
import { readPlannedName, stalePlanParts } from './plan-token';
import type { PreparedPlan } from './prepared-plan';
import { refuseGoing } from './refuse-going';
import { whoActs } from './who';

const inFlight = createInFlight<Deployment, CreateResponse>();

/**
 * Carries a plan out, once: however often and from wherever the same plan is sent, one job is made. What makes it so:
 * the plan is made again and must be the one that was looked at; the ledger is written before AWS is called; AWS takes a
 * name only once; and a job that exists already under the name is compared with the request, document and all.
 * Throws AppError `plan_stale` (it would be another request now), `conflict` (the name is another job's), `unprocessable`
 * (a check failed, or AWS's own words), `quota_exceeded`, `access_denied`, `read_only`.
 */
export async function createJob(d: Deployment, region: string, body: CreateRequest): Promise<CreateResponse> {
  requireChanges(d);
  const planned = readPlannedName(body.planToken);
  if (!planned) {
    throw new AppError('bad_request', 'Body field "planToken" is not the token of a plan.', { field: 'planToken' });
  }
  const whole = { ...body, jobName: body.jobName ?? planned };
  // The order of members is the sender's and says nothing.
  const key = JSON.stringify([region, Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1))]);
  const { result, joined } = inFlight(d, key, () => create(d, region, whole));
  const answer = await result;
  return joined ? { ...answer, created: false } : answer;
}

async function create(d: Deployment, region: string, body: CreateRequest): Promise<CreateResponse> {
  const { planToken, ...wanted } = body;
  const prepared = await preparePlan(d, region, wanted);
  const stale = stalePlanParts(planToken, prepared.subject);
  if (stale.length > 0) {
    const message = `The request would not be the one you looked at. Different now: ${stale.join(', ')}.`;
    throw new AppError('plan_stale', message, { hint: 'Look at the new plan and confirm it.' });
  }
  const existing = 'job' in prepared.holder ? prepared.holder.job : undefined;
  if (existing && prepared.name.state === 'taken' && prepared.name.same) {
    await closeLedger(d, prepared, planToken, existing.jobArn);
    return { ...refOf(prepared), jobArn: existing.jobArn, created: false };
  }
  refuseFailedChecks(prepared);
  return send(d, region, prepared, planToken);
}

const refOf = ({ plan }: PreparedPlan): JobRef => ({ jobCategory: plan.jobCategory, jobName: plan.jobName });

function refuseFailedChecks({ plan }: PreparedPlan): void {
  const [failed, ...more] = plan.checks.filter((check) => check.state === 'fail');
  if (!failed) return;
  const others = more.length > 0 ? ` ${more.length} more failed.` : '';
  const onlyName = failed.id === 'name' && more.length === 0;
  const fields: Record<string, string> = { name: 'jobName', tags: 'tags' };
  throw new AppError(
    onlyName ? 'conflict' : 'unprocessable',
    `A check failed (${failed.title}). ${failed.detail}${others}`,
    { hint: failed.hint, field: fields[failed.id] },
  );
}

async function begin(d: Deployment, prepared: PreparedPlan, planToken: string) {
  const requestHash = createHash('sha256').update(JSON.stringify(prepared.plan.request)).digest('hex');
  const { action, source } = prepared.subject;
  return beginAction(d.catalog, prepared.scope, {
    action: 'create',
    planToken,
    requestHash,
    job: refOf(prepared),
    who: await whoActs(d, prepared.subject.region),
    detail: { action, from: source },
  });
}

/** The job of this plan exists, whoever made it: an entry that was left open is closed. */
async function closeLedger(d: Deployment, prepared: PreparedPlan, planToken: string, jobArn: string): Promise<void> {
  const { action } = await begin(d, prepared, planToken);
  if (action.state === 'done') return;
  await finishAction(d.catalog, action.id, { state: 'done', answer: { jobArn, found: true } });
}

async function send(d: Deployment, region: string, prepared: PreparedPlan, planToken: string): Promise<CreateResponse> {
  const ref = refOf(prepared);
  const { action, fresh } = await begin(d, prepared, planToken);
  if (!fresh) {
    const { jobArn } = (action.answer ?? {}) as { jobArn?: unknown };
    // Done already, and AWS does not show the job (yet, or any more): it is not made a second time.
    if (action.state === 'done' && typeof jobArn === 'string') return { ...ref, jobArn, created: false };
    // Refused before, or left open by a server that died: this try takes it over, unless another one did.
    if (!(await reopenAction(d.catalog, action.id, action.state))) {
      throw new AppError('conflict', `${ref.jobName} is being made by another click on the same plan.`, {
        hint: 'Wait a moment and look at the list of jobs.',
      });
    }
  }
  const { request } = prepared.plan;
  let jobArn: string;
  try {
    await refuseSource(d, prepared);
    const answer = await sendCreateJob(d.aws(region), {
      ...ref,
      roleArn: request.RoleArn,
      jobConfigSchemaVersion: request.JobConfigSchemaVersion,
      jobConfigDocument: request.JobConfigDocument,
      tags: request.Tags?.map(({ Key, Value }) => ({ key: Key, value: Value })),
    });
    jobArn = answer.jobArn;
  } catch (error) {
    return resolve(d, region, prepared, action.id, error);
  }
  return succeed(d, region, { ...ref, jobArn, created: true }, action.id);
}

/** A clean-up looks at the ledger after it took a checkpoint, and this after the ledger: one sees the other. */
async function refuseSource(d: Deployment, { scope, subject }: PreparedPlan): Promise<void> {
  const [, group, version] = /^([^/:]+)\/(\d+)$/.exec(subject.source) ?? [];
  if (group && version) await refuseGoing(d.catalog, scope, { group, version: Number(version) });
}

/** AWS has the job. From here on nothing may turn that into a failure: ledger and catalog catch up later. */
async function succeed(d: Deployment, region: string, answer: CreateResponse, id: number): Promise<CreateResponse> {
  const { jobArn, jobName } = answer;
  await finishAction(d.catalog, id, { state: 'done', answer: { jobArn } }).catch((err: unknown) =>
    log.error({ err, jobName }, 'a job was made, but the ledger could not be closed'),
  );
  await nudgeQuietly(d, region, answer);
  return answer;
}

/**
 * The call failed. A refusal is a refusal; after anything else AWS is asked what there is under the name, since an earlier
 * try of the SDK, whose answer was lost, may have made the job. No answer and no job (yet) leaves the entry open.
 */
async function resolve(
  d: Deployment,
  region: string,
  prepared: PreparedPlan,
  id: number,
  error: unknown,
): Promise<CreateResponse> {
  const ref = refOf(prepared);
  const { request } = prepared.plan;
  const explained = explainCreateError(error, request);
  if (isRefusal(explained)) {
    await finishAction(d.catalog, id, { state: 'failed', answer: toLedgerError(explained) });
    throw explained;
  }
  const existing = await findAwsJob(d, region, ref).catch((cause: unknown) => {
    throw unknownOutcome(`AWS did not say whether ${ref.jobName} was made. ${explained.message}`, cause);
  });
  if (existing && sameRequest({ ...existing, rawDocument: existing.jobConfigDocument }, request)) {
    return succeed(d, region, { ...ref, jobArn: existing.jobArn, created: false }, id);
  }
  if (!existing && explained.code === 'aws_unreachable') {
    throw unknownOutcome(`It is not known yet whether ${ref.jobName} was made. ${explained.message}`, error);
  }
  await finishAction(d.catalog, id, { state: 'failed', answer: toLedgerError(explained) });
  if (!existing) throw explained;
  await nudgeQuietly(d, region, ref);
  throw new AppError('conflict', `A job named ${ref.jobName} exists already and is another one.`, {
    hint: 'Choose another name.',
    field: 'jobName',
    cause: error,
  });
}

/** The ledger's entry stays open: the next try of the same plan finds out. */
const unknownOutcome = (message: string, cause: unknown) =>
  new AppError('aws_unreachable', message, { hint: 'Try again: the same plan never makes a second job.', cause });
