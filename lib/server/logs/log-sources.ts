import 'server-only';
import { readJobAgent } from '@/lib/jobs/agent';
import type { JobRef } from '../../contract/jobs';
import type { LogSources, NameLogGroup } from '../../contract/logs';
import { requireChanges } from '../actions/action-helpers';
import { whoActs } from '../actions/who';
import { addNamedLogGroup, listNamedLogGroups, removeNamedLogGroup } from '../catalog/named-log-groups';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { isAllowedGroup } from './group-allowance';
import { findAgentGroup, notAllowed } from './log-parts';

/** Where a job's story can be read: its own log, its agent's, and groups that people named for it or for its region. */
export async function listLogSources(d: Deployment, region: string, ref: JobRef): Promise<LogSources> {
  const { job } = await getJob(d, region, ref);
  const agent = readJobAgent(job.config.parsed);
  const agentGroup = await findAgentGroup(d, region, ref);
  const named = await listNamedLogGroups(d.catalog, await d.scope(region), ref);
  const allowed = d.settings.logGroups;
  return {
    sources: [
      { source: 'job', label: 'Job', logGroup: `/aws/sagemaker/Job/${ref.jobCategory}` },
      ...(agentGroup === undefined
        ? []
        : [
            {
              source: 'agent' as const,
              label: agent.kind === 'lambda' ? 'Lambda forwarder' : 'AgentCore runtime',
              logGroup: agentGroup,
            },
          ]),
      ...named
        .filter(({ logGroup }) => isAllowedGroup(allowed, logGroup))
        .map(({ logGroup, scope }) => ({ source: `group:${logGroup}` as const, label: logGroup, logGroup, scope })),
    ],
    allowed: [...allowed],
  };
}

/** Names a log group for a job or its region, or takes the name away. Only in the catalog. Throws `read_only`, `access_denied`. */
export async function nameLogGroup(
  d: Deployment,
  region: string,
  ref: JobRef,
  { logGroup, scope: where, remove }: NameLogGroup,
): Promise<LogSources> {
  requireChanges(d);
  await getJob(d, region, ref);
  const scope = await d.scope(region);
  const target = where === 'job' ? ref : undefined;
  if (remove) await removeNamedLogGroup(d.catalog, scope, target, logGroup);
  else {
    if (!isAllowedGroup(d.settings.logGroups, logGroup)) throw notAllowed(logGroup);
    const who = (await whoActs(d, region)) ?? 'unknown credentials';
    await addNamedLogGroup(d.catalog, scope, target, { logGroup, who });
  }
  return listLogSources(d, region, ref);
}
