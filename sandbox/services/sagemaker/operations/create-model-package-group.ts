import { validationError } from '../../../protocol/aws-error';
import { must, oneOf, readInput, structure, text } from '../../../protocol/read-input';
import { groupArn } from '../../../world/arns';
import type { Operation } from '../../service';
import { tagList } from '../fields';

/** CreateModelPackageGroup. A restricted group (Nova) hides where its packages are stored. */
export const createModelPackageGroup: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    ModelPackageGroupName: must(text({ min: 1, max: 63, pattern: /[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}/ })),
    ModelPackageGroupDescription: text({ max: 1024 }),
    Tags: tagList(),
    ManagedConfiguration: structure({ ManagedStorageType: oneOf(['Restricted']) }),
  });
  const name = read.ModelPackageGroupName;
  if (region.groups.has(name)) {
    throw validationError(`Model Package Group already exists: ${groupArn(region.name, name)}`);
  }
  region.addGroup(name, now, {
    restricted: read.ManagedConfiguration?.ManagedStorageType === 'Restricted',
    ...(read.ModelPackageGroupDescription !== undefined && { description: read.ModelPackageGroupDescription }),
    ...(read.Tags && { tags: read.Tags }),
  });
  return { ModelPackageGroupArn: groupArn(region.name, name) };
};
