import { must, readInput } from '../../../protocol/read-input';
import { trackingServerName, urlLifetimes } from '../../mlflow/control-plane';
import { findServerOrThrow, refuseDenied } from '../../mlflow/find-resource';
import { authorizedUrl } from '../../mlflow/sessions';
import type { Operation } from '../../service';

/** CreatePresignedMlflowTrackingServerUrl: the same for a tracking server. */
export const createPresignedMlflowTrackingServerUrl: Operation = ({ sandbox, region, now, host, input }) => {
  const read = readInput(input, { TrackingServerName: must(trackingServerName()), ...urlLifetimes() });
  const server = findServerOrThrow(region, read.TrackingServerName, now);
  refuseDenied(region, server);
  return { AuthorizedUrl: authorizedUrl(sandbox.world, { region: region.name, arn: server.arn, host, now, ...read }) };
};
