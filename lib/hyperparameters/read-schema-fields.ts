import { asRecord, asRecords, asText } from '../jobs/parse-value';

/** What the service's own JSON Schema says of one hyperparameter; all of it may be missing. */
export interface SchemaField {
  title?: string;
  help?: string;
  type?: 'integer' | 'float' | 'string' | 'integers';
  choices?: (number | string)[];
  min?: number;
  max?: number;
  minExclusive?: boolean;
  default?: unknown;
}

/**
 * The hyperparameters that a config document's JSON Schema lists under `section` (TrainingConfig, EvaluationConfig), in its
 * order, with the rules it adds for this base model (`if` a pattern of BaseModelArn, `then` other limits; `false`: this
 * model has none of that name). Undefined when the schema lists none: its shape is not documented, so nothing is assumed.
 */
export function readSchemaFields(
  schema: unknown,
  section: string,
  baseModelArn: string | undefined,
): Map<string, SchemaField> | undefined {
  const part = asRecord(asRecord(asRecord(schema)?.properties)?.[section]);
  const properties = parametersOf(part);
  if (!properties) return undefined;
  const fields = new Map<string, SchemaField>();
  const rules = asRecords(part?.allOf).flatMap((rule) =>
    applies(rule, baseModelArn) ? [parametersOf(asRecord(rule.then))] : [],
  );
  for (const [name, own] of Object.entries(properties)) {
    const narrowed = rules.map((rule) => rule?.[name]);
    if (own === false || narrowed.includes(false)) continue;
    const merged = Object.assign({}, ...[own, ...narrowed].map(asRecord)) as Record<string, unknown>;
    fields.set(name, toField(merged));
  }
  return fields;
}

const parametersOf = (part: Record<string, unknown> | undefined) =>
  asRecord(asRecord(asRecord(part?.properties)?.HyperParameters)?.properties);

function applies(rule: Record<string, unknown>, baseModelArn: string | undefined): boolean {
  const pattern = asText(asRecord(asRecord(asRecord(rule.if)?.properties)?.BaseModelArn)?.pattern);
  // Another kind of rule is not understood; the service checks it all the same.
  if (pattern === undefined || pattern.length > 300 || baseModelArn === undefined) return false;
  try {
    return new RegExp(pattern).test(baseModelArn);
  } catch {
    return false;
  }
}

function toField(own: Record<string, unknown>): SchemaField {
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const exclusive = number(own.exclusiveMinimum);
  const choices = Array.isArray(own.enum)
    ? own.enum.filter((each): each is number | string => typeof each === 'number' || typeof each === 'string')
    : undefined;
  return {
    title: asText(own.title),
    help: asText(own.description),
    type: toType(own.type),
    choices: choices && choices.length > 0 ? choices : undefined,
    min: exclusive ?? number(own.minimum),
    max: number(own.maximum),
    ...(exclusive === undefined ? {} : { minExclusive: true }),
    default: own.default,
  };
}

function toType(type: unknown): SchemaField['type'] {
  if (type === 'integer' || type === 'string') return type;
  if (type === 'number') return 'float';
  return type === 'array' ? 'integers' : undefined;
}
