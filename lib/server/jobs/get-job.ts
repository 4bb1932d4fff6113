import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { GetJobResponse, JobRef } from '@/lib/contract/jobs';
import { findJob } from '../catalog/find-job';
import type { Deployment } from '../deployment';

/**
 * One job whole. From the catalog; a job it does not know is asked for at AWS once, however many ask at the same time.
 * Throws AppError `not_found` when AWS has no such job either.
 */
export async function getJob(d: Deployment, region: string, ref: JobRef): Promise<GetJobResponse> {
  const scope = await d.scope(region);
  let found = await findJob(d.catalog, scope, ref);
  if (!found) {
    await d.sync.nudge(region, ref);
    found = await findJob(d.catalog, scope, ref);
  }
  if (!found) {
    throw new AppError('not_found', `There is no ${ref.jobCategory} job named ${ref.jobName} in ${region}.`, {
      hint: 'Check name, category and region; the jobs list shows what Cairn knows.',
    });
  }
  return { job: found.job, asOf: found.asOf.toISOString(), awsNow: d.awsNow(region).toISOString() };
}
