import { validationError } from '../../../protocol/aws-error';
import { listOf, mapOf, must, oneOf, readInput, structure, text } from '../../../protocol/read-input';
import { packageArn } from '../../../world/arns';
import type { Operation } from '../../service';
import { findPackageOrThrow } from '../find-package';

/** UpdateModelPackage: approval, registration, source, customer metadata and life cycle. What is not sent stays. */
export const updateModelPackage: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ModelPackageArn: must(text({ min: 1, max: 2048 })),
    ModelApprovalStatus: oneOf(['Approved', 'Rejected', 'PendingManualApproval']),
    ModelPackageRegistrationType: oneOf(['Logged', 'Registered']),
    ApprovalDescription: text({ max: 1024 }),
    CustomerMetadataProperties: mapOf({ max: 50 }),
    CustomerMetadataPropertiesToRemove: listOf(text({ min: 1, max: 128 }), { max: 50 }),
    SourceUri: text({ max: 1024 }),
    ModelLifeCycle: structure({
      Stage: must(text({ min: 1, max: 63 })),
      StageStatus: must(text({ min: 1, max: 63 })),
      StageDescription: text({ max: 1024 }),
    }),
    ClientToken: text({ min: 1, max: 36, pattern: /[a-zA-Z0-9-]+/ }),
  });
  const { group, row } = findPackageOrThrow(region, read.ModelPackageArn, now);
  if (group.restricted && read.CustomerMetadataProperties) {
    throw validationError('CustomerMetadataProperties cannot be set on a package with restricted storage.');
  }
  const before = group.edits.get(row.version);
  const added = read.CustomerMetadataProperties ?? {};
  const removed = read.CustomerMetadataPropertiesToRemove ?? [];
  const { ModelLifeCycle: stage } = read;
  group.edits.set(row.version, {
    ...before,
    modifiedAt: now,
    customerMetadata: { ...before?.customerMetadata, ...added },
    metadataRemoved: [...(before?.metadataRemoved ?? []).filter((key) => !(key in added)), ...removed],
    ...(read.ModelApprovalStatus && { approvalStatus: read.ModelApprovalStatus }),
    ...(read.ApprovalDescription !== undefined && { approvalDescription: read.ApprovalDescription }),
    ...(read.ModelPackageRegistrationType && { registrationType: read.ModelPackageRegistrationType }),
    ...(read.SourceUri !== undefined && { sourceUri: read.SourceUri }),
    ...(stage && {
      lifeCycle: {
        Stage: stage.Stage,
        StageStatus: stage.StageStatus,
        ...(stage.StageDescription !== undefined && { StageDescription: stage.StageDescription }),
      },
    }),
  });
  return { ModelPackageArn: packageArn(region.name, group.name, row.version) };
};
