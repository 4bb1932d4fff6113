import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { FirstErrorResponse, ListLogsQuery, ListLogsResponse, LogScopeQuery } from '@/lib/contract/logs';
import type { Deployment } from '../deployment';
import { awsLogReader } from './aws-log-reader';
import { JobLogs } from './job-logs';
import { findPlace, jobTimesOf, keptLogsOf } from './log-parts';

const logsOf = new WeakMap<Deployment, JobLogs>();

/** The logs of this deployment's jobs; one object, so that everybody shares what it has read. */
export function jobLogsOf(d: Deployment): JobLogs {
  const known = logsOf.get(d) ?? makeJobLogs(d);
  logsOf.set(d, known);
  return known;
}

/**
 * A page of a job's own log, of its agent's or of a named group's: the end, the lines around a time, before or after a cursor,
 * or the lines that hold words or are of a level. Throws `not_found` for an unknown job or source, `bad_request` for a cursor
 * of another log, and AWS's refusals.
 */
export function listJobLogs(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: ListLogsQuery,
): Promise<ListLogsResponse> {
  return jobLogsOf(d).list(region, ref, query);
}

/** The first error of a failure in one source. Throws as `listJobLogs` does. */
export function findFirstLogError(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: LogScopeQuery,
): Promise<FirstErrorResponse> {
  return jobLogsOf(d).firstError(region, ref, query);
}

function makeJobLogs(d: Deployment): JobLogs {
  return new JobLogs({
    reader: (region, logGroup) => awsLogReader(d.aws(region), logGroup),
    place: (region, ref, source) => findPlace(d, region, ref, source),
    jobTimes: jobTimesOf(d),
    awsNowMs: (region) => d.awsNow(region).getTime(),
    now: Date.now,
    kept: async (region, ref, source) => keptLogsOf(d).find(await d.scope(region), ref, source),
    keep: (region, ref, source) => d.logKeeper.want(region, ref, source),
  });
}
