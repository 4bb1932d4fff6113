import { validationError } from '../../../protocol/aws-error';
import { parseGroupName } from '../../../world/arns';
import { asObject, asText } from '../../../world/hyperparameters';
import type { PackageGroup } from '../../../world/package-group';
import type { JsonObject } from '../../../world/types';
import type { RegionWorld } from '../../../world/world';

export interface JobGroups {
  outputGroup?: string;
  intermediateGroup?: string;
}

/**
 * The package groups a document names. They must exist and differ (AWS docs), and a group that was ever given resumable
 * checkpoints cannot become an output group (assumption).
 */
export function groupsOf(region: RegionWorld, document: JsonObject, now: number): JobGroups {
  const config = asObject(document.ModelPackageConfig);
  const output = findGroup(region, asText(config?.OutputModelPackageGroupArn), now);
  const intermediate = findGroup(region, asText(config?.IntermediateCheckpointModelPackageGroupArn), now);
  if (output && output === intermediate) {
    throw validationError(
      'OutputModelPackageGroupArn and IntermediateCheckpointModelPackageGroupArn must name different model package groups.',
    );
  }
  if (output?.hasEverHeld('resumable')) {
    throw validationError(
      `Model package group ${output.name} holds intermediate checkpoints and cannot be used as OutputModelPackageGroupArn.`,
    );
  }
  return {
    ...(output && { outputGroup: output.name }),
    ...(intermediate && { intermediateGroup: intermediate.name }),
  };
}

function findGroup(region: RegionWorld, arn: string | undefined, now: number): PackageGroup | undefined {
  if (arn === undefined) return undefined;
  const name = parseGroupName(arn);
  const group = name === undefined ? undefined : region.groups.get(name);
  if (!group || group.createdAt > now || !arn.includes(`:${region.name}:`)) {
    throw validationError(`Model package group ${arn} does not exist.`);
  }
  return group;
}
