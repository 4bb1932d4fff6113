import 'server-only';
import type { ListActionsQuery, ListActionsResponse } from '@/lib/contract/action-log';
import { listActions } from '../catalog/actions-store';
import type { Deployment } from '../deployment';

/** One page of the ledger of everything this dashboard changed, newest first. Costs AWS nothing. */
export async function getActionLog(
  d: Deployment,
  region: string,
  { category, name, group, version, limit, cursor }: ListActionsQuery,
): Promise<ListActionsResponse> {
  const scope = await d.scope(region);
  const ref =
    category && name ? { jobCategory: category, jobName: name } : group && version ? { group, version } : undefined;
  const page = await listActions(d.catalog, scope, ref, { limit, cursor });
  return { ...page, asOf: d.sync.status(region).lastSuccessAt, awsNow: d.awsNow(region).toISOString() };
}
