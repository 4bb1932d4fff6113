import 'server-only';
import {
  type DiagnosisCheck,
  type DiagnosisResponse,
  diagnosisResponseSchema,
  type RunDiagnosis,
} from '@/lib/contract/diagnosis';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import type { StoryResponse } from '@/lib/contract/story';
import { type JobAgent, readJobAgent } from '@/lib/jobs/agent';
import { jobStatusFacts, secondaryStatusFacts } from '@/lib/jobs/status';
import { formatDataEventCommand } from '@/lib/story/data-event-command';
import { findCauses } from '@/lib/story/find-causes';
import { findReport, saveReport } from '../catalog/job-reports-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { checkAgent } from './agent-checks';
import { getStory } from './get-story';
import { checkHealth } from './health-check';
import { testInvocation } from './test-invocation';

const running = new WeakMap<Deployment, Map<string, Promise<DiagnosisResponse>>>();

/** After this long CloudTrail and the logs have told everything about the end of a job. */
const SETTLED_MS = 20 * 60_000;
/** A diagnosis that may still change is made at most this often, however many look. */
const FRESH_MS = 60_000;
/** Their could-not does not change by asking AWS again: what the document says, and what only a person asks for. */
const LASTING = new Set(['agent', 'health', 'invocation']);

/**
 * The kept diagnosis of a job. It is made again when it was made too early to know everything, or could not read something;
 * a job that failed or was stopped is diagnosed now when nobody has done so yet.
 */
