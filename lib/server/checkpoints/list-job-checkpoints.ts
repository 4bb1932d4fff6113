import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { ListCheckpointsQuery, ListCheckpointsResponse } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { findJobId, listJobCheckpointsPage } from '../catalog/checkpoint-rows';
import type { Deployment } from '../deployment';

/** The checkpoints attributed to one job, newest step first. Throws AppError `not_found` for a job the catalog lacks. */
export async function listJobCheckpoints(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: ListCheckpointsQuery,
): Promise<ListCheckpointsResponse> {
  const scope = await d.scope(region);
  const job = await findJobId(d.catalog, scope, ref);
  if (!job) {
    throw new AppError('not_found', `Cairn knows no ${ref.jobCategory} job named ${ref.jobName} in ${region}.`, {
      hint: 'Open the job first: Cairn then asks AWS for it.',
    });
  }
  return {
    ...(await listJobCheckpointsPage(d.catalog, scope, job.id, query)),
    complete: job.complete,
    asOf: d.sync.status(region).lastSuccessAt ?? job.asOf.toISOString(),
    awsNow: d.awsNow(region).toISOString(),
  };
}
