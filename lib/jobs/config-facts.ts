/** What the job page names out of a config document. The document is open: every key may be missing or of another shape. */

export interface AgentFact {
  /** `AgentCore runtime`, `Lambda function`, or the variant's own key where it is a new one. */
  kind: string;
  arn?: string;
  qualifier?: string;
}

export interface DatasetFact {
  channel: string;
  /** An S3 location or a dataset ARN. */
  location?: string;
}

export interface ConfigFacts {
  agent?: AgentFact;
  datasets: DatasetFact[];
  outputPath?: string;
  kmsKeyArn?: string;
  maxRuntimeSeconds?: number;
}

type Document = Record<string, unknown>;

/** Reads agent, datasets and output of a parsed document (keys: AWS docs and SDK source). Odd shapes are left out. */
export function configFacts(parsed: Document | undefined): ConfigFacts {
  const agent = agentOf(record(parsed?.AgentConfig));
  const output = record(parsed?.OutputDataConfig);
  const outputPath = text(output?.S3OutputPath);
  const kmsKeyArn = text(output?.KmsKeyArn);
  const maxRuntime = record(parsed?.StoppingCondition)?.MaxRuntimeInSeconds;
  return {
    ...(agent ? { agent } : {}),
    datasets: datasetsOf(parsed?.InputDataConfig),
    ...(outputPath ? { outputPath } : {}),
    ...(kmsKeyArn ? { kmsKeyArn } : {}),
    ...(typeof maxRuntime === 'number' ? { maxRuntimeSeconds: maxRuntime } : {}),
  };
}

function agentOf(config: Document | undefined): AgentFact | undefined {
  if (!config) return undefined;
  const core = record(config.BedrockAgentCoreConfig);
  if (core) return agentFact('AgentCore runtime', text(core.AgentRuntimeArn), text(core.Qualifier));
  const lambda = record(config.CustomAgentLambdaConfig);
  if (lambda) return agentFact('Lambda function', text(lambda.LambdaArn));
  const [variant] = Object.keys(config);
  if (variant === undefined) return undefined;
  const values = Object.values(record(config[variant]) ?? {});
  return agentFact(
    variant,
    values.find((value) => typeof value === 'string' && value.startsWith('arn:')) as string | undefined,
  );
}

function agentFact(kind: string, arn?: string, qualifier?: string): AgentFact {
  return { kind, ...(arn ? { arn } : {}), ...(qualifier ? { qualifier } : {}) };
}

function datasetsOf(list: unknown): DatasetFact[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index): DatasetFact[] => {
    const channel = record(entry);
    if (!channel) return [];
    const source = record(channel.DataSource);
    const location = text(record(source?.S3DataSource)?.S3Uri) ?? text(record(source?.DatasetSource)?.DatasetArn);
    return [{ channel: text(channel.ChannelName) ?? `channel ${index + 1}`, ...(location ? { location } : {}) }];
  });
}

function record(value: unknown): Document | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
