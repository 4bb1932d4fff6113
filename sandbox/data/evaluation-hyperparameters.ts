import type { HyperParameter } from './hyperparameters';

/** The hyperparameters of an evaluation. On the wire every value is a text. */
export const EVALUATION_HYPERPARAMETERS: readonly HyperParameter[] = [
  {
    name: 'eval_group_size',
    category: 'batch',
    type: 'integer',
    default: 1,
    range: {
      min: 1,
      max: 128,
    },
    description: 'Rollouts per prompt. pass@k needs at least k.',
  },
  {
    name: 'pass_k_values',
    category: 'eval_metrics_config',
    type: 'array<integer>',
    default: [1, 2, 4, 8, 16, 32],
    description: 'k values for pass@k and pass^k. On the wire a string holding a JSON array.',
  },
  {
    name: 'success_threshold',
    category: 'eval_metrics_config',
    type: 'float',
    default: 1,
    description: 'Reward at or above which a rollout counts as solved.',
  },
  {
    name: 'temperature',
    category: 'eval_sampling_params',
    type: 'float',
    default: 0,
    range: {
      min: 0,
      max: 2,
    },
    description: 'Sampling temperature; 0 is greedy, raise it when k > 1 matters.',
  },
  {
    name: 'sampling_top_p',
    category: 'eval_sampling_params',
    type: 'float',
    default: 1,
    range: {
      min: 0,
      max: 1,
    },
    description: 'Nucleus-sampling mass.',
  },
  {
    name: 'sampling_max_tokens',
    category: 'eval_sampling_params',
    type: 'integer',
    default: 4096,
    range: {
      min: 512,
      max: 8192,
    },
    description: 'Cap on generated tokens per turn.',
  },
  {
    name: 'rollout_timeout',
    category: 'rollout',
    type: 'float',
    default: 600,
    range: {
      min: 300,
      max: 86400,
    },
    description: 'Seconds before a rollout attempt counts as failed.',
    unit: 'seconds',
  },
  {
    name: 'rollout_max_concurrency',
    category: 'rollout',
    type: 'integer',
    default: 96,
    range: {
      min: 32,
      max: 96,
    },
    description: 'Rollouts allowed in flight.',
  },
  {
    name: 'rollout_max_retries',
    category: 'rollout',
    type: 'integer',
    default: 3,
    range: {
      min: 1,
      max: 10,
    },
    description: 'Retries of a failed rollout.',
  },
];
