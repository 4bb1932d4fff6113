import { validationError } from '../../protocol/aws-error';
import { parseGroupName, parsePackageRef } from '../../world/arns';
import type { PackageGroup, PackageRow } from '../../world/package-group';
import type { RegionWorld } from '../../world/world';

/** A package by `<group>/<version>` or ARN. Throws ValidationException, as the service does, when there is none. */
export function findPackageOrThrow(
  region: RegionWorld,
  nameOrArn: string,
  now: number,
): { group: PackageGroup; row: PackageRow } {
  const ref = parsePackageRef(nameOrArn);
  const here = ref && (ref.region === undefined || ref.region === region.name);
  const group = here ? region.groups.get(ref.group) : undefined;
  const row = ref && group?.row(ref.version, now);
  if (!group || !row) throw validationError(`ModelPackage ${nameOrArn} does not exist.`);
  return { group, row };
}

/** A group by name or ARN. Throws ValidationException when there is none. */
export function findGroupOrThrow(region: RegionWorld, nameOrArn: string, now: number): PackageGroup {
  const group = region.groups.get(parseGroupName(nameOrArn) ?? '');
  if (!group || group.createdAt > now) throw validationError(`ModelPackageGroup ${nameOrArn} does not exist.`);
  return group;
}
