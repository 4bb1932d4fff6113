import { ACCOUNT_ID } from './arns';
import { asObject, asText } from './hyperparameters';
import type { Job } from './types';
import type { RegionWorld } from './world';

/** What runs a job's agent, as its document names it. */
export interface AgentRef {
  kind: 'runtime' | 'function';
  arn: string;
  /** Runtime id or function name. */
  id: string;
  /** Endpoint of a runtime, alias or version of a function. */
  qualifier: string;
}

/** Somebody deployed a new version of an agent. */
export interface AgentChange {
  kind: AgentRef['kind'];
  id: string;
  at: number;
  /** The user name that CloudTrail tells. */
  by: string;
}

/** An agent at a time: who it is, and the times of its versions, the first is version 1. */
export interface AgentState {
  kind: AgentRef['kind'];
  id: string;
  arn: string;
  qualifiers: string[];
  deployedAt: number[];
}

const RUNTIME =
  /^arn:aws[a-z-]*:bedrock-agentcore:[a-z0-9-]+:\d{12}:runtime\/([A-Za-z][A-Za-z0-9_]{0,99}-[A-Za-z0-9]{10})$/;
const FUNCTION = /^(arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:([A-Za-z0-9_-]{1,140}))(?::([A-Za-z0-9_$-]+))?$/;
/** How long before its first job an agent was made. */
const MADE_BEFORE_MS = 2 * 86_400_000;

const agents = new WeakMap<Job, AgentRef | null>();

/** The agent of a job, or undefined when its document names none that can be read. */
export function agentOf(job: Job): AgentRef | undefined {
  const known = agents.get(job);
  if (known !== undefined) return known ?? undefined;
  const found = readAgent(job);
  agents.set(job, found ?? null);
  return found;
}

function readAgent(job: Job): AgentRef | undefined {
  const config = asObject(job.document.AgentConfig);
  const core = asObject(config?.BedrockAgentCoreConfig);
  const runtimeArn = asText(core?.AgentRuntimeArn) ?? '';
  const runtime = RUNTIME.exec(runtimeArn);
  if (runtime) {
    return {
      kind: 'runtime',
      arn: runtimeArn,
      id: runtime[1] ?? '',
      qualifier: asText(core?.Qualifier) ?? 'DEFAULT',
    };
  }
  const called = FUNCTION.exec(asText(asObject(config?.CustomAgentLambdaConfig)?.LambdaArn) ?? '');
  if (!called) return undefined;
  return { kind: 'function', arn: called[1] ?? '', id: called[2] ?? '', qualifier: called[3] ?? '$LATEST' };
}

/** Every agent that a job of the region has used by `t`, by id. An agent lives on when its jobs are gone. */
export function agentsAt(region: RegionWorld, kind: AgentRef['kind'], t: number): AgentState[] {
  const states = new Map<string, AgentState>();
  for (const job of region.jobsByTime()) {
    if (job.createdAt > t) break;
    const agent = agentOf(job);
    if (agent?.kind !== kind) continue;
    const state = states.get(agent.id);
    if (!state) {
      states.set(agent.id, {
        kind,
        id: agent.id,
        arn: agent.arn,
        qualifiers: [agent.qualifier],
        deployedAt: [job.createdAt - MADE_BEFORE_MS],
      });
    } else if (!state.qualifiers.includes(agent.qualifier)) {
      state.qualifiers.push(agent.qualifier);
    }
  }
  for (const change of region.agentChanges) {
    if (change.kind === kind && change.at <= t) states.get(change.id)?.deployedAt.push(change.at);
  }
  return [...states.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Seconds a function may run: the default of forwarders made by the SageMaker SDK is 900 (SDK source). */
export function timeoutOf(region: RegionWorld, functionName: string): number {
  return region.functionTimeouts.get(functionName) ?? 900;
}

export const agentRoleArn = (id: string) => `arn:aws:iam::${ACCOUNT_ID}:role/Example-${id.slice(0, 40)}`;

/** The log group an agent writes to. */
export function agentLogGroup({ kind, id, qualifier }: AgentRef): string {
  return kind === 'runtime' ? `/aws/bedrock-agentcore/runtimes/${id}-${qualifier}` : `/aws/lambda/${id}`;
}
