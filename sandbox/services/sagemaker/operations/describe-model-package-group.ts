import { must, readInput } from '../../../protocol/read-input';
import { USER_ARN } from '../../../world/arns';
import { groupSummary } from '../../../world/package-view';
import type { Operation } from '../../service';
import { groupNameOrArn } from '../fields';
import { findGroupOrThrow } from '../find-package';

/** DescribeModelPackageGroup, by name or ARN. */
export const describeModelPackageGroup: Operation = ({ region, now, input }) => {
  const read = readInput(input, { ModelPackageGroupName: must(groupNameOrArn()) });
  const group = findGroupOrThrow(region, read.ModelPackageGroupName, now);
  return {
    ...groupSummary(group),
    CreatedBy: { IamIdentity: { Arn: USER_ARN, PrincipalId: 'AROAEXAMPLE:robin' } },
  };
};
