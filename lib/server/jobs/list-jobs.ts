import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { ListJobsQuery, ListJobsResponse } from '@/lib/contract/jobs';
import type { Deployment } from '../deployment';

/** One page of the jobs of a region, with totals and filter menus. Answers from the catalog alone. */
export async function listJobs(_d: Deployment, _region: string, _query: ListJobsQuery): Promise<ListJobsResponse> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
