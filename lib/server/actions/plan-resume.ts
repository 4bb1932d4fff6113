import 'server-only';
import { buildParentRequest, buildResumeRequest, type JobRequest } from '@/lib/actions/build-resume-request';
import { allowsCreation } from '@/lib/actions/check-common';
import { checkResume } from '@/lib/actions/check-resume';
import { diffRequests } from '@/lib/actions/diff-requests';
import { estimateSeconds, estimateTokens } from '@/lib/actions/estimate-tokens';
import { formatCli } from '@/lib/actions/format-cli';
import { formatPython, formatSagemakerPython } from '@/lib/actions/format-python';
import { lockedFields } from '@/lib/actions/locked-fields';
import { proposeName } from '@/lib/actions/propose-name';
import { resumeSteps } from '@/lib/actions/resume-steps';
import type { ResumePlan, ResumeRequest } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import type { Deployment } from '../deployment';
import { boundHost } from '../http/bound-host';
import { readOnlyReason } from '../http/read-only';
import { findFreeName, findNameHolder, toNameFact } from './find-name';
import { getDescribedJob } from './get-described-job';
import { checkAgainstSchema } from './job-schema';
import { listLiveJobs } from './list-live-jobs';
import { makePlanToken, type PlanSubject } from './plan-token';
import type { PreparedPlan } from './prepared-plan';

/**
 * The plan of a resume. Throws AppError `not_found` for a checkpoint the catalog does not know and `unprocessable` where no
 * request can be made at all: nobody knows which job made the checkpoint, or that job's request cannot be read.
 */
export async function prepareResume(
  d: Deployment,
  region: string,
  body: ResumeRequest,
): Promise<PreparedPlan & { plan: ResumePlan }> {
  const scope = await d.scope(region);
  const { checkpoint: source } = await getCheckpoint(d, region, body.from.group, body.from.version);
  const parent = await getParent(d, region, source);
  const build = (jobName: string) =>
    buildResumeRequest(parent, { jobName, inputPackageArn: source.packageArn, tags: body.tags });
  const { jobName, holder } = body.jobName
    ? {
        jobName: body.jobName,
        holder: await findNameHolder(d, region, { ...parentRef(parent), jobName: body.jobName }),
      }
    : await findFreeName(
        d,
        region,
        {
          category: parent.jobCategory,
          propose: (taken) => proposeName(parent.jobName, source.step, taken),
        },
        (name) => {
          const proposed = build(name);
          return proposed.ok ? proposed.request : undefined;
        },
      );
  const built = build(jobName);
  if (!built.ok) throw noRequest(built.problem, parent);
  const { request } = built;
  const [{ schema, latestVersion }, liveJobs] = await Promise.all([
    checkAgainstSchema(d, region, request, parent.jobCategory),
    listLiveJobs(d, region, parent.jobCategory),
  ]);
  const steps = resumeSteps(parent, source.step);
  const refusal = readOnlyReason({ readOnly: d.settings.readOnly, boundHost: boundHost() });
  const name = toNameFact(holder, request);
  const checks = checkResume({
    refusal: refusal ? { message: refusal } : undefined,
    account: scope.account,
    source,
    parent,
    request,
    steps,
    name,
    schema,
    latestSchemaVersion: latestVersion,
    liveJobs,
  });
  const from = `${source.group}/${source.version}`;
  const subject: PlanSubject = { region, account: scope.account, action: 'resume', source: from, request };
  const target = { region, endpointUrl: d.settings.endpoints.sagemaker };
  const plan: ResumePlan = {
    planToken: makePlanToken(subject),
    action: 'resume',
    jobName,
    jobCategory: parent.jobCategory,
    source,
    parent: parentRef(parent),
    request,
    diff: diffAgainst(parent, request),
    locked: lockedFields(request),
    checks,
    canCreate: allowsCreation(checks),
    firstStep: steps.firstStep,
    stepsLeft: steps.stepsLeft,
    stepsRedone: steps.stepsRedone,
    redoneTokens: estimateTokens(parent, steps.stepsRedone),
    redoneSeconds: estimateSeconds(parent, steps.stepsRedone),
    tokenEstimate: estimateTokens(parent, steps.stepsLeft),
    cli: formatCli(request, target),
    python: formatPython(request, target),
    sagemakerPython: formatSagemakerPython(request, target),
  };
  return { plan, subject, scope, name, holder };
}

const parentRef = ({ jobCategory, jobName }: JobDetail): JobRef => ({ jobCategory, jobName });

async function getParent(d: Deployment, region: string, source: Checkpoint): Promise<JobDetail> {
  const name = `${source.group}/${source.version}`;
  if (!source.job) {
    throw new AppError('unprocessable', `Nobody knows which job made ${name}, so its request cannot be repeated.`, {
      hint: 'AWS names no maker and Cairn guesses none. Resume it from the script that started the job.',
    });
  }
  try {
    return await getDescribedJob(d, region, source.job);
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== 'not_found') throw cause;
    const message = `${source.job.jobName} made ${name}, but neither the catalog nor AWS knows that job any more.`;
    const hint = 'Without its request there is nothing to repeat. Resume it from the script that started it.';
    throw new AppError('unprocessable', message, { hint, cause });
  }
}

function noRequest(problem: string, parent: JobDetail): AppError {
  return new AppError('unprocessable', `${problem} The parent is ${parent.jobName}.`, {
    hint: parent.described
      ? 'Resume it from the script that started the job; Cairn repeats only what it can read whole.'
      : 'Cairn has not read this job from AWS yet. Try again in a moment; it needs sagemaker:DescribeJob.',
  });
}

function diffAgainst(parent: JobDetail, request: JobRequest) {
  const before = buildParentRequest(parent);
  return before ? diffRequests(before, request) : [];
}
