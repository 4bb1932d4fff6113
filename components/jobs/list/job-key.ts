import type { JobRow } from '@/lib/contract/jobs';

/** What makes a job one and the same within a region: names are unique per category only. */
export function jobKey(job: Pick<JobRow, 'jobCategory' | 'jobName'> | undefined): string {
  return job ? `${job.jobCategory}/${job.jobName}` : '';
}
