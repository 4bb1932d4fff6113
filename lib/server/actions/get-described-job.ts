import 'server-only';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';

/**
 * A job with its request: one that the catalog has from a list only is read from AWS first. Throws AppError `not_found`
 * when neither catalog nor AWS has it.
 */
export async function getDescribedJob(d: Deployment, region: string, ref: JobRef): Promise<JobDetail> {
  const { job } = await getJob(d, region, ref);
  if (job.described || job.deletedAt) return job;
  await d.sync.nudge(region, { jobCategory: ref.jobCategory, jobName: ref.jobName });
  return (await getJob(d, region, ref)).job;
}
