import { oneOf, readInput, text, time } from '../../../protocol/read-input';
import { mlflowResourcesAt } from '../../../world/mlflow-resource';
import { appSummary, MLFLOW_VERSION, mlflowVersion } from '../../mlflow/control-plane';
import type { Operation } from '../../service';
import { maxResults, nextToken, sortOrder } from '../fields';
import { cutPage } from '../page';

const STATUSES = [
  'Creating',
  'Created',
  'CreateFailed',
  'Updating',
  'Updated',
  'UpdateFailed',
  'Deleting',
  'DeleteFailed',
  'Deleted',
] as const;

/** ListMlflowApps: every app of the region; all of them are Created and enabled as the account's default. */
export const listMlflowApps: Operation = ({ region, now, input }) => {
  const read = readInput(input, {
    CreatedAfter: time(),
    CreatedBefore: time(),
    Status: oneOf(STATUSES),
    MlflowVersion: mlflowVersion(),
    DefaultForDomainId: text({ max: 63 }),
    AccountDefaultStatus: oneOf(['ENABLED', 'DISABLED']),
    SortBy: oneOf(['Name', 'CreationTime', 'Status']),
    SortOrder: sortOrder(),
    NextToken: nextToken(),
    MaxResults: maxResults(),
  });
  const candidates = mlflowResourcesAt(region, now).filter((resource) => resource.kind === 'app');
  if (read.SortBy === 'Name') candidates.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (read.SortOrder !== 'Ascending') candidates.reverse();
  const fits =
    (read.Status ?? 'Created') === 'Created' &&
    (read.MlflowVersion ?? MLFLOW_VERSION) === MLFLOW_VERSION &&
    (read.AccountDefaultStatus ?? 'ENABLED') === 'ENABLED' &&
    read.DefaultForDomainId === undefined;
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
  return { Summaries: page.items.map(appSummary), NextToken: page.nextToken };
};
