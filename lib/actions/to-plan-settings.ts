import type { PlanSettings } from '../contract/actions';
import { asRecord, asRecords, asText } from '../jobs/parse-value';

/** What a form shows beside the hyperparameters, out of an opened config document. A field of the wrong type is missing. */
export function toPlanSettings(document: unknown): PlanSettings {
  const config = asRecord(document);
  const packages = asRecord(config?.ModelPackageConfig);
  const agent = asRecord(config?.AgentConfig);
  const runtime = asRecord(agent?.BedrockAgentCoreConfig);
  return {
    data: asRecords(config?.InputDataConfig).flatMap((channel) => {
      const name = asText(channel.ChannelName);
      const from = asRecord(channel.DataSource);
      const source = asText(asRecord(from?.S3DataSource)?.S3Uri) ?? asText(asRecord(from?.DatasetSource)?.DatasetArn);
      return name && source ? [{ channel: name, source }] : [];
    }),
    agent: asText(runtime?.AgentRuntimeArn) ?? asText(asRecord(agent?.CustomAgentLambdaConfig)?.LambdaArn),
    agentQualifier: asText(runtime?.Qualifier),
    outputGroup: asText(packages?.OutputModelPackageGroupArn),
    intermediateGroup: asText(packages?.IntermediateCheckpointModelPackageGroupArn),
    outputPath: asText(asRecord(config?.OutputDataConfig)?.S3OutputPath),
  };
}
