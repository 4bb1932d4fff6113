import type { JobCategory } from '../contract/names';
import { toHyperparameters } from '../jobs/to-hyperparameters';
import { type HyperparameterScalar, hyperparametersOf } from './hyperparameter';

/** A hyperparameter as a job runs with it. */
export interface EffectiveHyperparameter {
  name: string;
  /** Evaluation values are read out of their texts (`"[1, 2]"` is a list). An unknown name's value is as it came. */
  value: HyperparameterScalar | boolean | readonly unknown[];
  /** written: in the document. hub: default of the model's published recipe. docs: default of the documentation. */
  source: 'written' | 'hub' | 'docs';
  /** Not written in the document. */
  isDefault: boolean;
}

/**
 * What a job runs with: every hyperparameter its base model takes, in the order of the table, then names that the table
 * does not know, as they were written. `baseModel` is the HubContentName (`openai-reasoning-gpt-oss-20b`).
 */
export function effectiveHyperparameters(
  category: JobCategory,
  baseModel: string | undefined,
  document: Record<string, unknown> | undefined,
): EffectiveHyperparameter[] {
  const written = toHyperparameters(document);
  const known = hyperparametersOf(category, baseModel);
  const types = new Map(known.map(({ name, type }) => [name, type]));
  const values = Object.entries(written).map(([name, value]) => ({
    name,
    value: types.get(name) === 'string' ? value : readText(value),
    source: 'written' as const,
    isDefault: false,
  }));
  const byName = new Map(values.map((entry) => [entry.name, entry]));
  return [
    ...known.flatMap(({ name, default: preset }): EffectiveHyperparameter[] => {
      const own = byName.get(name);
      if (own) return [own];
      return preset ? [{ name, value: preset.value, source: preset.source, isDefault: true }] : [];
    }),
    ...values.filter(({ name }) => !types.has(name)),
  ];
}

/** Numbers and lists that came as texts, as evaluations send them; any other text stays what it is. */
function readText(value: EffectiveHyperparameter['value']): EffectiveHyperparameter['value'] {
  if (typeof value !== 'string') return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'number' || Array.isArray(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
