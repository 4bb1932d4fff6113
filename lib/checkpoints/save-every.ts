/** Every how many steps the models of the public hub save by default (SDK source: their recipes). */
const SAVE_EVERY: Record<string, number> = {
  'openai-reasoning-gpt-oss-20b': 1,
  'huggingface-vlm-gemma-4-31b-it': 1,
  'huggingface-vlm-qwen3-6-27b': 1,
  'nova-textgeneration-lite-v2': 5,
};

/** Every how many steps a job saves: as its request says, else as its base model does; undefined for others. 0 is never. */
export function saveEveryOf(baseModel: string | undefined, requested: number | undefined): number | undefined {
  if (requested !== undefined) return requested;
  return baseModel !== undefined && Object.hasOwn(SAVE_EVERY, baseModel) ? SAVE_EVERY[baseModel] : undefined;
}
