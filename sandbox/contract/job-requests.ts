import type { CreateJobCommandInput, JobCategory } from '@aws-sdk/client-sagemaker';
import { buildDocument, type DocumentWish } from '../scenarios/build-document';
import type { JsonObject } from '../world/types';
import { REGION } from './clients';

export const ROLE_ARN = 'arn:aws:iam::123456789012:role/ExampleMtrlExecutionRole';
export const GROUPS = { output: 'contract-mpg', intermediate: 'contract-checkpoint-mpg' } as const;

/** A CreateJob request the service takes, with a document as somebody would send it. */
export function createJobRequest(
  name: string,
  wish: Partial<DocumentWish> & { category?: JobCategory } = {},
): CreateJobCommandInput {
  const category = wish.category ?? 'AgentRFT';
  const training = category === 'AgentRFT';
  const document = buildDocument({
    region: REGION,
    baseModel: 'openai-reasoning-gpt-oss-20b',
    project: 'contract',
    runName: name,
    ...(training && {
      outputGroup: GROUPS.output,
      intermediateGroup: GROUPS.intermediate,
      hyperparameters: { global_batch_size: 32, group_size: 4, max_steps: 12, val_every: 4 },
    }),
    ...wish,
    category: training ? 'AgentRFT' : 'AgentRFTEvaluation',
  });
  return requestWith(name, category, document);
}

/** The same request around any document. */
export function requestWith(name: string, category: JobCategory, document: JsonObject): CreateJobCommandInput {
  return {
    JobName: name,
    RoleArn: ROLE_ARN,
    JobCategory: category,
    JobConfigSchemaVersion: '1.0.0',
    JobConfigDocument: JSON.stringify(document),
  };
}

/** The document of a job as a resume sends it: what DescribeJob gave, without ServiceOutput, with its input package. */
export function resumeRequest(name: string, describedDocument: string, packageArn: string): CreateJobCommandInput {
  const { ServiceOutput: _output, ...document } = JSON.parse(describedDocument) as JsonObject;
  const packages = document.ModelPackageConfig as JsonObject;
  return requestWith(name, 'AgentRFT', {
    ...document,
    ModelPackageConfig: { ...packages, InputModelPackageArn: packageArn },
  });
}
