import 'server-only';
import {
  BatchDescribeModelPackageCommand,
  DeleteModelPackageCommand,
  DescribeModelPackageCommand,
  type InferenceSpecification,
  ListModelPackagesCommand,
  ListTagsCommand,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import { AppError } from '@/lib/contract/app-error';
import type { AwsRegion } from './clients';
import type { AwsTag } from './sagemaker-jobs';

/** What ListModelPackages tells of a package: neither kind nor place. */
export interface AwsPackageSummary {
  packageArn: string;
  group: string;
  version: number;
  creationTime: Date;
  packageStatus: string;
  approvalStatus?: string;
  registrationType?: string;
  description?: string;
}

/** What BatchDescribeModelPackage adds. */
export interface AwsPackage extends AwsPackageSummary {
  /** InferenceSpecification.Containers[].IsCheckpoint of the first container that says it. */
  isCheckpoint?: boolean;
  /** Hidden by AWS for packages of Restricted groups. */
  s3Uri?: string;
  /** HubContentName of the base model. */
  baseModel?: string;
}

/** What only DescribeModelPackage tells: the carriers that may name the job. */
export interface AwsPackageDetail extends AwsPackage {
  generatedBy?: string;
  customerMetadata: Record<string, string>;
  sourceUri?: string;
}

export interface ListPackagesPageInput {
  group: string;
  order: 'oldest-first' | 'newest-first';
  createdAfter?: Date;
  createdBefore?: Date;
  nextToken?: string;
}

/**
 * The model registry answers a name that is not there with a ValidationException (API model: it has no other for it), as
 * it does a request it cannot read. Where the name is the only thing in a request that can be wrong, that is what it is.
 */
async function orNotFound<T>(what: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'unprocessable') throw error;
    throw new AppError('not_found', `AWS has no ${what} (any more).`, { cause: error });
  }
}

/**
 * One page of up to 100 packages of one group, by creation time. A short page with a token is not the end.
 * Throws AppError `not_found` when AWS has no such group.
 */
export async function listPackagesPage(
  aws: AwsRegion,
  input: ListPackagesPageInput,
): Promise<{ packages: AwsPackageSummary[]; nextToken?: string }> {
  const call = aws.call('sagemaker:ListModelPackages', () =>
    aws.sagemaker.send(
      new ListModelPackagesCommand({
        ModelPackageGroupName: input.group,
        MaxResults: 100,
        SortBy: 'CreationTime',
        SortOrder: input.order === 'oldest-first' ? 'Ascending' : 'Descending',
        CreationTimeAfter: input.createdAfter,
        CreationTimeBefore: input.createdBefore,
        NextToken: input.nextToken,
      }),
    ),
  );
  // A token may be refused as well; then the next try goes without one.
  const answer = await (input.nextToken ? call : orNotFound(`model package group ${input.group}`, call));
  const packages = (answer.ModelPackageSummaryList ?? []).flatMap((summary) => toPackageSummary(summary) ?? []);
  return { packages, nextToken: answer.NextToken || undefined };
}

export interface BatchDescribeResult {
  packages: AwsPackage[];
  /** Packages AWS could not describe, with its reason. */
  failed: { packageArn: string; code: string; message: string }[];
}

/** Kind, place and base model of up to 100 packages in one call. */
export async function batchDescribePackages(aws: AwsRegion, packageArns: string[]): Promise<BatchDescribeResult> {
  const answer = await aws.call('sagemaker:BatchDescribeModelPackage', () =>
    aws.sagemaker.send(new BatchDescribeModelPackageCommand({ ModelPackageArnList: packageArns })),
  );
  const packages = Object.entries(answer.ModelPackageSummaries ?? {}).flatMap(([arn, summary]) => {
    const common = toPackageSummary({ ...summary, ModelPackageArn: summary.ModelPackageArn ?? arn });
    return common ? [{ ...common, ...fromContainers(summary.InferenceSpecification) }] : [];
  });
  const failed = Object.entries(answer.BatchDescribeModelPackageErrorMap ?? {}).map(([packageArn, error]) => ({
    packageArn,
    code: error.ErrorCode ?? 'Unknown',
    message: error.ErrorResponse ?? '',
  }));
  return { packages, failed };
}

