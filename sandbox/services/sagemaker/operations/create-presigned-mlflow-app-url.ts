import { must, readInput } from '../../../protocol/read-input';
import { mlflowAppArnField, urlLifetimes } from '../../mlflow/control-plane';
import { findAppOrThrow } from '../../mlflow/find-resource';
import { authorizedUrl } from '../../mlflow/sessions';
import type { Operation } from '../../service';

/** CreatePresignedMlflowAppUrl: a URL on this sandbox that works once and starts a session. */
export const createPresignedMlflowAppUrl: Operation = ({ sandbox, region, now, host, input }) => {
  const read = readInput(input, { Arn: must(mlflowAppArnField()), ...urlLifetimes() });
  const { arn } = findAppOrThrow(region, read.Arn, now);
  return { AuthorizedUrl: authorizedUrl(sandbox.world, { region: region.name, arn, host, now, ...read }) };
};
