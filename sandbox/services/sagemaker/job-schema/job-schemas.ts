import type { JobCategory, JsonObject } from '../../../world/types';
import {
  evaluationHyperParameterSchema,
  perModelHyperParameterRules,
  trainingHyperParameterSchema,
} from './hyperparameter-schema';

// The config document's JSON Schemas. AWS publishes its own only to entitled accounts; these say the same as the public
// documentation does (assumption), with titles, descriptions and defaults so that a form can be built from them.

const ARN = (service: string, rest: string) => ({ type: 'string', pattern: `^arn:aws[a-z-]*:${service}:${rest}$` });

const MLFLOW: JsonObject = {
  type: 'object',
  title: 'MLflow',
  description: 'Where metrics and traces are logged.',
  additionalProperties: false,
  required: ['MlflowResourceArn'],
  properties: {
    MlflowResourceArn: {
      ...ARN('sagemaker', '[a-z0-9-]+:[0-9]{12}:(mlflow-app|mlflow-tracking-server)/.+'),
      title: 'MLflow app or tracking server',
      description: 'ARN of an MLflow app or tracking server, MLflow 3.10 or later.',
    },
    MlflowExperimentName: { type: 'string', title: 'Experiment', minLength: 1, maxLength: 256 },
    MlflowRunName: { type: 'string', title: 'Run', minLength: 1, maxLength: 256 },
  },
};

function agentConfig(withQualifier: boolean): JsonObject {
  const runtime = ARN('bedrock-agentcore', '[a-z0-9-]+:[0-9]{12}:runtime/[a-zA-Z][a-zA-Z0-9_]{0,99}-[a-zA-Z0-9]{10}');
  return {
    type: 'object',
    title: 'Agent',
    description: 'The agent that plays the rollouts; exactly one kind.',
    oneOf: [
      {
        title: 'Bedrock AgentCore runtime',
        additionalProperties: false,
        required: ['BedrockAgentCoreConfig'],
        properties: {
          BedrockAgentCoreConfig: {
            type: 'object',
            title: 'Bedrock AgentCore runtime',
            additionalProperties: false,
            required: ['AgentRuntimeArn'],
            properties: {
              AgentRuntimeArn: { ...runtime, title: 'Agent runtime', description: 'In the region of the job.' },
              ...(withQualifier && {
                Qualifier: { type: 'string', title: 'Endpoint', default: 'DEFAULT', minLength: 1, maxLength: 48 },
              }),
            },
          },
        },
      },
      {
        title: 'Lambda function',
        additionalProperties: false,
        required: ['CustomAgentLambdaConfig'],
        properties: {
          CustomAgentLambdaConfig: {
            type: 'object',
            title: 'Lambda function',
            additionalProperties: false,
            required: ['LambdaArn'],
            properties: {
              LambdaArn: {
                ...ARN('lambda', '[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?'),
                title: 'Function',
                description: 'May carry an alias or version.',
              },
            },
          },
        },
      },
    ],
  };
}

function inputData(channels: readonly string[], required: string): JsonObject {
  const s3 = {
    type: 'object',
    title: 'S3',
    additionalProperties: false,
    required: ['S3DataType', 'S3Uri'],
    properties: {
      S3DataType: { type: 'string', enum: ['S3Prefix'], default: 'S3Prefix' },
      S3Uri: { type: 'string', title: 'S3 location', pattern: '^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$' },
    },
  };
  const dataset = {
    type: 'object',
    title: 'Hub data set',
    additionalProperties: false,
    required: ['DatasetArn'],
    properties: { DatasetArn: ARN('sagemaker', '.+:hub-content/.+/DataSet/.+') },
  };
  const source = (name: string, schema: JsonObject): JsonObject => ({
    title: schema.title ?? name,
    additionalProperties: false,
    required: [name],
    properties: { [name]: schema },
  });
  return {
    type: 'array',
    title: 'Data',
    description: `Prompts as parquet, jsonl, json or csv. The channel ${required} is required.`,
    minItems: 1,
    maxItems: channels.length,
    contains: { properties: { ChannelName: { const: required } } },
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['ChannelName', 'DataSource'],
      properties: {
        ChannelName: { type: 'string', title: 'Channel', enum: [...channels] },
        DataSource: {
          type: 'object',
          title: 'Source',
          oneOf: [source('S3DataSource', s3), source('DatasetSource', dataset)],
        },
      },
    },
  };
}

const OUTPUT: JsonObject = {
  type: 'object',
  title: 'Output',
  additionalProperties: false,
  required: ['S3OutputPath'],
  properties: {
    S3OutputPath: { type: 'string', title: 'S3 location', pattern: '^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?$' },
    KmsKeyArn: { ...ARN('kms', '[a-z0-9-]+:[0-9]{12}:key/[a-zA-Z0-9-]+'), title: 'KMS key' },
    MlflowConfig: MLFLOW,
  },
};

