import { EVALUATION_HYPERPARAMETERS } from '../data/evaluation-hyperparameters';
import { type HyperParameter, TRAINING_HYPERPARAMETERS } from '../data/hyperparameters';
import type { JobCategory, Json, JsonObject } from './types';

/** Hyperparameters as a job runs with them: the ones sent, the rest from the model's recipe. */
export type Effective = ReadonlyMap<string, Json>;

/** Fills in what a document leaves out. Evaluation values may be strings holding JSON; they are read. */
export function effectiveHyperParameters(category: JobCategory, baseModel: string, sent: JsonObject): Effective {
  const table = category === 'AgentRFT' ? TRAINING_HYPERPARAMETERS : EVALUATION_HYPERPARAMETERS;
  const values = new Map<string, Json>();
  for (const parameter of table) {
    if (parameter.onlyModels && !parameter.onlyModels.includes(baseModel)) continue;
    const value = sent[parameter.name];
    const used = value === undefined ? defaultOf(parameter, baseModel) : readValue(parameter, value);
    if (used !== undefined) values.set(parameter.name, used);
  }
  return values;
}

/** A number among the effective hyperparameters; 0 when it is not there, which no caller's parameter allows. */
export function numberOf(values: Effective, name: string): number {
  const value = values.get(name);
  return typeof value === 'number' ? value : 0;
}

/** A list of whole numbers among the effective hyperparameters. */
export function numbersOf(values: Effective, name: string): number[] {
  const value = values.get(name);
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === 'number') : [];
}

/** The HyperParameters of a config document, whichever part holds them. */
export function sentHyperParameters(document: JsonObject): JsonObject {
  const part = asObject(document.TrainingConfig) ?? asObject(document.EvaluationConfig);
  return asObject(part?.HyperParameters) ?? {};
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

export function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function defaultOf(parameter: HyperParameter, baseModel: string): Json | undefined {
  const value = parameter.perModel?.[baseModel]?.default ?? parameter.default;
  return Array.isArray(value) ? [...value] : (value as Json | undefined);
}

function readValue(parameter: HyperParameter, value: Json): Json {
  if (typeof value !== 'string' || parameter.type === 'string') return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}
