import { findBaseModel } from '../data/base-models';
import { toEpochSeconds } from '../protocol/aws-json';
import { hashKey, Rng } from '../rng';
import { groupArn, jobArn, packageArn, USER_ARN } from './arns';
import { asObject, asText } from './hyperparameters';
import type { PackageGroup, PackageRow } from './package-group';
import type { Job, Tag } from './types';

/** The four fields every answer about a package shares. */
export function packageSummary(group: PackageGroup, row: PackageRow) {
  const edit = group.edits.get(row.version);
  return {
    ModelPackageGroupName: group.name,
    ModelPackageVersion: row.version,
    ModelPackageArn: packageArn(group.region, group.name, row.version),
    ModelPackageDescription: descriptionOf(row),
    CreationTime: toEpochSeconds(row.createdAt),
    ModelPackageStatus: 'Completed',
    ModelApprovalStatus: edit?.approvalStatus ?? (row.kind === 'resumable' ? undefined : 'PendingManualApproval'),
    ModelPackageRegistrationType: edit?.registrationType ?? (row.kind === 'promoted' ? 'Registered' : 'Logged'),
  };
}

/** What DescribeModelPackage answers. */
export function packageDetails(group: PackageGroup, row: PackageRow) {
  const edit = group.edits.get(row.version);
  const { ModelPackageArn, ...summary } = packageSummary(group, row);
  return {
    // Must be there and without a slash (API model): the group's name is all that fits a versioned package.
    ModelPackageName: group.name,
    ...summary,
    ModelPackageArn,
    InferenceSpecification: inferenceSpecification(group, row),
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    CreatedBy: row.job ? {} : { IamIdentity: { Arn: USER_ARN, PrincipalId: 'AROAEXAMPLE:robin' } },
    MetadataProperties: metadataOf(group, row),
    CustomerMetadataProperties: customerMetadataOf(group, row),
    LastModifiedTime: edit ? toEpochSeconds(edit.modifiedAt) : undefined,
    LastModifiedBy: edit ? { IamIdentity: { Arn: USER_ARN, PrincipalId: 'AROAEXAMPLE:robin' } } : undefined,
    ApprovalDescription: edit?.approvalDescription,
    SourceUri: edit?.sourceUri,
    ModelLifeCycle: edit?.lifeCycle,
    ManagedStorageType: group.restricted ? 'Restricted' : undefined,
  };
}

/** Container, base model and S3 location. Restricted groups hide the location (AWS docs). */
export function inferenceSpecification(group: PackageGroup, row: PackageRow) {
  const location = group.restricted ? undefined : s3LocationOf(row);
  const base = row.job ? findBaseModel(row.job.baseModel) : undefined;
  return {
    Containers: [
      {
        IsCheckpoint: row.kind === 'resumable',
        BaseModel: base && {
          HubContentName: base.hubContentName,
          HubContentVersion: '1.0.0',
          RecipeName: base.recipe,
        },
        ModelDataSource: location && {
          S3DataSource: { S3Uri: location, S3DataType: 'S3Prefix', CompressionType: 'None' },
        },
      },
    ],
    SupportedContentTypes: ['application/json'],
    SupportedResponseMIMETypes: ['application/json'],
  };
}

/** The tags of a package: what the service put on it and what people added. */
export function packageTags(group: PackageGroup, row: PackageRow): Tag[] {
  const own: Tag[] =
    row.job && row.job.quirks.packageEvidence === 'tags'
      ? [
          { Key: 'sagemaker:job-arn', Value: jobArn(row.job.region, row.job.category, row.job.name) },
          { Key: 'sagemaker:step', Value: String(row.step) },
        ]
      : [];
  const added = group.packageTags.get(row.version) ?? [];
  return [...own.filter((tag) => !added.some((other) => other.Key === tag.Key)), ...added];
}

export const stepFolder = (step: number) => `step-${String(step).padStart(6, '0')}`;

function s3LocationOf(row: PackageRow): string {
  if (!row.job) return `s3://example-mtrl-scratch/imports/${new Rng(hashKey('stray', row.version)).uuid()}/`;
  const base = outputPathOf(row.job);
  if (row.job.quirks.packageEvidence === 'path') {
    return row.kind === 'resumable'
      ? `${base}${row.job.name}/checkpoints/${stepFolder(row.step)}/`
      : `${base}${row.job.name}/output/${stepFolder(row.step)}/hf/`;
  }
  const opaque = new Rng(hashKey('opaque', row.job.key, row.step, row.kind === 'resumable' ? 0 : 1)).uuid();
  return `${base}${opaque}/`;
}

function outputPathOf(job: Job): string {
  const path = asText(asObject(job.document.OutputDataConfig)?.S3OutputPath) ?? 's3://example-mtrl-output/';
  return path.endsWith('/') ? path : `${path}/`;
}

function metadataOf(group: PackageGroup, row: PackageRow) {
  if (!row.job || group.restricted || row.job.quirks.packageEvidence !== 'metadata') return undefined;
  return { GeneratedBy: jobArn(row.job.region, row.job.category, row.job.name) };
}

function customerMetadataOf(group: PackageGroup, row: PackageRow): Record<string, string> | undefined {
  const made: Record<string, string> =
    row.job && !group.restricted && row.job.quirks.packageEvidence === 'metadata' ? { step: String(row.step) } : {};
  const edit = group.edits.get(row.version);
  const merged = { ...made, ...edit?.customerMetadata };
  for (const key of edit?.metadataRemoved ?? []) delete merged[key];
  return Object.keys(merged).length > 0 ? merged : undefined;
}

function descriptionOf(row: PackageRow): string | undefined {
  if (row.kind === 'promoted') return 'Promoted from the last intermediate checkpoint';
  return row.kind === 'stray' ? 'Imported by hand' : undefined;
}

export function groupSummary(group: PackageGroup) {
  return {
    ModelPackageGroupName: group.name,
    ModelPackageGroupArn: groupArn(group.region, group.name),
    ModelPackageGroupDescription: group.description,
    CreationTime: toEpochSeconds(group.createdAt),
    ModelPackageGroupStatus: 'Completed',
    ManagedConfiguration: group.restricted ? { ManagedStorageType: 'Restricted' } : undefined,
  };
}
