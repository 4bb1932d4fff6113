import 'server-only';
import { DescribeJobSchemaVersionCommand, ListJobSchemaVersionsCommand } from '@aws-sdk/client-sagemaker';
import { AppError } from '@/lib/contract/app-error';
import type { JobCategory } from '@/lib/contract/names';
import type { AwsRegion } from './clients';

export interface AwsJobSchema {
  version: string;
  /** The JSON Schema as text, up to 256 KB. */
  text: string;
}

/** The schema versions of one category, as AWS lists them. All pages: there are few. */
export async function listJobSchemaVersions(aws: AwsRegion, category: JobCategory): Promise<string[]> {
  const versions: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await aws.call('sagemaker:ListJobSchemaVersions', () =>
      aws.sagemaker.send(
        new ListJobSchemaVersionsCommand({ JobCategory: category, MaxResults: 100, NextToken: nextToken }),
      ),
    );
    for (const { JobConfigSchemaVersion } of answer.JobConfigSchemas ?? []) {
      if (JobConfigSchemaVersion) versions.push(JobConfigSchemaVersion);
    }
    nextToken = answer.NextToken || undefined;
  } while (nextToken);
  return versions;
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
