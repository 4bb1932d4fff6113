// The hyperparameters of both job categories: names, defaults and ranges (AWS docs), types and per-model differences
// (published recipes). The JSON Schemas of the config document and the reward model are both built from this table.

export type HyperType = 'integer' | 'float' | 'string' | 'array<integer>';

export interface HyperParameter {
  name: string;
  category: string;
  type: HyperType;
  default?: number | string | readonly number[];
  choices?: readonly (number | string)[];
  range?: { min: number; max: number; minExclusive?: boolean };
  description: string;
  unit?: string;
  /** Where a model differs from the line above. */
  perModel?: Readonly<
    Record<string, { default?: number; choices?: readonly number[]; range?: { min: number; max: number } }>
  >;
  /** Present for these models only. */
  onlyModels?: readonly string[];
}

export const TRAINING_HYPERPARAMETERS: readonly HyperParameter[] = [
  {
    name: 'global_batch_size',
    category: 'batch',
    type: 'integer',
    default: 128,
    choices: [32, 64, 128],
    description: 'How many distinct prompts go into one optimizer step.',
    perModel: {
      'nova-textgeneration-lite-v2': {
        choices: [8, 16, 32, 64],
        default: 32,
      },
    },
  },
  {
    name: 'group_size',
    category: 'batch',
    type: 'integer',
    default: 8,
    range: {
      min: 2,
      max: 32,
    },
    description:
      'Rollouts sampled for each prompt; the group supplies the baseline for relative advantages. Rollouts per step = global_batch_size x group_size.',
    perModel: {
      'nova-textgeneration-lite-v2': {
        default: 4,
      },
    },
  },
  {
    name: 'advantage_method',
    category: 'rl',
    type: 'string',
    default: 'group_based',
    choices: [
      'monte_carlo',
      'group_based',
      'group_based_per_turn',
      'rloo',
      'reinforce_pp',
      'reinforce_pp_baseline',
      'opo',
      'grpo_passk',
      'gpg',
    ],
    description: 'Estimator that turns rewards into advantages.',
  },
  {
    name: 'loss_fn',
    category: 'rl',
    type: 'string',
    default: 'ppo',
    choices: ['importance_sampling', 'ppo', 'cispo'],
    description: 'Policy-gradient objective.',
  },
  {
    name: 'clip_low_threshold',
    category: 'rl',
    type: 'float',
    default: 0.8,
    range: {
      min: 0,
      max: 1,
    },
    description: 'Lower clip of the new/old policy probability ratio. Docs suggest 0.8 for PPO, 1.0 for CISPO.',
  },
  {
    name: 'clip_high_threshold',
    category: 'rl',
    type: 'float',
    default: 1.2,
    range: {
      min: 1,
      max: 10,
    },
    description: 'Upper clip of the new/old policy probability ratio. Docs suggest 1.2 for PPO, 6.0 for CISPO.',
  },
  {
    name: 'temperature',
    category: 'sampling_params',
    type: 'float',
    default: 1,
    range: {
      min: 0,
      max: 2,
    },
    description: 'Softmax temperature used while collecting training rollouts.',
  },
  {
    name: 'sampling_top_p',
    category: 'sampling_params',
    type: 'float',
    default: 1,
    range: {
      min: 0,
      max: 1,
    },
    description: 'Nucleus-sampling mass for training rollouts.',
  },
  {
    name: 'sampling_max_tokens',
    category: 'sampling_params',
    type: 'integer',
    default: 4096,
    range: {
      min: 512,
      max: 8192,
    },
    description:
      'Cap on generated tokens per turn. One flat key feeds both training rollouts and in-training validation.',
  },
  {
    name: 'pass_k_values',
    category: 'val_metrics_config',
    type: 'array<integer>',
    default: [1, 2, 4, 8, 16, 32],
    description: 'The k values for which pass@k and pass^k are logged.',
  },
  {
    name: 'success_threshold',
    category: 'val_metrics_config',
    type: 'float',
    default: 1,
    description: 'A rollout counts as a success when its reward reaches this value.',
  },
  {
    name: 'max_epochs',
    category: 'schedule',
    type: 'integer',
    default: 1,
    range: {
      min: 1,
      max: 30,
    },
    description: 'Upper bound on passes over the prompt set.',
  },
  {
    name: 'max_steps',
    category: 'schedule',
    type: 'integer',
    default: 100,
    range: {
      min: 1,
      max: 1000,
    },
    description: 'Upper bound on training iterations.',
  },
  {
    name: 'val_every',
    category: 'schedule',
    type: 'integer',
    default: 10,
    range: {
      min: 0,
      max: 100,
    },
    description: 'Validate every this many steps; a baseline at step 0 and a final one also run.',
  },
  {
    name: 'lora_rank',
    category: 'model',
    type: 'integer',
    default: 32,
    range: {
      min: 16,
      max: 64,
    },
    description: 'Rank of the LoRA adapter.',
    perModel: {
      'nova-textgeneration-lite-v2': {
        range: {
          min: 16,
          max: 32,
        },
      },
    },
  },
  {
    name: 'lora_alpha',
    category: 'model',
    type: 'integer',
    default: 64,
    range: {
      min: 16,
      max: 128,
    },
    description: 'LoRA scale; effective update is proportional to alpha/rank.',
  },
  {
    name: 'learning_rate',
    category: 'model',
    type: 'float',
    default: 0.00004,
    range: {
      min: 0,
      max: 0.01,
      minExclusive: true,
    },
    description: 'Adam step size.',
    perModel: {
      'openai-reasoning-gpt-oss-20b': {
        default: 0.00001,
      },
      'huggingface-vlm-gemma-4-31b-it': {
        default: 0.00001,
      },
      'huggingface-vlm-qwen3-6-27b': {
        default: 0.00004,
      },
      'nova-textgeneration-lite-v2': {
        default: 0.00001,
      },
    },
  },
  {
    name: 'adam_beta1',
    category: 'model',
    type: 'float',
    default: 0.9,
    range: {
      min: 0,
      max: 0.999999,
    },
    description: 'Adam first-moment decay.',
  },
  {
    name: 'adam_beta2',
    category: 'model',
    type: 'float',
    default: 0.95,
    range: {
      min: 0,
      max: 0.999999,
    },
    description: 'Adam second-moment decay.',
  },
  {
    name: 'adam_eps',
    category: 'model',
    type: 'float',
    default: 1e-8,
    range: {
      min: 1e-16,
      max: 0.01,
    },
    description: 'Adam denominator stabiliser.',
  },
  {
    name: 'adam_weight_decay',
    category: 'model',
    type: 'float',
    default: 0,
    range: {
      min: 0,
      max: 1,
    },
    description: 'Decoupled weight decay.',
    perModel: {
      'nova-textgeneration-lite-v2': {
        default: 0.01,
      },
    },
  },
  {
    name: 'adam_grad_clip_norm',
    category: 'model',
    type: 'float',
    default: 1,
    range: {
      min: 0,
      max: 100,
    },
    description: 'Global gradient-norm limit.',
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
    description: 'Rollouts allowed in flight at once.',
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
    description: 'Seconds after which one rollout attempt counts as failed.',
    unit: 'seconds',
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
  {
    name: 'max_steps_off_policy',
    category: 'async_config',
    type: 'integer',
    default: 3,
    range: {
      min: 0,
      max: 10,
    },
    description: 'How many steps old a rollout may be and still be trained on; 0 means synchronous.',
  },
  {
    name: 'save_every',
    category: 'schedule',
    type: 'integer',
    default: 5,
    range: {
      min: 0,
      max: 100,
    },
    description:
      'Checkpoint interval. Overridable only in the Nova Lite 2 recipe; the open-weight recipes fix it at 1.',
    onlyModels: ['nova-textgeneration-lite-v2'],
  },
  {
    name: 'lora_plus_lr_ratio',
    category: 'model',
    type: 'float',
    default: 32,
    range: {
      min: 1,
      max: 100,
    },
    description: 'LoRA+ learning-rate ratio between the two adapter matrices.',
    onlyModels: ['nova-textgeneration-lite-v2'],
  },
];
