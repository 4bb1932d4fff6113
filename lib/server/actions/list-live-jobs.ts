import 'server-only';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import type { JobCategory } from '@/lib/contract/names';
import type { Deployment } from '../deployment';
import { listJobs } from '../jobs/list-jobs';

/** Jobs of a category that are not final, as the catalog has them: at most some seconds old, and it costs no call. */
export async function listLiveJobs(d: Deployment, region: string, category: JobCategory): Promise<string[]> {
  const query = listJobsQuerySchema.parse({ category, status: 'running', limit: 50 });
  return (await listJobs(d, region, query)).jobs.map((job) => job.jobName);
}
