import { must, readInput } from '../../../protocol/read-input';
import { trackingServerName, urlLifetimes } from '../../mlflow/control-plane';
import { findServerOrThrow } from '../../mlflow/find-resource';
import { authorizedUrl } from '../../mlflow/sessions';
import type { Operation } from '../../service';

/** CreatePresignedMlflowTrackingServerUrl: the same for a tracking server. */
export const createPresignedMlflowTrackingServerUrl: Operation = ({ sandbox, region, now, host, input }) => {
  const read = readInput(input, { TrackingServerName: must(trackingServerName()), ...urlLifetimes() });
  const { arn } = findServerOrThrow(region, read.TrackingServerName, now);
  return { AuthorizedUrl: authorizedUrl(sandbox.world, { region: region.name, arn, host, now, ...read }) };
};
