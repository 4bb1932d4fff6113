import { BASE_MODELS } from '../../../data/base-models';
import { EVALUATION_HYPERPARAMETERS } from '../../../data/evaluation-hyperparameters';
import { type HyperParameter, TRAINING_HYPERPARAMETERS } from '../../../data/hyperparameters';
import type { JsonObject } from '../../../world/types';

/** The HyperParameters of a training job: flat, native JSON types (AWS docs). */
export function trainingHyperParameterSchema(leaveOut: readonly string[] = []): JsonObject {
  const table = TRAINING_HYPERPARAMETERS.filter((parameter) => !leaveOut.includes(parameter.name));
  return {
    type: 'object',
    title: 'Hyperparameters',
    description: 'Only values that differ from the recipe of the base model need to be given.',
    additionalProperties: false,
    properties: Object.fromEntries(table.map((parameter) => [parameter.name, nativeSchema(parameter)])),
  };
}

/** The HyperParameters of an evaluation: flat, every value a text (field reports). Ranges are checked beside the schema. */
export function evaluationHyperParameterSchema(): JsonObject {
  const entries = EVALUATION_HYPERPARAMETERS.map((parameter) => [parameter.name, textSchema(parameter)] as const);
  return {
    type: 'object',
    title: 'Hyperparameters',
    description: 'Values are texts; lists are JSON in a text.',
    additionalProperties: false,
    properties: Object.fromEntries(entries),
  };
}

/** For each base model that differs: what its hyperparameters are limited to, and which it does not have. */
export function perModelHyperParameterRules(): JsonObject[] {
  return BASE_MODELS.flatMap((model) => {
    const properties: JsonObject = {};
    for (const parameter of TRAINING_HYPERPARAMETERS) {
      if (parameter.onlyModels && !parameter.onlyModels.includes(model.hubContentName)) {
        properties[parameter.name] = false;
        continue;
      }
      const own = parameter.perModel?.[model.hubContentName];
      const rule: JsonObject = {
        ...(own?.choices && { enum: [...own.choices] }),
        ...(own?.range && { minimum: own.range.min, maximum: own.range.max }),
        ...(!own?.choices && parameter.perModel && parameter.choices && { enum: [...parameter.choices] }),
        ...(own?.default !== undefined && { default: own.default }),
      };
      if (Object.keys(rule).length > 0) properties[parameter.name] = rule;
    }
    if (Object.keys(properties).length === 0) return [];
    const isModel = { type: 'string', pattern: `/Model/${model.hubContentName}(/|$)` };
    return [
      {
        if: { properties: { BaseModelArn: isModel }, required: ['BaseModelArn'] },
        // biome-ignore lint/suspicious/noThenProperty: `then` is a JSON Schema keyword here, this object is never awaited
        then: { properties: { HyperParameters: { properties } } },
      },
    ];
  });
}

function nativeSchema(parameter: HyperParameter): JsonObject {
  const description = { title: titleOf(parameter), description: helpFor(parameter) };
  const preset: JsonObject = parameter.default === undefined ? {} : { default: toJson(parameter.default) };
  if (parameter.type === 'array<integer>') {
    return {
      type: 'array',
      items: { type: 'integer', minimum: 1 },
      minItems: 1,
      maxItems: 16,
      ...description,
      ...preset,
    };
  }
  const type = parameter.type === 'float' ? 'number' : parameter.type;
  const choices = allChoices(parameter);
  return {
    type,
    ...description,
    ...preset,
    ...(choices.length > 0 && { enum: choices }),
    ...(parameter.range && {
      [parameter.range.minExclusive ? 'exclusiveMinimum' : 'minimum']: parameter.range.min,
      maximum: parameter.range.max,
    }),
  };
}

/** What any model allows; the rules per model narrow it. */
function allChoices(parameter: HyperParameter): Array<number | string> {
  const perModel = Object.values(parameter.perModel ?? {}).flatMap((own) => own.choices ?? []);
  const numbers = [...new Set([...(parameter.choices ?? []), ...perModel])];
  return perModel.length > 0 ? numbers.sort((a, b) => Number(a) - Number(b)) : numbers;
}

const TEXT_PATTERN = {
  integer: '^-?[0-9]+$',
  float: '^-?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?$',
  string: '^.+$',
  'array<integer>': '^\\[\\s*[0-9]+(\\s*,\\s*[0-9]+)*\\s*\\]$',
} as const;

function textSchema(parameter: HyperParameter): JsonObject {
  const preset: JsonObject = parameter.default === undefined ? {} : { default: JSON.stringify(parameter.default) };
  return {
    type: 'string',
    title: titleOf(parameter),
    description: helpFor(parameter),
    pattern: TEXT_PATTERN[parameter.type],
    ...preset,
  };
}

function titleOf(parameter: HyperParameter): string {
  const words = parameter.name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function helpFor(parameter: HyperParameter): string {
  const { range } = parameter;
  const limits = range
    ? ` ${range.minExclusive ? 'More than' : 'From'} ${range.min} ${range.minExclusive ? 'up' : ''}to ${range.max}.`
    : '';
  return `${parameter.description}${limits.replace('  ', ' ')}`;
}

function toJson(value: NonNullable<HyperParameter['default']>) {
  return typeof value === 'object' ? [...value] : value;
}
