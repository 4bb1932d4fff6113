import type { JobCategory } from '../contract/names';
import { EVALUATION_HYPERPARAMETERS } from './evaluation-table';
import { TRAINING_HYPERPARAMETERS } from './training-table';

export type HyperparameterScalar = number | string | readonly number[];

export interface HyperparameterRange {
  min: number;
  max: number;
  /** `min` itself is not allowed. */
  minExclusive?: true;
}

interface ModelDifference {
  hubDefault?: number;
  choices?: readonly number[];
  range?: HyperparameterRange;
}

/**
 * One hyperparameter as AWS documents it. The documentation's table and the recipes that the hub publishes for each model
 * do not always agree on a default; a job runs by its model's recipe, so `hubDefault` wins where there is one.
 */
export interface Hyperparameter {
  /** The flat name on the wire. */
  name: string;
  group: HyperparameterGroup;
  type: 'integer' | 'float' | 'string' | 'integers';
  /** The default of the documentation's table; `hubDefault`: of the recipes of all models. */
  docsDefault?: HyperparameterScalar;
  hubDefault?: number;
  choices?: readonly (number | string)[];
  range?: HyperparameterRange;
  unit?: 'seconds';
  /** One sentence on what it does. */
  help: string;
  /** Where a base model differs, by its HubContentName. */
  perModel?: Readonly<Record<string, ModelDifference>>;
  /** Only the recipes of these models take it. */
  onlyModels?: readonly string[];
}

/** The groups in the order a person reads them; names are those of the recipes. */
export const HYPERPARAMETER_GROUPS = {
  batch: 'Batch',
  model: 'Optimizer and LoRA',
  rl: 'Policy objective',
  schedule: 'Schedule',
  sampling_params: 'Sampling',
  eval_sampling_params: 'Sampling',
  val_metrics_config: 'Validation metrics',
  eval_metrics_config: 'Metrics',
  rollout: 'Rollouts',
  async_config: 'Asynchrony',
} as const;
export type HyperparameterGroup = keyof typeof HYPERPARAMETER_GROUPS;

/** The table of a category. */
export const hyperparameterTable = (category: JobCategory): readonly Hyperparameter[] =>
  category === 'AgentRFT' ? TRAINING_HYPERPARAMETERS : EVALUATION_HYPERPARAMETERS;

/** A hyperparameter as one base model has it: its own choices, range and default in place of the general ones. */
export interface ModelHyperparameter extends Omit<Hyperparameter, 'perModel' | 'onlyModels' | 'hubDefault'> {
  /** What applies when a document does not write it, and where that is known from; absent where nobody says. */
  default?: { value: HyperparameterScalar; source: 'hub' | 'docs' };
}

/**
 * The hyperparameters that jobs of this base model take, in the order of the table. A model nobody has met (or none at
 * all) gets the general ranges, and those that belong to other models only are left out.
 */
export function hyperparametersOf(category: JobCategory, baseModel: string | undefined): ModelHyperparameter[] {
  return hyperparameterTable(category).flatMap((parameter) => {
    const { perModel, onlyModels, hubDefault, ...common } = parameter;
    if (onlyModels && !(baseModel !== undefined && onlyModels.includes(baseModel))) return [];
    const own = baseModel !== undefined && perModel && Object.hasOwn(perModel, baseModel) ? perModel[baseModel] : {};
    const hub = own?.hubDefault ?? hubDefault;
    const fallback = hub === undefined ? common.docsDefault : hub;
    return [
      {
        ...common,
        choices: own?.choices ?? common.choices,
        range: own?.range ?? common.range,
        ...(fallback === undefined
          ? {}
          : { default: { value: fallback, source: hub === undefined ? ('docs' as const) : ('hub' as const) } }),
      },
    ];
  });
}
