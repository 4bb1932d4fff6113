import { baseModelArn, groupArn, mlflowAppArn } from '../world/arns';
import { DEFAULT_APP_ID } from '../world/mlflow-resource';
import type { JobCategory, JsonObject } from '../world/types';

export interface DocumentWish {
  region: string;
  category: JobCategory;
  baseModel: string;
  /** Names folders, the agent and the MLflow experiment. */
  project: string;
  runName: string;
  hyperparameters?: JsonObject | undefined;
  /** Group names; training needs both. */
  outputGroup?: string | undefined;
  intermediateGroup?: string | undefined;
  inputPackageArn?: string | undefined;
  /** File name under the project's data folder. */
  dataset?: string | undefined;
  agent?: 'agentcore' | 'lambda' | undefined;
  mlflowPlacement?: 'output' | 'training' | undefined;
  /** The MLflow app or tracking server; the region's default app when absent, null for none at all. */
  mlflowArn?: string | null | undefined;
  maxRuntimeSeconds?: number | undefined;
}

/** A complete config document as somebody at the example company would have sent it. */
export function buildDocument(wish: DocumentWish): JsonObject {
  const mlflow: JsonObject = {
    MlflowResourceArn: wish.mlflowArn ?? mlflowAppArn(wish.region, DEFAULT_APP_ID),
    MlflowExperimentName: wish.category === 'AgentRFT' ? `${wish.project}-mtrl` : `mtrl-eval-${wish.project}`,
    MlflowRunName: wish.runName,
  };
  const named = wish.mlflowArn !== null;
  const inTraining = named && wish.mlflowPlacement === 'training' && wish.category === 'AgentRFT';
  const packages: JsonObject = {
    ...(wish.outputGroup !== undefined && { OutputModelPackageGroupArn: groupArn(wish.region, wish.outputGroup) }),
    ...(wish.intermediateGroup !== undefined && {
      IntermediateCheckpointModelPackageGroupArn: groupArn(wish.region, wish.intermediateGroup),
    }),
    ...(wish.inputPackageArn !== undefined && { InputModelPackageArn: wish.inputPackageArn }),
  };
  const model: JsonObject = {
    BaseModelArn: baseModelArn(wish.region, wish.baseModel),
    AcceptEula: true,
    HyperParameters: wish.hyperparameters ?? {},
    ...(inTraining && { MlflowConfig: mlflow }),
  };
  return {
    AgentConfig: agentConfig(wish),
    InputDataConfig: channels(wish),
    OutputDataConfig: {
      S3OutputPath: `s3://example-mtrl-output/${wish.project}/`,
      ...(named && !inTraining && { MlflowConfig: mlflow }),
    },
    ...(Object.keys(packages).length > 0 && { ModelPackageConfig: packages }),
    ...(wish.category === 'AgentRFT' ? { TrainingConfig: model } : { EvaluationConfig: model }),
    ...(wish.maxRuntimeSeconds !== undefined && { StoppingCondition: { MaxRuntimeInSeconds: wish.maxRuntimeSeconds } }),
  };
}

function agentConfig(wish: DocumentWish): JsonObject {
  if (wish.agent === 'lambda') {
    const name = `SageMaker-agent-adapter-${wish.project}`;
    return {
      CustomAgentLambdaConfig: { LambdaArn: `arn:aws:lambda:${wish.region}:123456789012:function:${name}:PROD` },
    };
  }
  const runtimeId = `${wish.project.replaceAll('-', '_')}_agent-a1B2c3D4e5`;
  return {
    BedrockAgentCoreConfig: {
      AgentRuntimeArn: `arn:aws:bedrock-agentcore:${wish.region}:123456789012:runtime/${runtimeId}`,
      Qualifier: 'DEFAULT',
    },
  };
}

function channels(wish: DocumentWish): JsonObject[] {
  const file = (name: string): JsonObject => ({
    S3DataSource: { S3DataType: 'S3Prefix', S3Uri: `s3://example-mtrl-data/${wish.project}/${name}` },
  });
  if (wish.category === 'AgentRFTEvaluation') {
    return [{ ChannelName: 'evaluation', DataSource: file(wish.dataset ?? 'eval.parquet') }];
  }
  return [
    { ChannelName: 'train', DataSource: file(wish.dataset ?? 'train.parquet') },
    { ChannelName: 'validation', DataSource: file('validation.parquet') },
  ];
}
