import { resourceNotFound } from '../../../protocol/aws-error';
import { toEpochSeconds } from '../../../protocol/aws-json';
import { readInput } from '../../../protocol/read-input';
import { jobArn } from '../../../world/arns';
import { stateAt, transitionsAt } from '../../../world/job-state';
import { documentTextAt } from '../../../world/service-output';
import type { Job } from '../../../world/types';
import type { RegionWorld } from '../../../world/world';
import type { Operation } from '../../service';
import { jobCategory, jobName, requireJobRegion } from '../fields';

/** DescribeJob: everything the service says about one job, its document enriched with ServiceOutput. */
export const describeJob: Operation = ({ region, now, input }) => {
  requireJobRegion(region);
  const read = readInput(input, { JobName: jobName(), JobCategory: jobCategory() });
  const job = findJobOrThrow(region, read.JobCategory, read.JobName, now);
  const state = stateAt(job, now);
  return {
    JobName: job.name,
    JobArn: jobArn(region.name, job.category, job.name),
    RoleArn: job.roleArn,
    JobCategory: job.category,
    JobConfigSchemaVersion: job.schemaVersion,
    JobConfigDocument: documentTextAt(region, job, now),
    CreationTime: toEpochSeconds(job.createdAt),
    LastModifiedTime: toEpochSeconds(state.lastModified),
    EndTime: state.endTime === undefined ? undefined : toEpochSeconds(state.endTime),
    JobStatus: state.jobStatus,
    SecondaryStatus: state.secondaryStatus,
    SecondaryStatusTransitions: transitionsAt(job, now).map((phase) => ({
      Status: phase.status,
      StartTime: toEpochSeconds(phase.start),
      EndTime: phase.end === undefined ? undefined : toEpochSeconds(phase.end),
      StatusMessage: phase.message,
    })),
    FailureReason: state.failureReason?.slice(0, 1024) || undefined,
    Tags: job.tags,
  };
};

/** The job, or the ResourceNotFound the service answers. */
export function findJobOrThrow(region: RegionWorld, category: string, name: string, now: number): Job {
  const job = region.findJob(category, name, now);
  if (!job) throw resourceNotFound(`Requested resource not found. Job ${name} of category ${category} does not exist.`);
  return job;
}
