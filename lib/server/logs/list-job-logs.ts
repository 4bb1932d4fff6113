import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { ListLogsQuery, ListLogsResponse } from '@/lib/contract/logs';
import { jobStatusFacts } from '@/lib/jobs/status';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { awsLogReader } from './aws-log-reader';
import { JobLogs } from './job-logs';

const logsOf = new WeakMap<Deployment, JobLogs>();

/**
 * A page of a job's own log in CloudWatch Logs: its end, the lines before or after a cursor, or with `q` the lines that
 * hold these words. Throws `not_found` for an unknown job, `bad_request` for a cursor of another log, and AWS's refusals.
 */
export function listJobLogs(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: ListLogsQuery,
): Promise<ListLogsResponse> {
  const logs = logsOf.get(d) ?? makeJobLogs(d);
  logsOf.set(d, logs);
  return logs.list(region, ref, query);
}

function makeJobLogs(d: Deployment): JobLogs {
  return new JobLogs({
    reader: (region, logGroup) => awsLogReader(d.aws(region), logGroup),
    jobTimes: async (region, ref) => {
      const { job } = await getJob(d, region, ref);
      const ended =
        job.endTime ?? (jobStatusFacts(job.jobStatus).final ? job.lastModifiedTime : undefined) ?? job.deletedAt;
      return { createdAtMs: Date.parse(job.creationTime), ...(ended ? { endedAtMs: Date.parse(ended) } : {}) };
    },
    awsNowMs: (region) => d.awsNow(region).getTime(),
    now: Date.now,
  });
}
