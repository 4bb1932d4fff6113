import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { ListLogsQuery, ListLogsResponse } from '@/lib/contract/logs';
import type { Deployment } from '../deployment';
import { awsLogReader } from './aws-log-reader';
import { JobLogs } from './job-logs';
import { createJobTimes } from './job-times';

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
    jobTimes: createJobTimes(d),
    awsNowMs: (region) => d.awsNow(region).getTime(),
    now: Date.now,
  });
}
