import { validationError } from '../../../protocol/aws-error';
import { readInput } from '../../../protocol/read-input';
import { stateAt } from '../../../world/job-state';
import type { Operation } from '../../service';
import { jobCategory, jobName, requireJobRegion } from '../fields';
import { findJobOrThrow } from './describe-job';

/**
 * StopJob: the job goes Stopping, promotes its last resumable checkpoint and ends as Stopped. Asking twice changes
 * nothing; a finished job cannot be stopped (assumption, as with training jobs).
 */
export const stopJob: Operation = ({ region, now, input }) => {
  requireJobRegion(region);
  const read = readInput(input, { JobName: jobName(), JobCategory: jobCategory() });
  const job = findJobOrThrow(region, read.JobCategory, read.JobName, now);
  const state = stateAt(job, now);
  if (state.final) {
    throw validationError(`The request was rejected because the job is in status ${state.jobStatus}.`);
  }
  job.stopRequestedAt ??= now;
  return {};
};
