import { asRecord, asText } from '../jobs/parse-value';
import { type Hyperparameters, toHyperparameters } from '../jobs/to-hyperparameters';

/** One value of a config document under its nested path, as text. */
export interface ConfigEntry {
  path: string;
  value: string;
  isDefault: boolean;
}

/** A hyperparameter as a job runs with it, written in its document or not. */
export interface EffectiveValue {
  name: string;
  value: unknown;
  isDefault: boolean;
}

const MOST_ENTRIES = 2_000;
const MAX_CHARS = 2_000;

/**
 * A config document as nested paths and texts, without what the service added. Channels go by their name and not by
 * their place; hyperparameters by their own name whatever form they were sent in, and `effective` ones with their
 * defaults when they are known.
 */
export function flattenConfig(
  document: Record<string, unknown> | undefined,
  effective?: readonly EffectiveValue[],
): ConfigEntry[] {
  if (!document) return [];
  const { ServiceOutput: _, ...sent } = document;
  const entries: ConfigEntry[] = [];
  for (const [key, value] of Object.entries(sent)) {
    const config = asRecord(value);
    if (config?.HyperParameters === undefined || (key !== 'TrainingConfig' && key !== 'EvaluationConfig')) {
      walk(key, value, entries);
      continue;
    }
    const { HyperParameters: __, ...rest } = config;
    walk(key, rest, entries);
  }
  const section = asRecord(sent.TrainingConfig) ? 'TrainingConfig' : 'EvaluationConfig';
  for (const { name, value, isDefault } of effective ?? written(toHyperparameters(document))) {
    entries.push({ path: `${section}.HyperParameters.${name}`, value: toText(value), isDefault });
  }
  return entries.slice(0, MOST_ENTRIES);
}

const written = (values: Hyperparameters): EffectiveValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, isDefault: false }));

function walk(path: string, value: unknown, entries: ConfigEntry[]): void {
  if (entries.length >= MOST_ENTRIES || value === undefined) return;
  if (Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null)) {
    value.forEach((item, i) => {
      walk(`${path}[${asText(asRecord(item)?.ChannelName) ?? i}]`, item, entries);
    });
    return;
  }
  const record = asRecord(value);
  if (!record) {
    entries.push({ path, value: toText(value), isDefault: false });
    return;
  }
  for (const [key, inner] of Object.entries(record)) walk(`${path}.${key}`, inner, entries);
}

const toText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_CHARS);

/** Names and places of outputs and runs: they differ from job to job and say nothing of how it trained. */
const ADDRESSES = /^(ModelPackageConfig|OutputDataConfig)\b|(^|\.)MlflowConfig\.|\.ChannelName$/;

/** The paths in which two documents differ, without names and places of outputs. */
export function changedPaths(before: readonly ConfigEntry[], after: readonly ConfigEntry[]): string[] {
  const left = new Map(before.map(({ path, value }) => [path, value]));
  const right = new Map(after.map(({ path, value }) => [path, value]));
  return [...new Set([...left.keys(), ...right.keys()])].filter(
    (path) => !ADDRESSES.test(path) && left.get(path) !== right.get(path),
  );
}
