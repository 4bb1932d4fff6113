import 'server-only';
import { DescribeJobSchemaVersionCommand } from '@aws-sdk/client-sagemaker';
import { AppError } from '@/lib/contract/app-error';
import type { JobCategory } from '@/lib/contract/names';
import type { AwsRegion } from './clients';

export interface AwsJobSchema {
  version: string;
  /** The JSON Schema as text, up to 256 KB. */
  text: string;
}

/** The JSON Schema a JobConfigDocument of this version must meet; without `version`, the latest one. */
export async function describeJobSchema(
  aws: AwsRegion,
  category: JobCategory,
  version?: string,
): Promise<AwsJobSchema> {
  const answer = await aws.call('sagemaker:DescribeJobSchemaVersion', () =>
    aws.sagemaker.send(new DescribeJobSchemaVersionCommand({ JobCategory: category, JobConfigSchemaVersion: version })),
  );
  if (!answer.JobConfigSchema || !answer.JobConfigSchemaVersion) {
    throw new AppError('aws_failed', `AWS answered the ${category} schema without its text or version.`);
  }
  return { version: answer.JobConfigSchemaVersion, text: answer.JobConfigSchema };
}
