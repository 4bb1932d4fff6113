import type { JsonObject } from '../../world/types';
import { EMOJI, IMAGE, SCRIPT } from './strings';

/** Fields nobody has met, beside the known ones and inside them. */
export function withUnknownFields(document: JsonObject): JsonObject {
  return {
    ...document,
    FutureConfig: { Enabled: true, Nested: { Deep: [1, 'two', null, { three: 3 }] }, [SCRIPT]: IMAGE },
    RewardConfig: { RewardFunctionArn: 'arn:aws:lambda:us-west-2:123456789012:function:reward-v3' },
    TrainingConfig: {
      ...(document.TrainingConfig as JsonObject),
      QuantumMode: EMOJI,
      HyperParameters: {
        ...((document.TrainingConfig as JsonObject).HyperParameters as JsonObject),
        flux_capacitance: 1.21,
        nested_surprise: { a: { b: 'c' } },
        max_steps: 30,
      },
    },
  };
}

/** A document whose known fields all have the wrong type. */
export const WRONG_TYPES: JsonObject = {
  AgentConfig: 'arn:aws:lambda:us-west-2:123456789012:function:agent',
  InputDataConfig: { train: 's3://example-mtrl-data/strange/train.parquet' },
  OutputDataConfig: [],
  ModelPackageConfig: null,
  TrainingConfig: { BaseModelArn: 42, HyperParameters: ['learning_rate', 1e-5], AcceptEula: 'yes' },
};

/** A ServiceOutput in which every member is something else than documented. */
export const WRONG_SERVICE_OUTPUT = JSON.stringify({
  TrainingConfig: { BaseModelArn: 'not an arn', HyperParameters: {} },
  ServiceOutput: {
    ProgressInfo: { MaxSteps: '60', CurrentStep: -3, StepsPerEpoch: 0 },
    RolloutInfo: 'many',
    BillableTokenUsage: { TrainTokenCount: 1.5e18, PrefillTokenCount: null, SampleTokenCount: 'lots' },
    MlflowDetails: [],
    ResumableCheckpoint: { Arn: 'arn:aws:sagemaker:us-west-2:123456789012:model-package/nowhere/1' },
    ModelCheckpoint: 17,
    OutputModelPackageArn: 'arn:aws:sagemaker:us-west-2:999999999999:model-package/other-account/3',
    SomethingNew: SCRIPT,
  },
});

/** The nested form of the documentation's example, which readers must understand too. */
export const NESTED_EVALUATION: JsonObject = {
  batch: { eval_group_size: 8 },
  eval_metrics_config: { pass_k_values: [1, 2, 4, 8], success_threshold: 1 },
  eval_sampling_params: { temperature: 0.7, sampling_top_p: 1, sampling_max_tokens: 4096 },
  rollout: { timeout: 600, max_concurrency: 32, max_retries: 3 },
};
