import { agentLogBegins } from '../../world/agent-log';
import { type AgentRef, agentLogGroup, agentOf } from '../../world/agents';
import { ACCOUNT_ID } from '../../world/arns';
import { lifeOf } from '../../world/life';
import { logBegins } from '../../world/log-lines';
import { JOB_CATEGORIES, type Job, type JobCategory } from '../../world/types';
import type { RegionWorld } from '../../world/world';
import { invalidParameter, noSuchGroup } from './log-errors';

/**
 * A log group that exists: the service makes it with the first stream, of a category of jobs or of an agent; that of a
 * trail its owner made.
 */
export interface LogGroup {
  name: string;
  arn: string;
  of: { category: JobCategory } | { agent: AgentRef } | { trail: true } | { seeded: true };
  createdAt: number;
}

const PREFIX = '/aws/sagemaker/Job/';
/** The ARN of a log group, without the `:*` that some answers add. */
export const logGroupArn = (region: string, name: string) => `arn:aws:logs:${region}:${ACCOUNT_ID}:log-group:${name}`;

/** The groups that exist at a time, by name. A group stays when its jobs are deleted. */
export function logGroupsAt(region: RegionWorld, t: number): LogGroup[] {
  const groups = JOB_CATEGORIES.flatMap((category): LogGroup[] => {
    const first = region.jobsByTime().find((job) => job.category === category && hasLog(job, t));
    return first ? [groupOf(region, PREFIX + category, { category }, logBegins(first))] : [];
  });
  if (region.trailLogGroup) groups.push(groupOf(region, region.trailLogGroup, { trail: true }, 0));
  const known = [...groups, ...agentGroups(region, t)];
  return [...known, ...seededGroups(region, t, known)].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function seededGroups(region: RegionWorld, t: number, known: readonly LogGroup[]): LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const { group, fromMs } of region.seededLogs) {
    if (fromMs > t || groups.has(group) || known.some(({ name }) => name === group)) continue;
    groups.set(group, groupOf(region, group, { seeded: true }, fromMs));
  }
  return [...groups.values()];
}

function agentGroups(region: RegionWorld, t: number): LogGroup[] {
  const groups = new Map<string, LogGroup>();
  for (const job of region.jobsByTime()) {
    const agent = agentOf(job);
    const begins = agentLogBegins(job);
    if (!agent || begins === undefined || begins > t) continue;
    const name = agentLogGroup(agent);
    if (!groups.has(name)) groups.set(name, groupOf(region, name, { agent }, begins));
  }
  return [...groups.values()];
}

const groupOf = (region: RegionWorld, name: string, of: LogGroup['of'], createdAt: number): LogGroup => ({
  name,
  arn: logGroupArn(region.name, name),
  of,
  createdAt,
});

/** True when a job's log had begun. A job that ended before its container started never logs. */
export function hasLog(job: Job, t: number): boolean {
  const begins = logBegins(job);
  return begins <= t && begins <= lifeOf(job).endTime;
}

/** The group a request names by name or by ARN. Throws when it names none, two, or one that is not there. */
export function findGroupOrThrow(
  region: RegionWorld,
  read: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined },
  t: number,
): LogGroup {
  const { logGroupName, logGroupIdentifier } = read;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be specified.');
  }
  const wanted = logGroupName ?? logGroupIdentifier;
  const group = logGroupsAt(region, t).find(
    (candidate) => candidate.name === wanted || (logGroupIdentifier !== undefined && candidate.arn === wanted),
  );
  if (!group) throw noSuchGroup();
  return group;
}
