/** What a hyperparameter does, in a few words. Names: AWS docs. */
const HELP: Record<string, string> = {
  global_batch_size: 'Prompts in one optimizer step',
  group_size: 'Rollouts for each prompt; with the batch size it gives the rollouts of a step',
  advantage_method: 'How rewards become advantages',
  loss_fn: 'Policy-gradient objective',
  clip_low_threshold: 'Lower clip of the policy ratio',
  clip_high_threshold: 'Upper clip of the policy ratio',
  temperature: 'Randomness of sampling; 0 always takes the likeliest token',
  sampling_top_p: 'Share of probability that sampling draws from',
  sampling_max_tokens: 'Most tokens generated in one turn',
  pass_k_values: 'The k of pass@k and pass^k',
  success_threshold: 'Reward from which a rollout counts as solved',
  max_epochs: 'Most passes over the prompts',
  max_steps: 'Most optimizer steps',
  val_every: 'Steps between validations',
  lora_rank: 'Rank of the adapter',
  lora_alpha: 'Scale of the adapter; its effect grows with alpha over rank',
  learning_rate: 'Size of an optimizer step',
  adam_beta1: 'Memory of the gradient’s mean',
  adam_beta2: 'Memory of the gradient’s spread',
  adam_eps: 'Keeps the division stable',
  adam_weight_decay: 'Pull of the weights towards zero',
  adam_grad_clip_norm: 'Longest gradient that is let through',
  rollout_max_concurrency: 'Rollouts in flight at once',
  rollout_timeout: 'Seconds one rollout attempt may take',
  rollout_max_retries: 'Attempts after a failed rollout',
  max_steps_off_policy: 'How many steps old a rollout may be; 0 waits for fresh ones',
  save_every: 'Steps between checkpoints',
  lora_plus_lr_ratio: 'Learning rate of one adapter matrix over the other',
  eval_group_size: 'Rollouts for each prompt',
  timeout: 'Seconds one rollout attempt may take',
  max_concurrency: 'Rollouts in flight at once',
  max_retries: 'Attempts after a failed rollout',
};

/** Help for a name, flat or nested (`batch.eval_group_size`); undefined for a name nobody has met. */
export function parameterHelp(name: string): string | undefined {
  const last = name.split('.').at(-1) ?? name;
  return Object.hasOwn(HELP, last) ? HELP[last] : undefined;
}
