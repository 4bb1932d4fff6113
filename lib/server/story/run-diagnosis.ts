import 'server-only';
import {
  type DiagnosisCheck,
  type DiagnosisResponse,
  diagnosisResponseSchema,
  type RunDiagnosis,
} from '@/lib/contract/diagnosis';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import { type JobAgent, readJobAgent } from '@/lib/jobs/agent';
import { findCauses } from '@/lib/story/find-causes';
import {
  agentKindCheck,
  dataEventCheck,
  logCheck,
  paceCheck,
  permissionCheck,
  rolloutCheck,
  statusCheck,
} from '@/lib/story/job-checks';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { checkAgent } from './agent-checks';
import { findStall } from './find-stall';
import { getStory, isReading } from './get-story';
import { checkHealth } from './health-check';
import { testInvocation } from './test-invocation';

const running = new WeakMap<Deployment, Map<string, Promise<DiagnosisResponse>>>();

/** After this long CloudTrail and the logs have told everything about the end of a job. */
const SETTLED_MS = 20 * 60_000;
/** A diagnosis that may still change is made at most this often, however many look. */
const FRESH_MS = 60_000;
/** A job that stalls is looked at again by itself after this long. */
const STALL_FRESH_MS = 10 * 60_000;
/** Their could-not does not change by asking AWS again: what the document says, and what only a person asks for. */
const LASTING = new Set(['agent', 'health', 'invocation']);

/**
 * The kept diagnosis of a job. One that failed or was stopped is diagnosed when nobody has done so yet, and again when that
 * was too early to know everything or could not read something. One that runs is diagnosed by itself while it stalls; else
 * what somebody asked for is shown as it was.
 */
export async function getDiagnosis(d: Deployment, region: string, ref: JobRef): Promise<DiagnosisResponse> {
  const { job } = await getJob(d, region, ref);
  const read = diagnosisResponseSchema.safeParse(await findReport(d.catalog, await d.scope(region), ref, 'diagnosis'));
  const kept = read.data;
  const awsNow = d.awsNow(region).toISOString();
  const shown: DiagnosisResponse = kept
    ? { ...kept, awsNow }
    : { checks: [], causes: [], agentKind: readJobAgent(job.config.parsed).kind, awsNow };
  if (['Failed', 'Stopped'].includes(job.jobStatus)) {
    const good = kept && (isSettled(kept, job) || isYounger(kept, FRESH_MS)) && !(await isBehind(d, region, kept, job));
    return good ? shown : share(d, region, job);
  }
  const stalled = await findStall(d, region, job);
  if (!stalled) return { ...shown, stalled: undefined };
  const good = kept?.stalled && isYounger(kept, STALL_FRESH_MS) && !(await isBehind(d, region, kept, job));
  return good ? { ...shown, stalled } : share(d, region, job);
}

/** Runs the checks now, whatever is kept, with those that only a person may ask for. */
export async function runDiagnosis(
  d: Deployment,
  region: string,
  ref: JobRef,
  asked: RunDiagnosis,
): Promise<DiagnosisResponse> {
  const { job } = await getJob(d, region, ref);
  return diagnose(d, region, job, asked);
}

/** It was made while CloudTrail was still being read, which by now is done. */
const isBehind = async (d: Deployment, region: string, { reading }: DiagnosisResponse, job: JobDetail) =>
  reading === true && !isReading(await getStory(d, region, job));

/** Compared by the clock of AWS, which the end of the job is told in. */
function isSettled({ awsNow, checks, reading }: DiagnosisResponse, { endTime }: JobDetail): boolean {
  if (reading || !endTime || Date.parse(awsNow) < Date.parse(endTime) + SETTLED_MS) return false;
  return !checks.some(({ id, state }) => state === 'could-not' && !LASTING.has(id));
}

const isYounger = ({ ranAt }: DiagnosisResponse, ms: number) =>
  ranAt !== undefined && Date.now() - Date.parse(ranAt) < ms;

function share(d: Deployment, region: string, job: JobDetail): Promise<DiagnosisResponse> {
  const jobs = running.get(d) ?? new Map<string, Promise<DiagnosisResponse>>();
  running.set(d, jobs);
  const key = `${region} ${job.jobCategory} ${job.jobName}`;
  const known = jobs.get(key);
  if (known) return known;
  const made = diagnose(d, region, job, { invoke: false }).finally(() => jobs.delete(key));
  jobs.set(key, made);
  return made;
}

async function diagnose(
  d: Deployment,
  region: string,
  job: JobDetail,
  asked: RunDiagnosis,
): Promise<DiagnosisResponse> {
  const agent = readJobAgent(job.config.parsed);
  const account = job.jobArn.split(':')[4] ?? '';
  const [story, agentChecks, invocation, health, stalled] = await Promise.all([
    getStory(d, region, job),
    checkAgent(d, region, job, agent),
    invocationCheck(d, region, agent, account, asked.invoke),
    asked.healthUrl ? checkHealth(asked.healthUrl, d.settings.healthHosts) : undefined,
    findStall(d, region, job),
  ]);
  const known = findCauses(job, story.entries, agentChecks.deployments);
  const causes = [...story.causes, ...known.filter(({ id }) => !story.causes.some((cause) => cause.id === id))];
  const checks = [
    statusCheck(job),
    ...paceCheck(job, stalled),
    logCheck(story, 'job-log', 'Job log'),
    rolloutCheck(job, story),
    agentKindCheck(agent),
    ...agentChecks.checks,
    logCheck(story, 'agent-log', 'Agent log'),
    ...(health ? [health] : []),
    ...(invocation ? [invocation] : []),
    dataEventCheck(region, job, story),
  ];
  const response: DiagnosisResponse = {
    checks: [...checks, permissionCheck(checks, story)],
    causes,
    ranAt: new Date().toISOString(),
    ...(isReading(story) && { reading: true }),
    ...(stalled && { stalled }),
    agentKind: agent.kind,
    asOf: new Date().toISOString(),
    awsNow: d.awsNow(region).toISOString(),
  };
  await saveReport(d.catalog, await d.scope(region), job, 'diagnosis', response);
  return response;
}

async function invocationCheck(d: Deployment, region: string, agent: JobAgent, account: string, wanted: boolean) {
  if (agent.kind !== 'lambda') return undefined;
  if (wanted) return testInvocation(d, region, agent.arn, account);
  const check: DiagnosisCheck = {
    id: 'invocation',
    title: 'Test invocation of the forwarder',
    state: 'not-run',
    evidence: 'Not run by itself: it runs your function once.',
  };
  return check;
}
