import 'server-only';
import { readJobAgent } from '@/lib/jobs/agent';
import { AppError } from '../../contract/app-error';
import type { JobRef } from '../../contract/jobs';
import { getFunction } from '../aws/lambda';
import { listNamedLogGroups } from '../catalog/named-log-groups';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { awsLogReader } from './aws-log-reader';
import { isAllowedGroup } from './group-allowance';
import { openSource, type SourcePlace } from './job-logs';
import { createJobTimes } from './job-times';
import { KeptLogs } from './kept-log';
import type { SourceReader } from './log-page';

// What the logs of one deployment share, made when first asked for.

const timesOf = new WeakMap<Deployment, ReturnType<typeof createJobTimes>>();
const kept = new WeakMap<Deployment, KeptLogs>();

/** When jobs began and ended. */
export function jobTimesOf(d: Deployment): ReturnType<typeof createJobTimes> {
  const known = timesOf.get(d) ?? createJobTimes(d);
  timesOf.set(d, known);
  return known;
}

/** The logs that the catalog keeps. */
export function keptLogsOf(d: Deployment): KeptLogs {
  const known = kept.get(d) ?? new KeptLogs(d.catalog);
  kept.set(d, known);
  return known;
}

/** Reads one source of a job, for a person or in the background. */
export async function sourceReaderOf(
  d: Deployment,
  region: string,
  ref: JobRef,
  source: string,
  flavour: 'interactive' | 'background',
): Promise<SourceReader> {
  const place = await findPlace(d, region, ref, source);
  const aws = flavour === 'background' ? d.backgroundAws(region) : d.aws(region);
  const times = await jobTimesOf(d)(region, ref);
  const awsNow = () => d.awsNow(region).getTime();
  return openSource(awsLogReader(aws, place.logGroup), place, { times, now: Date.now, awsNow });
}

/**
 * Where a source of a job is found. Throws `not_found` for an agent that the config document does not name and for a group
 * that nobody named, `access_denied` for one that the operator does not allow (any more).
 */
export async function findPlace(d: Deployment, region: string, ref: JobRef, source: string): Promise<SourcePlace> {
  if (source === 'job') {
    // With the slash: `job-1` must not show the lines of `job-10`.
    return { logGroup: `/aws/sagemaker/Job/${ref.jobCategory}`, prefix: `${ref.jobName}/` };
  }
  if (source === 'agent') {
    const logGroup = await findAgentGroup(d, region, ref);
    if (logGroup !== undefined) return { logGroup };
    throw new AppError('not_found', 'The config document of this job names no agent that Cairn can read.', {
      hint: 'An agent elsewhere may have a log group of its own: name it as a source.',
      field: 'source',
    });
  }
  const logGroup = source.slice('group:'.length);
  if (!isAllowedGroup(d.settings.logGroups, logGroup)) throw notAllowed(logGroup);
  const named = await listNamedLogGroups(d.catalog, await d.scope(region), ref);
  if (named.some((group) => group.logGroup === logGroup)) return { logGroup };
  throw new AppError('not_found', `Nobody named the log group ${logGroup} for this job.`, {
    hint: 'Name it as a source of this job or of its region first.',
    field: 'source',
  });
}

export const notAllowed = (logGroup: string) =>
  new AppError('access_denied', `The operator of this Cairn does not allow the log group ${logGroup}.`, {
    hint: 'CAIRN_LOG_GROUPS lists the groups that may be named, and the server’s role needs to read them.',
    field: 'source',
  });

const groups = new WeakMap<Deployment, Map<string, { untilMs: number; group: Promise<string> }>>();
/** 10 min: a function gets another log group about never. */
const GROUP_MS = 600_000;

/** The log group of a job's agent. A function may have been given another than its default; only AWS knows. */
export async function findAgentGroup(d: Deployment, region: string, ref: JobRef): Promise<string | undefined> {
  const { job } = await getJob(d, region, ref);
  const agent = readJobAgent(job.config.parsed);
  if (agent.kind === 'unknown') return undefined;
  if (agent.kind === 'agentcore') return agent.logGroup;
  const known = groups.get(d) ?? new Map<string, { untilMs: number; group: Promise<string> }>();
  groups.set(d, known);
  const found = known.get(agent.arn);
  if (found && found.untilMs > Date.now()) return found.group;
  const group = getFunction(d.aws(region), agent.arn).then(
    (facts) => facts.logGroup ?? agent.logGroup,
    // Gone, or its settings may not be read: most functions log to their default.
    () => agent.logGroup,
  );
  known.set(agent.arn, { untilMs: Date.now() + GROUP_MS, group });
  return group;
}
