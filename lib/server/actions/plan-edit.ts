import 'server-only';
import { buildEditRequest } from '@/lib/actions/build-edit-request';
import { buildParentRequest, type JobRequest } from '@/lib/actions/build-resume-request';
import { allowsCreation } from '@/lib/actions/check-common';
import { checkEdit } from '@/lib/actions/check-edit';
import { diffEffective, diffEvaluation } from '@/lib/actions/diff-effective';
import { editChangeCount, lockedBaseModel } from '@/lib/actions/edit-facts';
import { formatCli } from '@/lib/actions/format-cli';
import { formatPython, formatSagemakerPython } from '@/lib/actions/format-python';
import { proposeName } from '@/lib/actions/propose-name';
import { toPlanSettings } from '@/lib/actions/to-plan-settings';
import type { DiffEntry, EditPlan, EditRequest } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { JobCategory } from '@/lib/contract/names';
import { formFields } from '@/lib/hyperparameters/form-fields';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import { asRecord, asText } from '@/lib/jobs/parse-value';
import { toJobFacts } from '@/lib/jobs/to-job-facts';
import type { Deployment } from '../deployment';
import { boundHost } from '../http/bound-host';
import { readOnlyReason } from '../http/read-only';
import { findAgentFact } from './find-agent-fact';
import { findEditBase } from './find-edit-base';
import { findGroupFacts } from './find-group-facts';
import { findIdenticalJob } from './find-identical-job';
import { findFreeName, findNameHolder, toNameFact } from './find-name';
import { checkAgainstSchema, findJobSchema } from './job-schema';
import { listLiveJobs } from './list-live-jobs';
import { makePlanToken, type PlanSubject } from './plan-token';
import type { PreparedPlan } from './prepared-plan';

/**
 * The plan of an iterate or an evaluation. Throws AppError `not_found` for a checkpoint or template the catalog does not
 * know, and `unprocessable` where no request can be made: then a document written by hand is the way on, never a guess.
 */
export async function prepareEdit(
  d: Deployment,
  region: string,
  body: EditRequest,
): Promise<PreparedPlan & { plan: EditPlan }> {
  if (body.changes && body.document !== undefined) {
    throw new AppError('bad_request', 'Body field "changes" does not go with "document": write it into the document.', {
      field: 'changes',
    });
  }
  if (body.roleArn !== undefined && body.document === undefined) {
    throw new AppError('bad_request', 'Body field "roleArn" goes with "document" only; else it is one of "changes".', {
      field: 'roleArn',
    });
  }
  const scope = await d.scope(region);
  const { source, parent } = await findEditBase(d, region, body);
  const category: JobCategory = body.action === 'iterate' ? 'AgentRFT' : 'AgentRFTEvaluation';
  const newest = await findJobSchema(d, region, category);
  const inherited = parent?.jobCategory === category ? parent.jobConfigSchemaVersion : undefined;
  const build = (jobName: string) =>
    buildEditRequest(parent, {
      category,
      jobName,
      inputPackageArn: source?.packageArn,
      // What is written by hand is written for today; a parent's document stays in the version it was written in.
      schemaVersion: body.document === undefined ? (inherited ?? newest?.version) : (newest?.version ?? inherited),
      tags: body.tags,
      changes: body.changes,
      document: body.document,
      roleArn: body.roleArn,
      place: scope,
    });
  const root = parent?.jobName ?? source?.group ?? 'job';
  const { jobName, holder } = body.jobName
    ? {
        jobName: body.jobName,
        holder: await findNameHolder(d, region, { jobCategory: category, jobName: body.jobName }),
      }
    : await findFreeName(
        d,
        region,
        { category, propose: (taken) => proposeName(root, source?.step, taken, body.action) },
        (name) => {
          const proposed = build(name);
          return proposed.ok ? proposed.request : undefined;
        },
      );
  const built = build(jobName);
  if (!built.ok) throw noRequest(built.problem, parent, newest === undefined);
  const { request } = built;
  const document = parseConfigDocument(request.JobConfigDocument).parsed;
  const { baseModel } = toJobFacts(document);
  const [{ schema, latestVersion }, own, liveJobs, groups, agent, identical] = await Promise.all([
    checkAgainstSchema(d, region, request, category),
    findJobSchema(d, region, category, request.JobConfigSchemaVersion),
    listLiveJobs(d, region, category),
    findGroupFacts(d, region, scope, request),
    findAgentFact(d, region, request),
    findIdenticalJob(d, region, scope, request),
  ]);
  const refusal = readOnlyReason({ readOnly: d.settings.readOnly, boundHost: boundHost() });
  const name = toNameFact(holder, request);
  const before = parent && buildParentRequest(parent);
  const diff = diffOf(before, request, baseModel);
  const form = formFields({
    category,
    baseModel,
    baseModelArn: asText(
      asRecord(category === 'AgentRFT' ? document?.TrainingConfig : document?.EvaluationConfig)?.BaseModelArn,
    ),
    schema: own?.schema,
    document: request.JobConfigDocument,
    parentDocument: parent?.jobCategory === category ? parent.config.raw : undefined,
  });
  const checks = checkEdit({
    region,
    action: body.action,
    refusal: refusal ? { message: refusal } : undefined,
    account: scope.account,
    source,
    parent,
    parentBaseModel: parent?.baseModel,
    request,
    name,
    schema,
    latestSchemaVersion: latestVersion,
    liveJobs,
    groups,
    agent,
    form,
    identical,
    changeCount: editChangeCount(diff),
  });
  const from = source ? `${source.group}/${source.version}` : `base of ${parent?.jobName}`;
  const subject: PlanSubject = { region, account: scope.account, action: body.action, source: from, request };
  const target = { region, endpointUrl: d.settings.endpoints.sagemaker };
  const common = {
    planToken: makePlanToken(subject),
    jobName,
    jobCategory: category,
    parent: parent && { jobCategory: parent.jobCategory, jobName: parent.jobName },
    baseModel,
    request,
    diff,
    locked: lockedBaseModel(document, category),
    checks,
    canCreate: allowsCreation(checks),
    form,
    settings: { ...toPlanSettings(document), roleArn: request.RoleArn },
    parentSettings: parent?.config.parsed && { ...toPlanSettings(parent.config.parsed), roleArn: parent.roleArn },
    byHand: body.document !== undefined,
    cli: formatCli(request, target),
    python: formatPython(request, target),
    sagemakerPython: formatSagemakerPython(request, target),
  };
  // An iterate always has a checkpoint: its body names one.
  const plan = { ...common, action: body.action, source } as EditPlan;
  return { plan, subject, scope, name, holder };
}

function diffOf(before: JobRequest | undefined, request: JobRequest, baseModel: string | undefined): DiffEntry[] {
  if (!before) return [];
  return before.JobCategory === request.JobCategory
    ? diffEffective(before, request, baseModel)
    : diffEvaluation(before, request, baseModel);
}

function noRequest(problem: string, parent: JobDetail | undefined, noSchema: boolean): AppError {
  const whose = parent ? ` The parent is ${parent.jobName}.` : '';
  return new AppError('unprocessable', `${problem}${whose}`, {
    hint:
      noSchema && problem.includes('schema version')
        ? 'AWS did not tell its schema: it needs sagemaker:DescribeJobSchemaVersion.'
        : 'Write the config document by hand instead; it is checked against the service’s own schema.',
    field: problem.includes('execution role') ? 'roleArn' : 'document',
  });
}
