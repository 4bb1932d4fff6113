import 'server-only';
import type { ListJobsQuery, ListJobsResponse } from '@/lib/contract/jobs';
import { countsOf } from '../catalog/kept-counts';
import { listJobsPage } from '../catalog/list-jobs-page';
import type { Deployment } from '../deployment';

/** One page of the jobs of a region, with totals and filter menus. Answers from the catalog alone. */
export async function listJobs(d: Deployment, region: string, query: ListJobsQuery): Promise<ListJobsResponse> {
  const scope = await d.scope(region);
  const awsNow = d.awsNow(region);
  const page = await listJobsPage(d.catalog, scope, query, awsNow);
  return {
    ...page,
    ...(await countsOf(d.catalog, scope, query)),
    asOf: d.sync.status(region).lastSuccessAt,
    awsNow: awsNow.toISOString(),
  };
}
