import { must, readInput } from '../../../protocol/read-input';
import { appDetails, mlflowAppArnField } from '../../mlflow/control-plane';
import { findAppOrThrow } from '../../mlflow/find-resource';
import type { Operation } from '../../service';

/** DescribeMlflowApp. */
export const describeMlflowApp: Operation = ({ region, now, input }) => {
  const { Arn } = readInput(input, { Arn: must(mlflowAppArnField()) });
  return appDetails(findAppOrThrow(region, Arn, now));
};
