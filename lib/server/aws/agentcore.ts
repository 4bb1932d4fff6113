import 'server-only';
import {
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  ListAgentRuntimeVersionsCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import type { AwsRegion } from './clients';

/** An AgentCore runtime as the diagnosis and the pre-flight need it. Environment variables are told by name only. */
export interface AgentRuntimeFacts {
  id: string;
  name?: string;
  version?: string;
  /** CREATING, CREATE_FAILED, UPDATING, UPDATE_FAILED, READY, DELETING, DELETE_FAILED, or a word of later (API model). */
  status: string;
  createdAt?: Date;
  lastUpdatedAt?: Date;
  failureReason?: string;
  networkMode?: string;
  /** Their values may be secrets and never leave this function. */
  environmentNames: string[];
}

export interface AgentEndpointFacts {
  name: string;
  status: string;
  liveVersion?: string;
  targetVersion?: string;
  lastUpdatedAt?: Date;
  failureReason?: string;
}

export interface AgentVersionFacts {
  version: string;
  status?: string;
  lastUpdatedAt?: Date;
}

/** The newest version of a runtime. Throws `not_found`, `access_denied` and the other AppErrors of AWS calls. */
export async function getAgentRuntime(aws: AwsRegion, id: string): Promise<AgentRuntimeFacts> {
  const answer = await aws.call('bedrock-agentcore:GetAgentRuntime', () =>
    aws.agentcore.send(new GetAgentRuntimeCommand({ agentRuntimeId: id })),
  );
  return {
    id,
    name: answer.agentRuntimeName,
    version: answer.agentRuntimeVersion,
    status: answer.status ?? 'unknown',
    createdAt: answer.createdAt,
    lastUpdatedAt: answer.lastUpdatedAt,
    failureReason: answer.failureReason,
    networkMode: answer.networkConfiguration?.networkMode,
    environmentNames: Object.keys(answer.environmentVariables ?? {}).sort(),
  };
}

/** One endpoint of a runtime, which says which version answers. */
export async function getAgentRuntimeEndpoint(
  aws: AwsRegion,
  id: string,
  endpointName: string,
): Promise<AgentEndpointFacts> {
  const answer = await aws.call('bedrock-agentcore:GetAgentRuntimeEndpoint', () =>
    aws.agentcore.send(new GetAgentRuntimeEndpointCommand({ agentRuntimeId: id, endpointName })),
  );
  return {
    name: answer.name ?? endpointName,
    status: answer.status ?? 'unknown',
    liveVersion: answer.liveVersion,
    targetVersion: answer.targetVersion,
    lastUpdatedAt: answer.lastUpdatedAt,
    failureReason: answer.failureReason,
  };
}

/** The newest hundred versions of a runtime with when each was made, one call. */
export async function listAgentRuntimeVersions(aws: AwsRegion, id: string): Promise<AgentVersionFacts[]> {
  const answer = await aws.call('bedrock-agentcore:ListAgentRuntimeVersions', () =>
    aws.agentcore.send(new ListAgentRuntimeVersionsCommand({ agentRuntimeId: id, maxResults: 100 })),
  );
  return (answer.agentRuntimes ?? []).map((version) => ({
    version: version.agentRuntimeVersion ?? '?',
    status: version.status,
    lastUpdatedAt: version.lastUpdatedAt,
  }));
}
