import { resourceInUse } from '../../../protocol/aws-error';
import { readInput } from '../../../protocol/read-input';
import { stateAt } from '../../../world/job-state';
import type { Operation } from '../../service';
import { jobCategory, jobName, requireJobRegion } from '../fields';

/**
 * DeleteJob: only for finished jobs, else ResourceInUse; deleting what is gone is fine (AWS docs). The job is seen as
 * Deleting for a short while. Its packages stay.
 */
export const deleteJob: Operation = ({ region, now, input }) => {
  requireJobRegion(region);
  const read = readInput(input, { JobName: jobName(), JobCategory: jobCategory() });
  const job = region.findJob(read.JobCategory, read.JobName, now);
  if (!job) return {};
  if (!stateAt(job, now).final) {
    throw resourceInUse(`Job ${job.name} is still running. Stop it and wait until it has ended before deleting it.`);
  }
  job.deletedAt ??= now;
  return {};
};
