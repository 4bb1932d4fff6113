import type { Checkpoint, ListCheckpointsResponse } from '../../lib/contract/checkpoints';
import type { JobRow, ListJobsResponse } from '../../lib/contract/jobs';
import { apiPaths } from '../../lib/contract/paths';
import { type Cairn, REGION } from '../cairn';

/** Every job of the region as the API tells it, page by page. */
export async function readJobs(cairn: Cairn): Promise<JobRow[]> {
  const jobs: JobRow[] = [];
  let cursor = '';
  do {
    const page: ListJobsResponse = await cairn.api(`${apiPaths.jobs(REGION)}?limit=20${cursor && `&cursor=${cursor}`}`);
    jobs.push(...page.jobs);
    cursor = page.nextCursor ? encodeURIComponent(page.nextCursor) : '';
  } while (cursor);
  return jobs;
}

/** Every checkpoint of one job as the API tells it, page by page. */
export async function readCheckpoints(
  cairn: Cairn,
  job: Pick<JobRow, 'jobCategory' | 'jobName'>,
): Promise<Checkpoint[]> {
  const path = apiPaths.jobPart(REGION, job.jobCategory, job.jobName, 'checkpoints');
  const checkpoints: Checkpoint[] = [];
  let cursor = '';
  do {
    const page: ListCheckpointsResponse = await cairn.api(`${path}?limit=100${cursor && `&cursor=${cursor}`}`);
    checkpoints.push(...page.checkpoints);
    cursor = page.nextCursor ? encodeURIComponent(page.nextCursor) : '';
  } while (cursor);
  return checkpoints;
}
