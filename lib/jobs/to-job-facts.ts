import { parseGroupName } from '../checkpoints/package-arn';
import type { JobDetail, Tokens } from '../contract/jobs';
import { asCount, asRecord, asRecords, asText } from './parse-value';
import { type RawProgress, toRawProgress } from './progress';
import { toHyperparameters } from './to-hyperparameters';
import { toMlflow } from './to-mlflow';
import { type NamedPackage, toNamedPackages } from './to-named-packages';

/** What Cairn takes out of a config document. Everything may be missing. */
export interface JobFacts {
  /** Hub content name of the base model, or the text that stood in its place. */
  baseModel?: string;
  /** S3 address or dataset ARN of the `train` (or `evaluation`) channel, else of the first. */
  dataset?: string;
  outputGroup?: string;
  intermediateGroup?: string;
  inputPackageArn?: string;
  outputPackageArn?: string;
  /** Where the job writes: OutputDataConfig.S3OutputPath. */
  outputPath?: string;
  mlflow?: JobDetail['mlflow'];
  tokens?: Tokens;
  progress?: RawProgress;
  /** Packages that the service's own part of the document names. */
  named: NamedPackage[];
  /** `save_every`, where the request carries it. */
  saveEvery?: number;
}

/** Reads an opened config document. Never throws; a field of the wrong type is a missing field. */
export function toJobFacts(document: Record<string, unknown> | undefined): JobFacts {
  const packages = asRecord(document?.ModelPackageConfig);
  const output = asRecord(document?.ServiceOutput);
  const group = (key: string) => {
    const text = asText(packages?.[key]);
    return text ? parseGroupName(text) : undefined;
  };
  return {
    baseModel: toBaseModel(document),
    dataset: toDataset(document),
    outputGroup: group('OutputModelPackageGroupArn'),
    intermediateGroup: group('IntermediateCheckpointModelPackageGroupArn'),
    inputPackageArn: asText(packages?.InputModelPackageArn),
    outputPackageArn: asText(output?.OutputModelPackageArn),
    outputPath: asText(asRecord(document?.OutputDataConfig)?.S3OutputPath),
    mlflow: toMlflow(document),
    tokens: toTokens(output),
    progress: toRawProgress(output),
    named: toNamedPackages(output),
    saveEvery: asCount(toHyperparameters(document).save_every),
  };
}

const HUB_MODEL = /^arn:[^:]*:sagemaker:[^:]*:[^:]*:hub-content\/[^/]+\/Model\/([^/]+)/;

function toBaseModel(document: Record<string, unknown> | undefined): string | undefined {
  const arn =
    asText(asRecord(document?.TrainingConfig)?.BaseModelArn) ??
    asText(asRecord(document?.EvaluationConfig)?.BaseModelArn);
  return arn === undefined ? undefined : (HUB_MODEL.exec(arn)?.[1] ?? arn);
}

function toDataset(document: Record<string, unknown> | undefined): string | undefined {
  const channels = asRecords(document?.InputDataConfig);
  const main =
    channels.find(({ ChannelName }) => ChannelName === 'train') ??
    channels.find(({ ChannelName }) => ChannelName === 'evaluation') ??
    channels[0];
  const source = asRecord(main?.DataSource);
  return asText(asRecord(source?.S3DataSource)?.S3Uri) ?? asText(asRecord(source?.DatasetSource)?.DatasetArn);
}

function toTokens(output: Record<string, unknown> | undefined): Tokens | undefined {
  const usage = asRecord(output?.BillableTokenUsage);
  const tokens = {
    train: asCount(usage?.TrainTokenCount),
    prefill: asCount(usage?.PrefillTokenCount),
    sample: asCount(usage?.SampleTokenCount),
  };
  return Object.values(tokens).some((count) => count !== undefined) ? tokens : undefined;
}
