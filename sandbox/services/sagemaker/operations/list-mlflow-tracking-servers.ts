import { oneOf, readInput, text, time } from '../../../protocol/read-input';
import { mlflowResourcesAt } from '../../../world/mlflow-resource';
import { MLFLOW_VERSION, mlflowVersion, serverSummary } from '../../mlflow/control-plane';
import type { Operation } from '../../service';
import { maxResults, nextToken, sortOrder } from '../fields';
import { cutPage } from '../page';

/** ListMlflowTrackingServers: every server of the region; all of them are Created and active. */
export const listMlflowTrackingServers: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    CreatedAfter: time(),
    CreatedBefore: time(),
    TrackingServerStatus: text({ max: 64 }),
    MlflowVersion: mlflowVersion(),
    SortBy: oneOf(['Name', 'CreationTime', 'Status']),
    SortOrder: sortOrder(),
    NextToken: nextToken(),
    MaxResults: maxResults(),
  });
  const candidates = mlflowResourcesAt(region, now).filter((resource) => resource.kind === 'server');
  if (read.SortBy === 'Name') candidates.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (read.SortOrder !== 'Ascending') candidates.reverse();
  const fits =
    (read.TrackingServerStatus ?? 'Created') === 'Created' && (read.MlflowVersion ?? MLFLOW_VERSION) === MLFLOW_VERSION;
  const page = cutPage({
    input,
    token: read.NextToken,
    limit: read.MaxResults ?? 100,
    scanLimit: candidates.length,
    candidates,
    keyOf: (resource) => resource.arn,
    matches: (resource) =>
      fits &&
      resource.createdAt >= (read.CreatedAfter ?? Number.NEGATIVE_INFINITY) &&
      resource.createdAt <= (read.CreatedBefore ?? Number.POSITIVE_INFINITY),
  });
  return { TrackingServerSummaries: page.items.map(serverSummary), NextToken: page.nextToken };
};
