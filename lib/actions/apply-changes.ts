import type { PlanChanges } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { asRecord, asRecords, asText } from '../jobs/parse-value';
import { removeJsonMember, setJsonMember } from './json-text';
import { toPlanSettings } from './to-plan-settings';

export interface GroupPlace {
  account: string;
  partition: string;
  region: string;
}

/** Where a category keeps base model and hyperparameters. */
export const sectionOf = (category: JobCategory) => (category === 'AgentRFT' ? 'TrainingConfig' : 'EvaluationConfig');

/**
 * The document with the changes put in, every other character as it was. Groups may be names: they become ARNs of
 * `place`. The role is no part of the document. Expects text that JSON.parse accepts as an object.
 */
export function applyChanges(text: string, category: JobCategory, changes: PlanChanges, place: GroupPlace): string {
  let result = text;
  const set = (path: string[], key: string, value: unknown) => {
    result = setMember(result, path, key, value);
  };
  for (const [name, value] of Object.entries(changes.hyperparameters ?? {})) {
    const path = parameterPath(result, category, name);
    if (value === null) result = removeJsonMember(result, path, name);
    // The API takes evaluation values as texts only (field reports).
    else set(path, name, category === 'AgentRFT' ? value : toText(value));
  }
  if (changes.data) set([], 'InputDataConfig', changedChannels(JSON.parse(result), changes.data));
  const agent = changes.agent ?? agentArn(JSON.parse(result));
  if (agent !== undefined && (changes.agent !== undefined || changes.agentQualifier !== undefined)) {
    set([], 'AgentConfig', agentConfig(agent, changes.agentQualifier ?? qualifierOf(JSON.parse(result))));
  }
  const group = (name: string) => (name.startsWith('arn:') ? name : groupArn(name, place));
  if (changes.outputGroup) set(['ModelPackageConfig'], 'OutputModelPackageGroupArn', group(changes.outputGroup));
  if (changes.intermediateGroup) {
    set(['ModelPackageConfig'], 'IntermediateCheckpointModelPackageGroupArn', group(changes.intermediateGroup));
  }
  if (changes.outputPath) set(['OutputDataConfig'], 'S3OutputPath', changes.outputPath);
  return result;
}

/** Sets a member and makes the objects on the way to it; something else in their place is left alone. */
export function setMember(text: string, path: readonly string[], key: string, value: unknown): string {
  const direct = setJsonMember(text, path, key, value);
  if (direct !== undefined) return direct;
  const last = path.at(-1);
  if (last === undefined) return text;
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => asRecord(at)?.[step], JSON.parse(text));
  if (asRecord(parent)?.[last] !== undefined) return text;
  return setMember(text, path.slice(0, -1), last, { [key]: value });
}

const toText = (value: string | number | number[]) => (typeof value === 'string' ? value : JSON.stringify(value));

const groupArn = (name: string, { partition, region, account }: GroupPlace) =>
  `arn:${partition}:sagemaker:${region}:${account}:model-package-group/${name}`;

/** Where the parent writes this parameter: flat, or in one of the nested sections of the AWS docs. */
function parameterPath(text: string, category: JobCategory, name: string): string[] {
  const base = [sectionOf(category), 'HyperParameters'];
  const map = asRecord(asRecord(asRecord(JSON.parse(text))?.[base[0] ?? ''])?.HyperParameters);
  if (!map || name in map) return base;
  const section = Object.keys(map).find((key) => asRecord(map[key])?.[name] !== undefined);
  return section === undefined ? base : [...base, section];
}

function changedChannels(document: unknown, data: NonNullable<PlanChanges['data']>): unknown[] {
  const before = asRecords(asRecord(document)?.InputDataConfig);
  const kept = before.flatMap((channel) => {
    const change = data[asText(channel.ChannelName) ?? ''];
    if (change === null) return [];
    return [change === undefined ? channel : { ...channel, DataSource: toDataSource(change) }];
  });
  const known = new Set(before.map(({ ChannelName }) => ChannelName));
  const added = Object.entries(data).flatMap(([name, source]) =>
    known.has(name) || source === null ? [] : [{ ChannelName: name, DataSource: toDataSource(source) }],
  );
  return [...kept, ...added];
}

/** An S3 address or the ARN of a data set, as the document writes it (AWS docs). */
export const toDataSource = (source: string) =>
  source.startsWith('arn:')
    ? { DatasetSource: { DatasetArn: source } }
    : { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: source } };

const LAMBDA_ARN = /^arn:[^:]*:lambda:/;

/** AgentConfig of an agent's ARN; the endpoint only belongs to an AgentCore runtime. */
function agentConfig(arn: string, qualifier: string | undefined) {
  if (LAMBDA_ARN.test(arn)) return { CustomAgentLambdaConfig: { LambdaArn: arn } };
  return { BedrockAgentCoreConfig: { AgentRuntimeArn: arn, ...(qualifier ? { Qualifier: qualifier } : {}) } };
}

const agentArn = (document: unknown) => toPlanSettings(document).agent;
const qualifierOf = (document: unknown) => toPlanSettings(document).agentQualifier;
