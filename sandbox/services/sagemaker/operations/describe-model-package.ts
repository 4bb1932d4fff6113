import { must, readInput, text } from '../../../protocol/read-input';
import { packageDetails } from '../../../world/package-view';
import type { Operation } from '../../service';
import { findPackageOrThrow } from '../find-package';

/** DescribeModelPackage, by ARN or `<group>/<version>`: the only answer that carries metadata. */
export const describeModelPackage: Operation = ({ region, now, input }) => {
  const read = readInput(input, { ModelPackageName: must(text({ min: 1, max: 176 })) });
  const { group, row } = findPackageOrThrow(region, read.ModelPackageName, now);
  return packageDetails(group, row);
};
