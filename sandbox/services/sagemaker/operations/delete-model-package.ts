import { must, readInput, text } from '../../../protocol/read-input';
import type { Operation } from '../../service';
import { findPackageOrThrow } from '../find-package';

/** DeleteModelPackage: the version is gone and its number is never given out again. */
export const deleteModelPackage: Operation = ({ region, now, input }) => {
  const read = readInput(input, { ModelPackageName: must(text({ min: 1, max: 176 })) });
  const { group, row } = findPackageOrThrow(region, read.ModelPackageName, now);
  group.delete(row.version, now);
  return {};
};
