import type { FormField } from '../contract/actions';
import type { JobCategory } from '../contract/names';
import { parseConfigDocument } from '../jobs/parse-config-document';
import { toHyperparameters } from '../jobs/to-hyperparameters';
import { HYPERPARAMETER_GROUPS, hyperparametersOf, type ModelHyperparameter } from './hyperparameter';
import { readSchemaFields, type SchemaField } from './read-schema-fields';

interface FormInput {
  category: JobCategory;
  baseModel?: string;
  baseModelArn?: string;
  /** The service's JSON Schema, opened; absent when AWS did not tell it. */
  schema?: unknown;
  /** Texts of the config documents. */
  document: string;
  parentDocument?: string;
}

/**
 * The hyperparameters of a form. Which there are and their limits: the service's schema where it could be read, else
 * Cairn's table. Unit, group and the default that really applies: the table, because a schema tells one default for all
 * models. A value that is written and that neither knows has a field too.
 */
export function formFields(input: FormInput): FormField[] {
  const { category, baseModel } = input;
  const section = category === 'AgentRFT' ? 'TrainingConfig' : 'EvaluationConfig';
  const listed = readSchemaFields(input.schema, section, input.baseModelArn);
  const table = new Map(hyperparametersOf(category, baseModel).map((entry) => [entry.name, entry]));
  const written = toHyperparameters(parseConfigDocument(input.document).parsed);
  const before = toHyperparameters(parseConfigDocument(input.parentDocument).parsed);
  // In the order of the table: a person reads batch before timeouts, whatever the order of the schema.
  const known = listed
    ? [
        ...[...table.keys()].filter((name) => listed.has(name)),
        ...[...listed.keys()].filter((name) => !table.has(name)),
      ]
    : [...table.keys()];
  const strange = [...new Set([...Object.keys(written), ...Object.keys(before)])].filter(
    (name) => !known.includes(name),
  );
  return [...known, ...strange].map((name) => ({
    ...toField(name, table.get(name), listed?.get(name)),
    ...(name in before ? { parentValue: before[name] } : {}),
    ...(name in written ? { value: written[name] } : {}),
  }));
}

function toField(name: string, own: ModelHyperparameter | undefined, listed: SchemaField | undefined): FormField {
  const limits = listed ?? { choices: own?.choices && [...own.choices], ...own?.range };
  const preset =
    own?.default ?? (listed?.default === undefined ? undefined : { value: listed.default, source: 'schema' as const });
  return {
    name,
    title: listed?.title ?? titleOf(name),
    group: own ? HYPERPARAMETER_GROUPS[own.group] : 'Other',
    // Evaluations send texts, so their schema says string for everything.
    type: own?.type ?? listed?.type ?? 'string',
    help: own?.help ?? listed?.help,
    unit: own?.unit,
    choices: limits.choices ?? (own?.choices && [...own.choices]),
    min: limits.min ?? own?.range?.min,
    max: limits.max ?? own?.range?.max,
    minExclusive: limits.minExclusive ?? own?.range?.minExclusive,
    default: preset,
  };
}

function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