export async function getDiagnosis(d: Deployment, region: string, ref: JobRef): Promise<DiagnosisResponse> {
  const { job } = await getJob(d, region, ref);
  const kept = diagnosisResponseSchema.safeParse(await findReport(d.catalog, await d.scope(region), ref, 'diagnosis'));
  const awsNow = d.awsNow(region).toISOString();
  if (kept.success && (isSettled(kept.data, job) || isFresh(kept.data))) return { ...kept.data, awsNow };
  if (kept.success || ['Failed', 'Stopped'].includes(job.jobStatus)) return share(d, region, job);
  return { checks: [], causes: [], agentKind: readJobAgent(job.config.parsed).kind, awsNow };
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

/** Compared by the clock of AWS, which the end of the job is told in. */
function isSettled({ awsNow, checks }: DiagnosisResponse, { endTime }: JobDetail): boolean {
  if (!endTime || Date.parse(awsNow) < Date.parse(endTime) + SETTLED_MS) return false;
  return !checks.some(({ id, state }) => state === 'could-not' && !LASTING.has(id));
}

const isFresh = ({ ranAt }: DiagnosisResponse) => ranAt !== undefined && Date.now() - Date.parse(ranAt) < FRESH_MS;

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
  const [story, agentChecks, invocation, health] = await Promise.all([
    getStory(d, region, job),
    checkAgent(d, region, job, agent),
    invocationCheck(d, region, agent, account, asked.invoke),
    asked.healthUrl ? checkHealth(asked.healthUrl, d.settings.healthHosts) : undefined,
  ]);
  const known = findCauses(job, story.entries, agentChecks.deployments);
  const causes = [...story.causes, ...known.filter(({ id }) => !story.causes.some((cause) => cause.id === id))];
  const checks = [
    statusCheck(job),
    logCheck(story, 'job-log', 'Job log'),
    rolloutCheck(job, story),
    agentKindCheck(agent),
    ...agentChecks.checks,
    logCheck(story, 'agent-log', 'Agent log'),
    ...(health ? [health] : []),
    ...(invocation ? [invocation] : []),
    dataEventCheck(region, job),
  ];
  const response: DiagnosisResponse = {
    checks: [...checks, permissionCheck(checks, story)],
    causes,
    ranAt: new Date().toISOString(),
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

function statusCheck(job: JobDetail): DiagnosisCheck {
  const bad = job.jobStatus === 'Failed' || job.secondaryStatus === 'MaxRuntimeExceeded';
  const phase = job.transitions.findLast(({ status }) => !jobStatusFacts(status).final && status !== 'Failed');
  const during = phase && bad ? ` It was ${secondaryStatusFacts(phase.status).label.toLowerCase()} before.` : '';
  return {
    id: 'status',
    title: 'Job status and phase',
    state: bad ? 'fail' : 'pass',
    evidence: `AWS says ${job.jobStatus}, ${job.secondaryStatus}.${during}${job.failureReason ? ` Reason: ${job.failureReason}` : ''}`,
  };
}

function logCheck(story: StoryResponse, source: 'job-log' | 'agent-log', title: string): DiagnosisCheck {
  const read = story.sources.find((state) => state.source === source);
  const errors = story.entries.filter((entry) => entry.source === source && entry.level === 'error');
  const [first] = errors;
  if (read?.state === 'denied' || read?.state === 'failed') {
    return { id: source, title, state: 'could-not', evidence: read.note ?? 'It could not be read.' };
  }
  if (read?.state === 'none') {
    return {
      id: source,
      title,
      state: 'warn',
      evidence: read.note ?? 'There is none.',
      todo: 'A log that was never written means the agent or the job never started, or its log group has another name.',
    };
  }
  const many = errors.reduce((sum, { count }) => sum + count, 0);
  return {
    id: source,
    title,
    state: first ? 'fail' : 'pass',
    evidence: first
      ? `${many} error lines near the end; the first: ${first.text}`
      : 'It can be read and holds no error near the end.',
  };
}

function rolloutCheck(job: JobDetail, story: StoryResponse): DiagnosisCheck {
  const title = 'Rollouts were invoked';
  const sampled = job.tokens?.sample ?? 0;
  const neverWorked = story.causes.some(({ id }) => id === 'capacity') && sampled === 0;
  if (/no sampling requests/i.test(job.failureReason ?? '')) {
    return {
      id: 'rollouts',
      title,
      state: 'fail',
      evidence: 'AWS received no sampling request from the agent.',
      todo: 'Look at the agent’s log: it crashed, points elsewhere, or may not call Sample.',
    };
  }
  if (sampled > 0) {
    return { id: 'rollouts', title, state: 'pass', evidence: `The model sampled ${sampled} tokens for rollouts.` };
  }
  return {
    id: 'rollouts',
    title,
    state: neverWorked ? 'fail' : 'warn',
    evidence: 'AWS has counted no sampled token for this job.',
  };
}

function agentKindCheck(agent: JobAgent): DiagnosisCheck {
  const evidence = {
    agentcore: () =>
      agent.kind === 'agentcore' ? `Bedrock AgentCore, ${agent.runtimeId}, endpoint ${agent.qualifier}.` : '',
    lambda: () => (agent.kind === 'lambda' ? `A Lambda function forwards rollouts: ${agent.name}.` : ''),
    unknown: () => 'The config document names no agent that Cairn can read.',
  }[agent.kind]();
  return { id: 'agent', title: 'Kind of agent', state: agent.kind === 'unknown' ? 'could-not' : 'pass', evidence };
}

function dataEventCheck(region: string, job: JobDetail): DiagnosisCheck {
  return {
    id: 'data-events',
    title: 'Rollout calls in CloudTrail',
    state: 'not-run',
    evidence:
      'Sample, CompleteRollout and UpdateReward are data events, which CloudTrail records only where it is told to. They never show up for a time that has passed.',
    todo: 'Switch them on for a job with this command; such events are billed.',
    snippet: formatDataEventCommand(region, job.jobArn),
  };
}

function permissionCheck(checks: readonly DiagnosisCheck[], story: StoryResponse): DiagnosisCheck {
  const denied = [
    ...checks.filter(({ state }) => state === 'could-not').map(({ evidence }) => evidence),
    ...story.sources.filter(({ state }) => state === 'denied').map(({ note }) => note ?? ''),
  ];
  const actions = [...new Set(denied.flatMap((text) => text.match(/\b[a-z-]+:[A-Z]\w+/g) ?? []))];
  return {
    id: 'permissions',
    title: 'Permissions of Cairn',
    state: actions.length > 0 ? 'warn' : 'pass',
    evidence: actions.length > 0 ? `Cairn’s role lacks ${actions.join(', ')}.` : 'Nothing Cairn asked for was refused.',
    ...(actions.length > 0 ? { todo: 'Allow them in the policy of Cairn’s role; the README has it whole.' } : {}),
  };
}
