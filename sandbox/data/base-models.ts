/** A base model the service can tune, and where (AWS docs; recipe names from the published recipes). */
export interface BaseModel {
  hubContentName: string;
  displayName: string;
  regions: readonly string[];
  recipe: string;
  /** Packages of this model live in restricted groups, which show neither S3 location nor metadata. */
  restricted: boolean;
  /** Checkpoint interval in steps when the hyperparameters do not say. */
  saveEvery: number;
}

export const BASE_MODELS: readonly BaseModel[] = [
  {
    hubContentName: 'openai-reasoning-gpt-oss-20b',
    displayName: 'GPT-OSS-20B',
    regions: ['us-east-1', 'us-west-2'],
    recipe: 'mtrl-gpt-oss-20b-lora',
    restricted: false,
    saveEvery: 1,
  },
  {
    hubContentName: 'nova-textgeneration-lite-v2',
    displayName: 'Amazon Nova Lite 2.0',
    regions: ['us-east-1', 'us-west-2'],
    recipe: 'mtrl-nova-lite-2-0-lora',
    restricted: true,
    saveEvery: 5,
  },
  {
    hubContentName: 'huggingface-vlm-gemma-4-31b-it',
    displayName: 'Gemma 4 31B it',
    regions: ['us-west-2'],
    recipe: 'mtrl-gemma-4-31b-lora',
    restricted: false,
    saveEvery: 1,
  },
  {
    hubContentName: 'huggingface-vlm-qwen3-6-27b',
    displayName: 'Qwen 3.6 27B',
    regions: ['us-west-2'],
    recipe: 'mtrl-qwen-3-dot-6-27b-lora',
    restricted: false,
    saveEvery: 1,
  },
];

export function findBaseModel(hubContentName: string): BaseModel | undefined {
  return BASE_MODELS.find((model) => model.hubContentName === hubContentName);
}