/** One package whole. Throws AppError `not_found` when AWS has no such package. */
export async function describePackage(aws: AwsRegion, packageArn: string): Promise<AwsPackageDetail> {
  const answer = await orNotFound(
    `model package ${packageArn}`,
    aws.call('sagemaker:DescribeModelPackage', () =>
      aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: packageArn })),
    ),
  );
  const common = toPackageSummary(answer);
  if (!common) throw new AppError('aws_failed', `AWS described ${packageArn} without its version or creation time.`);
  return {
    ...common,
    ...fromContainers(answer.InferenceSpecification),
    generatedBy: answer.MetadataProperties?.GeneratedBy,
    customerMetadata: answer.CustomerMetadataProperties ?? {},
    sourceUri: answer.SourceUri,
  };
}

/** Sets the approval of a package. Throws AppError `unprocessable` with AWS's words, also for one that is not there. */
export async function approvePackage(
  aws: AwsRegion,
  packageArn: string,
  approval: { status: 'Approved' | 'Rejected'; description?: string },
): Promise<void> {
  await aws.call('sagemaker:UpdateModelPackage', () =>
    aws.sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: packageArn,
        ModelApprovalStatus: approval.status,
        ApprovalDescription: approval.description || undefined,
      }),
    ),
  );
}

/**
 * Deletes a package. Throws AppError `not_found` when AWS has none (any more), `conflict` when it cannot go now (API
 * model: ConflictException), `access_denied`, `throttled`, or `unprocessable` with AWS's words.
 */
export async function deletePackage(aws: AwsRegion, packageArn: string): Promise<void> {
  try {
    await aws.call('sagemaker:DeleteModelPackage', () =>
      aws.sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: packageArn })),
    );
  } catch (error) {
    // One name for a package that is not there and for one that may not go: only another look tells them apart.
    if (error instanceof AppError && error.code === 'unprocessable') await describePackage(aws, packageArn);
    throw error;
  }
}

/** The tags of a package or job. All pages: a resource has at most 50. */
export async function listTags(aws: AwsRegion, arn: string): Promise<AwsTag[]> {
  const tags: AwsTag[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await aws.call('sagemaker:ListTags', () =>
      // 50 is the smallest page this operation accepts (API model).
      aws.sagemaker.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 50, NextToken: nextToken })),
    );
    for (const { Key, Value } of answer.Tags ?? []) if (Key) tags.push({ key: Key, value: Value ?? '' });
    nextToken = answer.NextToken || undefined;
  } while (nextToken);
  return tags;
}

interface WireSummary {
  ModelPackageArn?: string;
  ModelPackageGroupName?: string;
  ModelPackageVersion?: number;
  CreationTime?: Date;
  ModelPackageStatus?: string;
  ModelApprovalStatus?: string;
  ModelPackageRegistrationType?: string;
  ModelPackageDescription?: string;
}

/**
 * Group and version come from the members, else from the ARN, which may be in lower case where the group's name is not.
 * A package without both is no checkpoint and is left out.
 */
function toPackageSummary(wire: WireSummary): AwsPackageSummary | undefined {
  const { ModelPackageArn, CreationTime } = wire;
  if (!ModelPackageArn || !CreationTime) return undefined;
  const parsed = parsePackageArn(ModelPackageArn);
  const group = wire.ModelPackageGroupName ?? parsed?.group;
  const version = wire.ModelPackageVersion ?? parsed?.version;
  if (!group || version === undefined) return undefined;
  return {
    packageArn: ModelPackageArn,
    group,
    version,
    creationTime: CreationTime,
    packageStatus: wire.ModelPackageStatus ?? 'Unknown',
    approvalStatus: wire.ModelApprovalStatus,
    registrationType: wire.ModelPackageRegistrationType,
    description: wire.ModelPackageDescription,
  };
}

function fromContainers(specification: InferenceSpecification | undefined) {
  const containers = specification?.Containers ?? [];
  return {
    isCheckpoint: containers.find((container) => container.IsCheckpoint !== undefined)?.IsCheckpoint,
    s3Uri: containers.find((c) => c.ModelDataSource?.S3DataSource?.S3Uri)?.ModelDataSource?.S3DataSource?.S3Uri,
    baseModel: containers.find((c) => c.BaseModel?.HubContentName)?.BaseModel?.HubContentName,
  };
}
