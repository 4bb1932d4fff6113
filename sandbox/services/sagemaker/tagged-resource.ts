import { resourceNotFound } from '../../protocol/aws-error';
import { parseGroupName, parseJobArn, parsePackageRef } from '../../world/arns';
import { packageTags } from '../../world/package-view';
import type { Tag } from '../../world/types';
import type { RegionWorld } from '../../world/world';

/** Something with tags: how to read and replace them. */
export interface TaggedResource {
  read(): Tag[];
  replace(tags: Tag[]): void;
}

/** The job, package or package group behind an ARN. Throws ResourceNotFound for anything else. */
export function findTaggedResource(region: RegionWorld, arn: string, now: number): TaggedResource {
  const job = parseJobArn(arn);
  if (job && job.region === region.name) {
    const found = region.findJob(job.category, job.name, now);
    if (found) return { read: () => found.tags, replace: (tags) => Object.assign(found, { tags }) };
  }
  const ref = parsePackageRef(arn);
  if (ref?.region === region.name) {
    const group = region.groups.get(ref.group);
    const row = group?.row(ref.version, now);
    if (group && row) {
      return { read: () => packageTags(group, row), replace: (tags) => void group.packageTags.set(row.version, tags) };
    }
  }
  const group = arn.includes(`:${region.name}:`) ? region.groups.get(parseGroupName(arn) ?? '') : undefined;
  if (group)
    return { read: () => group.tags, replace: (tags) => void group.tags.splice(0, group.tags.length, ...tags) };
  throw resourceNotFound(`Requested resource not found: ${arn}`);
}
