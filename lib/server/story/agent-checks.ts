import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { DiagnosisCheck } from '@/lib/contract/diagnosis';
import type { JobDetail } from '@/lib/contract/jobs';
import type { JobAgent } from '@/lib/jobs/agent';
import { formatUtc } from '@/lib/shared/time';
import type { Deployment as AgentDeployment } from '@/lib/story/find-causes';
import { getAgentRuntime, getAgentRuntimeEndpoint, listAgentRuntimeVersions } from '../aws/agentcore';
import { getFunction } from '../aws/lambda';
import type { Deployment } from '../deployment';

export interface AgentChecks {
  checks: DiagnosisCheck[];
  /** New versions that the control plane tells of. */
  deployments: AgentDeployment[];
}

/** What AWS says of the agent now, held against when the job ran. Never throws what AWS refuses. */
export async function checkAgent(d: Deployment, region: string, job: JobDetail, agent: JobAgent): Promise<AgentChecks> {
  if (agent.kind === 'agentcore') return checkAgentCore(d, region, job, agent);
  if (agent.kind === 'lambda') return checkLambda(d, region, job, agent);
  return { checks: [], deployments: [] };
}

async function checkAgentCore(
  d: Deployment,
  region: string,
  job: JobDetail,
  agent: Extract<JobAgent, { kind: 'agentcore' }>,
): Promise<AgentChecks> {
  const aws = d.aws(region);
  const [runtime, endpoint, versions] = await Promise.all([
    attempt('runtime', 'AgentCore runtime', async (): Promise<DiagnosisCheck> => {
      const facts = await getAgentRuntime(aws, agent.runtimeId);
      const evidence = `${agent.runtimeId} is ${facts.status}, version ${facts.version ?? '?'}${facts.failureReason ? `: ${facts.failureReason}` : ''}.`;
      return statusCheck('runtime', 'AgentCore runtime', facts.status, evidence);
    }),
    attempt('endpoint', 'AgentCore endpoint', async (): Promise<DiagnosisCheck> => {
      const facts = await getAgentRuntimeEndpoint(aws, agent.runtimeId, agent.qualifier);
      const evidence = `${facts.name} is ${facts.status} and answers with version ${facts.liveVersion ?? '?'}${facts.failureReason ? `: ${facts.failureReason}` : ''}.`;
      return statusCheck('endpoint', 'AgentCore endpoint', facts.status, evidence);
    }),
    attemptValue('versions', 'Agent versions', () => listAgentRuntimeVersions(aws, agent.runtimeId)),
  ]);
  if ('state' in versions) return { checks: [runtime, endpoint, versions], deployments: [] };
  const deployments = versions.flatMap(({ version, lastUpdatedAt }) =>
    lastUpdatedAt
      ? [
          {
            at: lastUpdatedAt.toISOString(),
            source: 'agent' as const,
            text: `Version ${version} of ${agent.runtimeId}`,
          },
        ]
      : [],
  );
  return { checks: [runtime, endpoint, versionCheck(job, deployments)], deployments };
}

async function checkLambda(
  d: Deployment,
  region: string,
  job: JobDetail,
  agent: Extract<JobAgent, { kind: 'lambda' }>,
): Promise<AgentChecks> {
  const facts = await attemptValue('function', 'Lambda function', () => getFunction(d.aws(region), agent.arn));
  if ('evidence' in facts) return { checks: [facts], deployments: [] };
  const fine = facts.state === 'Active' && facts.lastUpdateStatus === 'Successful';
  const state: DiagnosisCheck = {
    id: 'function',
    title: 'Lambda function',
    state: fine ? 'pass' : 'fail',
    evidence: `${facts.name} is ${facts.state ?? '?'}, its last update was ${facts.lastUpdateStatus ?? '?'}; timeout ${facts.timeoutSeconds ?? '?'} s, ${facts.memoryMb ?? '?'} MB.`,
    ...(fine
      ? {}
      : { todo: facts.stateReason ?? facts.lastUpdateReason ?? 'Look at the function in the Lambda console.' }),
  };
  // Below what the SageMaker SDK gives its own forwarders (900 s, SDK source) long rollouts may be cut off.
  const short = (facts.timeoutSeconds ?? 900) < 60;
  const timeout: DiagnosisCheck = {
    id: 'function-timeout',
    title: 'Lambda timeout',
    state: short ? 'warn' : 'pass',
    evidence: `The function may run for ${facts.timeoutSeconds ?? '?'} s; forwarders made by the SageMaker SDK have 900 s.`,
    ...(short ? { todo: 'Raise the timeout unless the function answers before the agent is done.' } : {}),
  };
  const deployments = facts.lastModified
    ? [{ at: facts.lastModified.toISOString(), source: 'agent' as const, text: `${facts.name} was last changed` }]
    : [];
  return { checks: [state, timeout, versionCheck(job, deployments)], deployments };
}

function versionCheck(job: JobDetail, deployments: AgentDeployment[]): DiagnosisCheck {
  const end = job.endTime ?? '9999';
  const during = deployments.filter(({ at }) => at > job.creationTime && at <= end);
  const newest = [...deployments].sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  const title = 'Agent unchanged while the job ran';
  const [first] = during;
  if (first) {
    return {
      id: 'versions',
      title,
      state: 'fail',
      evidence: `${first.text} was deployed at ${formatUtc(Date.parse(first.at))}, while the job ran.`,
      todo: 'Do not deploy to an endpoint that a job uses; give the job an endpoint of its own.',
    };
  }
  const after = newest !== undefined && newest.at > end;
  return {
    id: 'versions',
    title,
    state: after ? 'warn' : 'pass',
    evidence: newest
      ? `The last deployment was at ${formatUtc(Date.parse(newest.at))}, ${after ? 'after the job ended: a resume meets another version' : 'before the job began'}.`
      : 'AWS tells of no deployment.',
  };
}

function statusCheck(id: string, title: string, status: string, evidence: string): DiagnosisCheck {
  if (status === 'READY') return { id, title, state: 'pass', evidence };
  const passing = /^(?:CREATING|UPDATING)$/.test(status);
  return {
    id,
    title,
    state: passing ? 'warn' : 'fail',
    evidence,
    todo: passing ? 'Wait until it is READY.' : 'Bring it back to READY in the AgentCore console, then resume.',
  };
}

const attempt = (id: string, title: string, run: () => Promise<DiagnosisCheck>) => attemptValue(id, title, run);

/** The value, or the check that says why there is none. */
async function attemptValue<T>(id: string, title: string, run: () => Promise<T>): Promise<T | DiagnosisCheck> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      id,
      title,
      state: error.code === 'not_found' ? 'fail' : 'could-not',
      evidence: error.message,
      ...(error.hint === undefined ? {} : { todo: error.hint }),
    };
  }
}
