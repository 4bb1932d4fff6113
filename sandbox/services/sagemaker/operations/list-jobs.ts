import { toEpochSeconds } from '../../../protocol/aws-json';
import { oneOf, readInput, time } from '../../../protocol/read-input';
import { jobArn } from '../../../world/arns';
import { isVisible, stateAt } from '../../../world/job-state';
import type { Job } from '../../../world/types';
import { compareText, type RegionWorld } from '../../../world/world';
import type { Operation } from '../../service';
import {
  createdBetween,
  jobCategory,
  maxResults,
  nameContains,
  nextToken,
  requireJobRegion,
  sortOrder,
} from '../fields';
import { cutPage } from '../page';

const STATUSES = ['InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped', 'Deleting', 'DeleteFailed'] as const;
const DEFAULT_MAX_RESULTS = 50;
/** With a filter on name or status, one call looks at this many times the page size; pages can then be short. */
const SCAN_FACTOR = 4;

/** ListJobs: the jobs of one category. Summaries carry `JobSecondaryStatus`, and no document, reason or tags. */
export const listJobs: Operation = ({ region, now, input }) => {
  requireJobRegion(region);
  const read = readInput(input, {
    JobCategory: jobCategory(),
    NextToken: nextToken(),
    MaxResults: maxResults(),
    ...createdBetween(),
    LastModifiedTimeAfter: time(),
    LastModifiedTimeBefore: time(),
    NameContains: nameContains(),
    SortBy: oneOf(['Name', 'CreationTime', 'Status']),
    SortOrder: sortOrder(),
    StatusEquals: oneOf(STATUSES),
  });
  const limit = read.MaxResults ?? DEFAULT_MAX_RESULTS;
  const candidates = sortedJobs(region, read.SortBy ?? 'CreationTime', read.SortOrder ?? 'Descending', now);
  const scanned = read.NameContains !== undefined || read.StatusEquals !== undefined;
  const page = cutPage<Job>({
    input,
    token: read.NextToken,
    limit,
    scanLimit: scanned ? limit * SCAN_FACTOR : candidates.length,
    candidates,
    // A name can come back in the other category, or after a delete.
    keyOf: (job) => String(job.index),
    matches: (job) => {
      if (job.category !== read.JobCategory || !isVisible(job, now)) return false;
      if (read.NameContains && !job.name.includes(read.NameContains)) return false;
      if (read.CreationTimeAfter !== undefined && job.createdAt < read.CreationTimeAfter) return false;
      if (read.CreationTimeBefore !== undefined && job.createdAt > read.CreationTimeBefore) return false;
      const needsState = read.StatusEquals ?? read.LastModifiedTimeAfter ?? read.LastModifiedTimeBefore;
      if (needsState === undefined) return true;
      const state = stateAt(job, now);
      if (read.StatusEquals !== undefined && state.jobStatus !== read.StatusEquals) return false;
      if (read.LastModifiedTimeAfter !== undefined && state.lastModified < read.LastModifiedTimeAfter) return false;
      return read.LastModifiedTimeBefore === undefined || state.lastModified <= read.LastModifiedTimeBefore;
    },
  });
  return { JobSummaries: page.items.map((job) => toSummary(job, now)), NextToken: page.nextToken };
};

function toSummary(job: Job, now: number) {
  const state = stateAt(job, now);
  return {
    JobArn: jobArn(job.region, job.category, job.name),
    JobName: job.name,
    JobCategory: job.category,
    JobStatus: state.jobStatus,
    JobSecondaryStatus: state.secondaryStatus,
    CreationTime: toEpochSeconds(job.createdAt),
    LastModifiedTime: toEpochSeconds(state.lastModified),
    EndTime: state.endTime === undefined ? undefined : toEpochSeconds(state.endTime),
  };
}

function sortedJobs(region: RegionWorld, by: 'Name' | 'CreationTime' | 'Status', order: string, now: number) {
  if (by === 'Status') {
    const withStatus = region.jobsByName().map((job) => ({ job, status: stateAt(job, now).jobStatus }));
    withStatus.sort((a, b) => compareText(a.status, b.status));
    const jobs = withStatus.map(({ job }) => job);
    return order === 'Descending' ? jobs.reverse() : jobs;
  }
  const jobs = by === 'Name' ? region.jobsByName() : region.jobsByTime();
  return order === 'Descending' ? [...jobs].reverse() : jobs;
}
