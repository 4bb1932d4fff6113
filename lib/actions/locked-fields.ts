import type { PlanResponse } from '../contract/actions';
import type { JobRequest } from './build-resume-request';

export type LockedField = PlanResponse['locked'][number];

const SAME_RUN = 'AWS resumes only with the same base model, LoRA, hyperparameters and data as the parent.';
const REPEATED = 'Resume repeats the parent’s request unchanged, so that the run goes on as one.';
const DEFAULT = 'service default';

type Json = Record<string, unknown>;

/**
 * What a resume keeps as it was, each with the reason: first what AWS itself insists on (AWS docs: base model, LoRA rank
 * and alpha, hyperparameters, data set), then what Cairn repeats because resume changes nothing else.
 */
export function lockedFields(request: JobRequest): LockedField[] {
  const document = parseObject(request.JobConfigDocument);
  const training = child(document, 'TrainingConfig');
  const parameters = child(training, 'HyperParameters');
  const field = (path: string, label: string, value: unknown, reason: string): LockedField[] =>
    value === undefined ? [] : [{ path, label, value: show(value), reason }];
  const inDocument = (path: string) => `JobConfigDocument.${path}`;
  const parameterPath = (name: string) => inDocument(`TrainingConfig.HyperParameters.${name}`);
  const others = Object.entries(parameters).filter(([name]) => name !== 'lora_rank' && name !== 'lora_alpha');
  return [
    ...field(inDocument('TrainingConfig.BaseModelArn'), 'Base model', training.BaseModelArn, SAME_RUN),
    ...field(parameterPath('lora_rank'), 'LoRA rank', parameters.lora_rank ?? DEFAULT, SAME_RUN),
    ...field(parameterPath('lora_alpha'), 'LoRA alpha', parameters.lora_alpha ?? DEFAULT, SAME_RUN),
    ...others.flatMap(([name, value]) => field(parameterPath(name), name, value, SAME_RUN)),
    ...channels(document).flatMap(({ name, source, index }) =>
      field(inDocument(`InputDataConfig.${index}`), `Data: ${name}`, source, SAME_RUN),
    ),
    ...field(inDocument('AgentConfig'), 'Agent', agentOf(child(document, 'AgentConfig')), REPEATED),
    ...field('RoleArn', 'Execution role', request.RoleArn, REPEATED),
    ...groupFields(child(document, 'ModelPackageConfig')),
    ...field(inDocument('OutputDataConfig'), 'Output', child(document, 'OutputDataConfig').S3OutputPath, REPEATED),
    ...mlflowFields(document),
    ...field(inDocument('VpcConfig'), 'VPC', document.VpcConfig, REPEATED),
    ...field('JobConfigSchemaVersion', 'Schema version', request.JobConfigSchemaVersion, REPEATED),
  ];
}

const GROUPS = [
  ['OutputModelPackageGroupArn', 'Output group'],
  ['IntermediateCheckpointModelPackageGroupArn', 'Intermediate group'],
] as const;

function groupFields(config: Json): LockedField[] {
  return GROUPS.flatMap(([key, label]) => {
    const value = config[key];
    if (value === undefined) return [];
    return [{ path: `JobConfigDocument.ModelPackageConfig.${key}`, label, value: show(value), reason: REPEATED }];
  });
}

/** MlflowConfig is written in one of two places: the docs name OutputDataConfig, the Python SDK writes TrainingConfig. */
function mlflowFields(document: Json): LockedField[] {
  return ['OutputDataConfig', 'TrainingConfig'].flatMap((place) => {
    const config = child(child(document, place), 'MlflowConfig');
    const value = [config.MlflowExperimentName, config.MlflowRunName].filter((part) => typeof part === 'string');
    if (value.length === 0) return [];
    const path = `JobConfigDocument.${place}.MlflowConfig`;
    return [{ path, label: 'MLflow run', value: value.join(' / '), reason: REPEATED }];
  });
}

function channels(document: Json): { name: string; source: unknown; index: number }[] {
  if (!Array.isArray(document.InputDataConfig)) return [];
  return document.InputDataConfig.map((channel: unknown, index) => {
    const entry = asObject(channel);
    const source = child(entry, 'DataSource');
    return {
      name: typeof entry.ChannelName === 'string' ? entry.ChannelName : String(index),
      source: child(source, 'S3DataSource').S3Uri ?? child(source, 'DatasetSource').DatasetArn ?? entry.DataSource,
      index,
    };
  });
}

function agentOf(config: Json): unknown {
  const runtime = child(config, 'BedrockAgentCoreConfig');
  if (typeof runtime.AgentRuntimeArn === 'string') {
    return typeof runtime.Qualifier === 'string'
      ? `${runtime.AgentRuntimeArn} (${runtime.Qualifier})`
      : runtime.AgentRuntimeArn;
  }
  return child(config, 'CustomAgentLambdaConfig').LambdaArn ?? (Object.keys(config).length > 0 ? config : undefined);
}

const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

const child = (parent: Json, key: string): Json => asObject(parent[key]);

function parseObject(text: string): Json {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}
