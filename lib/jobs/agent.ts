/** The agent a job's config document names. */
export type JobAgent =
  | { kind: 'agentcore'; arn: string; runtimeId: string; qualifier: string; logGroup: string }
  | { kind: 'lambda'; arn: string; name: string; qualifier?: string; logGroup: string }
  | { kind: 'unknown' };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const RUNTIME = /:runtime\/([A-Za-z][A-Za-z0-9_]{0,99}-[A-Za-z0-9]{10})$/;
const FUNCTION = /:function:([A-Za-z0-9_-]{1,140})(?::([A-Za-z0-9_$-]{1,128}))?$/;

/**
 * Reads AgentConfig (AWS docs: exactly one of BedrockAgentCoreConfig and CustomAgentLambdaConfig). The log groups are the
 * ones AgentCore and Lambda write to by default; a function may have been given another.
 */
export function readJobAgent(document: Record<string, unknown> | undefined): JobAgent {
  const config = record(document?.AgentConfig);
  const core = record(config.BedrockAgentCoreConfig);
  const arn = String(core.AgentRuntimeArn ?? '');
  const runtimeId = RUNTIME.exec(arn)?.[1];
  if (runtimeId) {
    const qualifier = typeof core.Qualifier === 'string' && core.Qualifier !== '' ? core.Qualifier : 'DEFAULT';
    return {
      kind: 'agentcore',
      arn,
      runtimeId,
      qualifier,
      logGroup: `/aws/bedrock-agentcore/runtimes/${runtimeId}-${qualifier}`,
    };
  }
  const lambdaArn = String(record(config.CustomAgentLambdaConfig).LambdaArn ?? '');
  const [, name, qualifier] = FUNCTION.exec(lambdaArn) ?? [];
  if (!name) return { kind: 'unknown' };
  return { kind: 'lambda', arn: lambdaArn, name, ...(qualifier && { qualifier }), logGroup: `/aws/lambda/${name}` };
}
