import { asRecord, asRecords } from '../jobs/parse-value';

/**
 * The document of an evaluation with the agent, data, output and network of a training job. Its data is the validation
 * channel where there is one, else the training channel; MLflow stands in OutputDataConfig (AWS docs); hyperparameters are
 * left to their defaults, because those of a training do not mean the same.
 */
export function evaluationDocument(training: Record<string, unknown>): string {
  const channels = asRecords(training.InputDataConfig);
  const data =
    channels.find(({ ChannelName }) => ChannelName === 'validation') ??
    channels.find(({ ChannelName }) => ChannelName === 'train') ??
    channels[0];
  const config = asRecord(training.TrainingConfig);
  const output = asRecord(training.OutputDataConfig);
  const mlflow = output?.MlflowConfig ?? config?.MlflowConfig;
  return JSON.stringify({
    AgentConfig: training.AgentConfig,
    InputDataConfig: data ? [{ ChannelName: 'evaluation', DataSource: data.DataSource }] : [],
    OutputDataConfig: { ...output, ...(mlflow === undefined ? {} : { MlflowConfig: mlflow }) },
    EvaluationConfig: { BaseModelArn: config?.BaseModelArn, AcceptEula: config?.AcceptEula, HyperParameters: {} },
    VpcConfig: training.VpcConfig,
  });
}
