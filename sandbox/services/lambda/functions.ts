import { createHash } from 'node:crypto';
import { AwsError } from '../../protocol/aws-error';
import { type AgentState, agentRoleArn, agentsAt, timeoutOf } from '../../world/agents';
import type { RegionWorld } from '../../world/world';

/** A function that is there, and the version a request means. */
export interface CalledFunction {
  state: AgentState;
  qualifier: string | undefined;
  version: string;
}

const NAME =
  /^(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:(\d{12}):function:)?(?:\d{12}:)?([A-Za-z0-9_-]{1,140})(?::([A-Za-z0-9_$-]+))?$/;

/** By name, name and qualifier, or ARN. Throws ResourceNotFoundException (model). */
export function findFunction(
  region: RegionWorld,
  nameOrArn: string,
  query: URLSearchParams,
  t: number,
): CalledFunction {
  const [, , name = '', inName] = NAME.exec(nameOrArn) ?? [];
  if (name === '') {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${nameOrArn.slice(0, 140)}' at 'functionName' failed to satisfy constraint`,
    );
  }
  const qualifier = query.get('Qualifier') ?? inName;
  const state = agentsAt(region, 'function', t).find((candidate) => candidate.id === name);
  const known = state && (qualifier === undefined || ['$LATEST', ...state.qualifiers].includes(qualifier));
  if (!state || !known) {
    const arn = `arn:aws:lambda:${region.name}:123456789012:function:${name}${qualifier ? `:${qualifier}` : ''}`;
    throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  }
  const latest = qualifier === undefined || qualifier === '$LATEST';
  return { state, qualifier, version: latest ? '$LATEST' : String(11 + state.deployedAt.length) };
}

/** What GetFunctionConfiguration says. LastModified is a text in Lambda's own form (model). */
export function configurationOf(region: RegionWorld, { state, qualifier, version }: CalledFunction) {
  const deployedAt = state.deployedAt.at(-1) ?? 0;
  return {
    FunctionName: state.id,
    FunctionArn: qualifier === undefined ? state.arn : `${state.arn}:${qualifier}`,
    Runtime: 'python3.12',
    Role: agentRoleArn(state.id),
    Handler: 'handler.handler',
    CodeSize: 48_211,
    Description: 'Forwards rollouts to the agent',
    Timeout: timeoutOf(region, state.id),
    MemorySize: 256,
    LastModified: new Date(deployedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: createHash('sha256').update(`${state.id}/${state.deployedAt.length}`).digest('base64'),
    Version: version,
    Environment: { Variables: { AGENT_URL: 'https://agent.example.com', AGENT_TOKEN: 'example-not-a-secret' } },
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${state.id}` },
  };
}
