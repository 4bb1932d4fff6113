import { must, readInput } from '../../../protocol/read-input';
import { serverDetails, trackingServerName } from '../../mlflow/control-plane';
import { findServerOrThrow } from '../../mlflow/find-resource';
import type { Operation } from '../../service';

/** DescribeMlflowTrackingServer. Its URL leads to this sandbox. */
export const describeMlflowTrackingServer: Operation = ({ region, now, host, input }) => {
  const { TrackingServerName } = readInput(input, { TrackingServerName: must(trackingServerName()) });
  return serverDetails(findServerOrThrow(region, TrackingServerName, now), host);
};
