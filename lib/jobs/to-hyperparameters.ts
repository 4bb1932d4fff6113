import { asRecord } from './parse-value';

/** One hyperparameter as it was sent. */
export type HyperparameterValue = string | number | boolean | unknown[];

/** Only what differs from the model's defaults is in a document (SDK source): an absent name is not a zero. */
export type Hyperparameters = Record<string, HyperparameterValue>;

const SECTIONS_DEEP = 3;

/**
 * The hyperparameters of a training or evaluation document as one flat map. Read are the flat map of native values, the
 * flat map of texts, and the nested map of the AWS docs; of a nested path only the last name is kept.
 */
export function toHyperparameters(document: Record<string, unknown> | undefined): Hyperparameters {
  const section = asRecord(document?.TrainingConfig) ?? asRecord(document?.EvaluationConfig);
  const found = new Map<string, HyperparameterValue>();
  collect(asRecord(section?.HyperParameters) ?? {}, found, 0);
  // Not by assignment: a parameter may be called `__proto__` like any other.
  return Object.fromEntries(found);
}

function collect(map: Record<string, unknown>, found: Map<string, HyperparameterValue>, depth: number) {
  for (const [name, value] of Object.entries(map)) {
    const nested = asRecord(value);
    if (nested && depth < SECTIONS_DEEP) collect(nested, found, depth + 1);
    else if (Array.isArray(value) || ['string', 'number', 'boolean'].includes(typeof value)) {
      found.set(name, value as HyperparameterValue);
    }
  }
}
