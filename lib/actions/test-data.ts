import type { Checkpoint } from '../contract/checkpoints';
import type { JobDetail } from '../contract/jobs';
import { buildResumeRequest, type JobRequest, type ResumeParent } from './build-resume-request';

/** A parent and its checkpoint for tests of this folder; every identifier is invented. */
const ACCOUNT = '123456789012';
const arn = (rest: string) => `arn:aws:sagemaker:us-west-2:${ACCOUNT}:${rest}`;

export const OUTPUT_GROUP_ARN = arn('model-package-group/desk-mpg');
export const INTERMEDIATE_GROUP_ARN = arn('model-package-group/desk-checkpoint-mpg');
export const CHECKPOINT_ARN = arn('model-package/desk-checkpoint-mpg/41');

export const PARENT_DOCUMENT = {
  AgentConfig: {
    BedrockAgentCoreConfig: {
      AgentRuntimeArn: `arn:aws:bedrock-agentcore:us-west-2:${ACCOUNT}:runtime/desk_agent-a1B2c3D4e5`,
      Qualifier: 'DEFAULT',
    },
  },
  InputDataConfig: [
    {
      ChannelName: 'train',
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://example-data/train.parquet' } },
    },
  ],
  OutputDataConfig: {
    S3OutputPath: 's3://example-output/desk/',
    MlflowConfig: { MlflowExperimentName: 'desk', MlflowRunName: 'desk-run' },
  },
  ModelPackageConfig: {
    OutputModelPackageGroupArn: OUTPUT_GROUP_ARN,
    IntermediateCheckpointModelPackageGroupArn: INTERMEDIATE_GROUP_ARN,
  },
  TrainingConfig: {
    BaseModelArn: 'arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/example-model/1.0.0',
    HyperParameters: { learning_rate: 2e-5, max_steps: 60, lora_rank: 16, pass_k_values: [1, 2] },
  },
  ServiceOutput: { ProgressInfo: { MaxSteps: 60, CurrentStep: 58 } },
};

export function makeParent(raw: string | undefined = JSON.stringify(PARENT_DOCUMENT)): ResumeParent {
  return {
    jobName: 'desk',
    jobCategory: 'AgentRFT',
    roleArn: `arn:aws:iam::${ACCOUNT}:role/ExampleRole`,
    jobConfigSchemaVersion: '1.0.0',
    config: { raw },
    tags: [
      { key: 'team', value: 'support' },
      { key: 'aws:cloudformation:stack-name', value: 'kept-by-aws' },
    ],
  };
}

export function makeRequest(): JobRequest {
  const built = buildResumeRequest(makeParent(), { jobName: 'desk-r2-s41', inputPackageArn: CHECKPOINT_ARN });
  if (!built.ok) throw new Error(built.problem);
  return built.request;
}

export function makeCheckpoint(change: Partial<Checkpoint> = {}): Checkpoint {
  return {
    group: 'desk-checkpoint-mpg',
    version: 41,
    packageArn: CHECKPOINT_ARN,
    kind: 'resumable',
    packageStatus: 'Completed',
    creationTime: '2026-11-01T10:00:00.000Z',
    step: 41,
    stepEvidence: 'path',
    job: { jobCategory: 'AgentRFT', jobName: 'desk' },
    evidence: { by: 'path', detail: 'desk/checkpoints/step_41' },
    s3Uri: 's3://example-output/desk/checkpoints/step_41',
    baseModel: 'example-model',
    isOutput: false,
    ...change,
  };
}

export function makeParentState(
  change: Partial<JobDetail> = {},
): Pick<JobDetail, 'jobName' | 'jobStatus' | 'deletedAt'> {
  return { jobName: 'desk', jobStatus: 'Failed', ...change };
}
