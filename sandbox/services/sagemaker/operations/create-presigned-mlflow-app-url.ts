import { must, readInput } from '../../../protocol/read-input';
import { mlflowAppArnField, urlLifetimes } from '../../mlflow/control-plane';
import { findAppOrThrow, refuseDenied } from '../../mlflow/find-resource';
import { authorizedUrl } from '../../mlflow/sessions';
import type { Operation } from '../../service';

/** CreatePresignedMlflowAppUrl: a URL on this sandbox that works once and starts a session. */
export const createPresignedMlflowAppUrl: Operation = ({ sandbox, region, now, host, input }) => {
  const read = readInput(input, { Arn: must(mlflowAppArnField()), ...urlLifetimes() });
  const app = findAppOrThrow(region, read.Arn, now);
  refuseDenied(region, app);
  return { AuthorizedUrl: authorizedUrl(sandbox.world, { region: region.name, arn: app.arn, host, now, ...read }) };
};