const VPC: JsonObject = {
  type: 'object',
  title: 'VPC',
  additionalProperties: false,
  required: ['SecurityGroupIds', 'Subnets'],
  properties: {
    SecurityGroupIds: {
      type: 'array',
      minItems: 1,
      maxItems: 5,
      items: { type: 'string', pattern: '^sg-[0-9a-zA-Z]+$' },
    },
    Subnets: { type: 'array', minItems: 1, maxItems: 16, items: { type: 'string', pattern: '^subnet-[0-9a-zA-Z]+$' } },
  },
};

const STOPPING: JsonObject = {
  type: 'object',
  title: 'Stopping condition',
  additionalProperties: false,
  properties: {
    MaxRuntimeInSeconds: {
      type: 'integer',
      title: 'Longest run time',
      description: 'Seconds; the job is stopped when they have passed.',
      minimum: 60,
      maximum: 259_200,
      default: 86_400,
    },
  },
};

const GROUP = ARN('sagemaker', '[a-z0-9-]+:[0-9]{12}:model-package-group/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}');
const PACKAGE: JsonObject = {
  ...ARN('sagemaker', '[a-z0-9-]+:[0-9]{12}:model-package/[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/[0-9]{1,9}'),
  title: 'Checkpoint to start from',
};
const BASE_MODEL: JsonObject = {
  ...ARN('sagemaker', '[a-z0-9-]+:aws:hub-content/SageMakerPublicHub/Model/[a-zA-Z0-9-]+(/[0-9.]+)?'),
  title: 'Base model',
};
const EULA: JsonObject = { type: 'boolean', title: 'Accept the end-user licence agreement', default: true };

function root(title: string, required: string[], properties: JsonObject): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
    additionalProperties: false,
    required,
    properties,
  };
}

function trainingSchema(version: '0.9.0' | '1.0.0'): JsonObject {
  const old = version === '0.9.0';
  return root(
    `AgentRFT ${version}`,
    ['AgentConfig', 'InputDataConfig', 'OutputDataConfig', 'ModelPackageConfig', 'TrainingConfig'],
    {
      AgentConfig: agentConfig(!old),
      InputDataConfig: inputData(['train', 'validation'], 'train'),
      OutputDataConfig: OUTPUT,
      ModelPackageConfig: {
        type: 'object',
        title: 'Model packages',
        additionalProperties: false,
        required: ['OutputModelPackageGroupArn', 'IntermediateCheckpointModelPackageGroupArn'],
        properties: {
          OutputModelPackageGroupArn: { ...GROUP, title: 'Output group', description: 'Keeps model checkpoints.' },
          IntermediateCheckpointModelPackageGroupArn: {
            ...GROUP,
            title: 'Intermediate group',
            description: 'Keeps resumable checkpoints; another group than the output group.',
          },
          InputModelPackageArn: PACKAGE,
        },
      },
      TrainingConfig: {
        type: 'object',
        title: 'Training',
        additionalProperties: false,
        required: ['BaseModelArn'],
        properties: {
          BaseModelArn: BASE_MODEL,
          AcceptEula: EULA,
          HyperParameters: trainingHyperParameterSchema(old ? ['max_steps_off_policy', 'lora_plus_lr_ratio'] : []),
          MlflowConfig: MLFLOW,
        },
        allOf: perModelHyperParameterRules(),
      },
      ...(!old && { VpcConfig: VPC }),
      StoppingCondition: STOPPING,
    },
  );
}

function evaluationSchema(): JsonObject {
  return root('AgentRFTEvaluation 1.0.0', ['AgentConfig', 'InputDataConfig', 'OutputDataConfig', 'EvaluationConfig'], {
    AgentConfig: agentConfig(true),
    InputDataConfig: inputData(['evaluation'], 'evaluation'),
    OutputDataConfig: OUTPUT,
    ModelPackageConfig: {
      type: 'object',
      title: 'Model package',
      description: 'The checkpoint to evaluate; without it the base model is evaluated.',
      additionalProperties: false,
      properties: { InputModelPackageArn: PACKAGE },
    },
    EvaluationConfig: {
      type: 'object',
      title: 'Evaluation',
      additionalProperties: false,
      required: ['BaseModelArn'],
      properties: { BaseModelArn: BASE_MODEL, AcceptEula: EULA, HyperParameters: evaluationHyperParameterSchema() },
    },
    VpcConfig: VPC,
    StoppingCondition: STOPPING,
  });
}

/** Every schema there is, newest version first. */
export const JOB_SCHEMAS: Readonly<Record<JobCategory, ReadonlyArray<{ version: string; schema: JsonObject }>>> = {
  AgentRFT: [
    { version: '1.0.0', schema: trainingSchema('1.0.0') },
    { version: '0.9.0', schema: trainingSchema('0.9.0') },
  ],
  AgentRFTEvaluation: [{ version: '1.0.0', schema: evaluationSchema() }],
};

/** The schema of a category and version (the latest when absent), or undefined. */
export function findJobSchema(category: JobCategory, version?: string) {
  const known = JOB_SCHEMAS[category];
  return version === undefined ? known[0] : known.find((candidate) => candidate.version === version);
}
