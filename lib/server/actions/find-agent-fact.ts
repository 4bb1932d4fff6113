import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import type { AgentFact } from '@/lib/actions/check-agent';
import { toPlanSettings } from '@/lib/actions/to-plan-settings';
import { AppError } from '@/lib/contract/app-error';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import { getAgentRuntime, getAgentRuntimeEndpoint } from '../aws/agentcore';
import type { AwsRegion } from '../aws/clients';
import { getFunction } from '../aws/lambda';
import type { Deployment } from '../deployment';

interface Entry {
  untilMs: number;
  fact: Promise<AgentFact>;
}

/** 30 s: a plan is asked for at every pause of typing; who waits for a deployment sees it soon. */
const FRESH_MS = 30_000;

const caches = new WeakMap<Deployment, Map<string, Entry>>();

/** What is known of the agent a request names. What keeps it from an answer becomes `unknown`, never an error. */
export async function findAgentFact(d: Deployment, region: string, request: JobRequest): Promise<AgentFact> {
  const { agent, agentQualifier } = toPlanSettings(parseConfigDocument(request.JobConfigDocument).parsed);
  if (agent === undefined) return { state: 'none' };
  if (agent.split(':')[3] !== region) return { state: 'unknown', why: `it is not of ${region}.` };
  const cache = caches.get(d) ?? new Map<string, Entry>();
  caches.set(d, cache);
  const key = `${agent} ${agentQualifier ?? ''}`;
  const known = cache.get(key);
  if (known && known.untilMs > Date.now()) return known.fact;
  const fact = ask(d.aws(region), agent, agentQualifier);
  cache.set(key, { fact, untilMs: Date.now() + FRESH_MS });
  return fact;
}

async function ask(aws: AwsRegion, arn: string, qualifier: string | undefined): Promise<AgentFact> {
  try {
    if (arn.includes(':lambda:')) return await askLambda(aws, arn);
    return await askRuntime(aws, arn.slice(arn.lastIndexOf('/') + 1), qualifier);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'not_found') return { state: 'missing', what: arn };
    return { state: 'unknown', why: error.message, hint: error.hint };
  }
}

async function askLambda(aws: AwsRegion, arn: string): Promise<AgentFact> {
  const { name, state, stateReason, lastUpdateStatus, lastUpdateReason } = await getFunction(aws, arn);
  const what = `The function ${name}`;
  if (state === undefined) return { state: 'unknown', why: 'AWS did not say the state of the function.' };
  // Inactive is only asleep: the next call wakes it (AWS docs).
  if (state !== 'Active' && state !== 'Inactive')
    return { state: 'not-ready', what, status: state, reason: stateReason };
  if (lastUpdateStatus === 'InProgress') {
    return { state: 'not-ready', what, status: 'being updated', reason: lastUpdateReason };
  }
  return { state: 'ready', what, status: state };
}

async function askRuntime(aws: AwsRegion, id: string, qualifier = 'DEFAULT'): Promise<AgentFact> {
  const runtime = await getAgentRuntime(aws, id);
  if (runtime.status !== 'READY') {
    return { state: 'not-ready', what: `The runtime ${id}`, status: runtime.status, reason: runtime.failureReason };
  }
  const endpoint = await getAgentRuntimeEndpoint(aws, id, qualifier);
  const what = `The endpoint ${qualifier} of ${id}`;
  return endpoint.status === 'READY'
    ? { state: 'ready', what, status: 'READY' }
    : { state: 'not-ready', what, status: endpoint.status, reason: endpoint.failureReason };
}
