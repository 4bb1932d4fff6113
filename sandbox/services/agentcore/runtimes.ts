import { AwsError } from '../../protocol/aws-error';
import { type AgentState, agentRoleArn, agentsAt } from '../../world/agents';
import { ACCOUNT_ID } from '../../world/arns';
import type { RegionWorld } from '../../world/world';

/** How long a new version takes until it is READY. */
const UPDATING_MS = 45_000;
const ARTIFACT = (region: string, id: string) =>
  `${ACCOUNT_ID}.dkr.ecr.${region}.amazonaws.com/example-agents:${id.slice(0, 60).toLowerCase()}`;

export const notFound = (what: string) => new AwsError('ResourceNotFoundException', `${what} does not exist.`, 404);

export function findRuntime(region: RegionWorld, id: string, t: number): AgentState {
  const found = agentsAt(region, 'runtime', t).find((state) => state.id === id);
  if (!found) throw notFound(`Agent runtime ${id}`);
  return found;
}

/** A version of a runtime as GetAgentRuntime tells it; the newest when none is named. Times are ISO 8601 (model). */
export function runtimeView(region: RegionWorld, state: AgentState, t: number, wanted: string | null = null) {
  const version = wanted === null ? state.deployedAt.length : Number(wanted);
  const updatedAt = state.deployedAt[version - 1];
  if (updatedAt === undefined) throw notFound(`Version ${wanted} of agent runtime ${state.id}`);
  return {
    ...runtimeSummary(state, version, updatedAt, t),
    createdAt: iso(state.deployedAt[0]),
    roleArn: agentRoleArn(state.id),
    networkConfiguration: { networkMode: 'PUBLIC' },
    lifecycleConfiguration: { idleRuntimeSessionTimeout: 900, maxLifetime: 28_800 },
    protocolConfiguration: { serverProtocol: 'HTTP' },
    agentRuntimeArtifact: { containerConfiguration: { containerUri: ARTIFACT(region.name, state.id) } },
    environmentVariables: { LOG_LEVEL: 'info', TOOLS_API_KEY: 'example-not-a-secret' },
    workloadIdentityDetails: {
      workloadIdentityArn: `arn:aws:bedrock-agentcore:${region.name}:${ACCOUNT_ID}:workload-identity-directory/default/workload-identity/${state.id}`,
    },
  };
}

export function runtimeSummary(state: AgentState, version: number, updatedAt: number, t: number) {
  const newest = version === state.deployedAt.length;
  return {
    agentRuntimeArn: state.arn,
    agentRuntimeId: state.id,
    agentRuntimeName: state.id.replace(/-[A-Za-z0-9]{10}$/, ''),
    agentRuntimeVersion: String(version),
    description: '',
    lastUpdatedAt: iso(updatedAt),
    status: newest && version > 1 && t < updatedAt + UPDATING_MS ? 'UPDATING' : 'READY',
  };
}

/** DEFAULT follows the newest version; every other endpoint stays on the first. */
export function endpointView(state: AgentState, name: string, t: number) {
  const follows = name === 'DEFAULT';
  const target = follows ? state.deployedAt.length : 1;
  const updatedAt = state.deployedAt[target - 1] ?? 0;
  const updating = target > 1 && t < updatedAt + UPDATING_MS;
  return {
    name,
    id: name,
    liveVersion: String(updating ? target - 1 : target),
    targetVersion: String(target),
    agentRuntimeEndpointArn: `${state.arn}/runtime-endpoint/${name}`,
    agentRuntimeArn: state.arn,
    status: updating ? 'UPDATING' : 'READY',
    createdAt: iso(state.deployedAt[0]),
    lastUpdatedAt: iso(updatedAt),
  };
}

/** DEFAULT is always there. */
export const endpointNames = (state: AgentState) => [...new Set(['DEFAULT', ...state.qualifiers])];

const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString();
