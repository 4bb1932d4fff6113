import 'server-only';
import {
  CreateJobCommand,
  DeleteJobCommand,
  DescribeJobCommand,
  type DescribeJobCommandOutput,
  type JobSummary,
  ListJobsCommand,
  StopJobCommand,
} from '@aws-sdk/client-sagemaker';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { JOB_CATEGORIES, type JobCategory } from '@/lib/contract/names';
import type { AwsRegion } from './clients';

export interface AwsJobSummary extends JobRef {
  jobArn: string;
  /** The words as AWS said them, also those nobody has met. */
  jobStatus: string;
  secondaryStatus: string;
  creationTime: Date;
  lastModifiedTime: Date;
  endTime?: Date;
}

export interface AwsTransition {
  status: string;
  startTime: Date;
  endTime?: Date;
  statusMessage?: string;
}

export interface AwsTag {
  key: string;
  value: string;
}

export interface AwsJob extends AwsJobSummary {
  roleArn?: string;
  jobConfigSchemaVersion?: string;
  /** The document exactly as AWS returned it, `ServiceOutput` included. */
  jobConfigDocument?: string;
  transitions: AwsTransition[];
  failureReason?: string;
  tags: AwsTag[];
}

export interface ListJobsPageInput {
  category: JobCategory;
  lastModifiedAfter?: Date;
  creationBefore?: Date;
  nextToken?: string;
}

export interface JobsPage {
  jobs: AwsJobSummary[];
  nextToken?: string;
}

/** One page of up to 100 jobs of one category, newest first. A short or empty page with a token is not the end. */
export async function listJobsPage(aws: AwsRegion, input: ListJobsPageInput): Promise<JobsPage> {
  const answer = await aws.call('sagemaker:ListJobs', () =>
    aws.sagemaker.send(
      new ListJobsCommand({
        JobCategory: input.category,
        MaxResults: 100,
        SortBy: 'CreationTime',
        SortOrder: 'Descending',
        LastModifiedTimeAfter: input.lastModifiedAfter,
        CreationTimeBefore: input.creationBefore,
        NextToken: input.nextToken,
      }),
    ),
  );
  const jobs = (answer.JobSummaries ?? []).flatMap((summary) => toJobSummary(summary, input.category) ?? []);
  return { jobs, nextToken: answer.NextToken || undefined };
}

/** Everything AWS knows of one job. Throws AppError `not_found` when it has no such job. */
export async function describeJob(aws: AwsRegion, ref: JobRef): Promise<AwsJob> {
  const answer = await aws.call('sagemaker:DescribeJob', () =>
    aws.sagemaker.send(new DescribeJobCommand({ JobName: ref.jobName, JobCategory: ref.jobCategory })),
  );
  const job = toJob(answer, ref.jobCategory);
  if (!job) throw new AppError('aws_failed', `AWS described ${ref.jobName} without a name, ARN or creation time.`);
  return job;
}

export interface CreateJobInput {
  jobName: string;
  roleArn: string;
  jobCategory: JobCategory;
  jobConfigSchemaVersion: string;
  jobConfigDocument: string;
  tags?: AwsTag[];
}

/** Starts a job; it costs money. Answers its ARN. AWS has no idempotency token for it: a name can be used once. */
export async function createJob(aws: AwsRegion, input: CreateJobInput): Promise<{ jobArn: string }> {
  const answer = await aws.call('sagemaker:CreateJob', () =>
    aws.sagemaker.send(
      new CreateJobCommand({
        JobName: input.jobName,
        RoleArn: input.roleArn,
        JobCategory: input.jobCategory,
        JobConfigSchemaVersion: input.jobConfigSchemaVersion,
        JobConfigDocument: input.jobConfigDocument,
        ...(input.tags?.length && { Tags: input.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
      }),
    ),
  );
  if (!answer.JobArn) throw new AppError('aws_failed', `AWS accepted ${input.jobName} without saying its ARN.`);
  return { jobArn: answer.JobArn };
}

/** Asks AWS to stop a job; it goes through `Stopping` and promotes its last checkpoint on a best-effort basis. */
export async function stopJob(aws: AwsRegion, ref: JobRef): Promise<void> {
  await aws.call('sagemaker:StopJob', () =>
    aws.sagemaker.send(new StopJobCommand({ JobName: ref.jobName, JobCategory: ref.jobCategory })),
  );
}

/** Deletes a job that ended. Throws AppError `conflict` while it runs. Checkpoints stay. */
export async function deleteJob(aws: AwsRegion, ref: JobRef): Promise<void> {
  await aws.call('sagemaker:DeleteJob', () =>
    aws.sagemaker.send(new DeleteJobCommand({ JobName: ref.jobName, JobCategory: ref.jobCategory })),
  );
}

/** The category as AWS said it when Cairn knows it, else the one that was asked for. */
const categoryOf = (word: string | undefined, asked: JobCategory): JobCategory =>
  JOB_CATEGORIES.find((category) => category === word) ?? asked;

/** A job that AWS returned without what identifies it is left out: there would be no address to show it at. */
function toJobSummary(summary: JobSummary, asked: JobCategory): AwsJobSummary | undefined {
  const { JobName, JobArn, CreationTime } = summary;
  if (!JobName || !JobArn || !CreationTime) return undefined;
  return {
    jobName: JobName,
    jobCategory: categoryOf(summary.JobCategory, asked),
    jobArn: JobArn,
    jobStatus: summary.JobStatus ?? 'Unknown',
    secondaryStatus: summary.JobSecondaryStatus ?? 'Unknown',
    creationTime: CreationTime,
    lastModifiedTime: summary.LastModifiedTime ?? CreationTime,
    endTime: summary.EndTime,
  };
}

function toJob(answer: DescribeJobCommandOutput, asked: JobCategory): AwsJob | undefined {
  const { JobName, JobArn, CreationTime } = answer;
  if (!JobName || !JobArn || !CreationTime) return undefined;
  return {
    jobName: JobName,
    jobCategory: categoryOf(answer.JobCategory, asked),
    jobArn: JobArn,
    jobStatus: answer.JobStatus ?? 'Unknown',
    secondaryStatus: answer.SecondaryStatus ?? 'Unknown',
    creationTime: CreationTime,
    lastModifiedTime: answer.LastModifiedTime ?? CreationTime,
    endTime: answer.EndTime,
    roleArn: answer.RoleArn,
    jobConfigSchemaVersion: answer.JobConfigSchemaVersion,
    jobConfigDocument: answer.JobConfigDocument,
    failureReason: answer.FailureReason,
    transitions: (answer.SecondaryStatusTransitions ?? []).flatMap((transition) =>
      transition.StartTime
        ? [
            {
              status: transition.Status ?? 'Unknown',
              startTime: transition.StartTime,
              endTime: transition.EndTime,
              statusMessage: transition.StatusMessage,
            },
          ]
        : [],
    ),
    tags: (answer.Tags ?? []).flatMap(({ Key, Value }) => (Key ? [{ key: Key, value: Value ?? '' }] : [])),
  };
}
