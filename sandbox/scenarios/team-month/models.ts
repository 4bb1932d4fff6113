export const GPT = 'openai-reasoning-gpt-oss-20b';
export const QWEN = 'huggingface-vlm-qwen3-6-27b';
export const GEMMA = 'huggingface-vlm-gemma-4-31b-it';
export const NOVA = 'nova-textgeneration-lite-v2';

/** The hyperparameters most jobs of the team start from. */
export const SMALL_BATCH = { global_batch_size: 32, group_size: 8, pass_k_values: [1, 2, 4, 8] };

/** What the team's evaluations ask for. */
export const EVAL_8 = { eval_group_size: '8', temperature: '0.7', pass_k_values: '[1, 2, 4, 8]' };

export function teamTags(team: string, owner: string, model: string): Record<string, string> {
  return { team, owner, 'sagemaker-sdk:jumpstart-model-id': model };
}
