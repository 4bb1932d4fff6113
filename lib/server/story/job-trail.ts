import 'server-only';
import { z } from 'zod';
import type { JobDetail } from '@/lib/contract/jobs';
import { type JobAgent, readJobAgent } from '@/lib/jobs/agent';
import { listTrailEvents, type TrailSubject } from '../catalog/trail-events-store';
import type { Deployment } from '../deployment';
import { AGENT_EVENTS, JOB_EVENTS, PACKAGE_EVENTS, readTrail, type TrailRead } from './read-trail';

const storedSchema = z.object({
  id: z.string(),
  name: z.string(),
  at: z.coerce.date(),
  user: z.string().optional(),
  userArn: z.string().optional(),
  sourceAddress: z.string().optional(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  request: z.record(z.string(), z.string()),
});
export type JobTrailEvent = z.infer<typeof storedSchema>;

/** A job's first event stands a little before its creation time, and its agent may have been deployed for it. */
const BEFORE_MS = 3_600_000;
/** Approvals and deletions of its checkpoints come long after. */
const AFTER_MS = 400 * 86_400_000;

/** The events of CloudTrail that are about a job, its checkpoints or its agent, newest first, and how far it was read. */
export async function readJobTrail(
  d: Deployment,
  region: string,
  job: JobDetail,
): Promise<{ read: TrailRead; events: JobTrailEvent[] }> {
  const fromMs = Date.parse(job.creationTime) - BEFORE_MS;
  const agent = readJobAgent(job.config.parsed);
  const toMs = d.awsNow(region).getTime();
  // Deployments are the busiest names of an account and matter only while the job lives; they matter most, too.
  const agentToMs = job.endTime ? Date.parse(job.endTime) + BEFORE_MS : toMs;
  const read = await readTrail(d, region, [
    ...AGENT_EVENTS[agent.kind].map((name) => ({ name, fromMs, toMs: agentToMs })),
    ...[...JOB_EVENTS, ...PACKAGE_EVENTS].map((name) => ({ name, fromMs, toMs })),
  ]);
  const stored = await listTrailEvents(d.catalog, await d.scope(region), job, subjectsOf(job, agent, fromMs));
  const events = stored.flatMap(({ event }) => {
    const parsed = storedSchema.safeParse(event).data;
    return parsed && isAbout(parsed, job, agent) ? [parsed] : [];
  });
  return { read, events };
}

/** What the catalog is asked for, a little wider than `isAbout`, which has the last word. */
function subjectsOf(job: JobDetail, agent: JobAgent, fromMs: number): TrailSubject[] {
  const from = new Date(fromMs);
  const to = new Date(Date.parse(job.endTime ?? job.creationTime) + AFTER_MS);
  const groups = [job.groups.output, job.groups.intermediate].filter((group) => group !== undefined);
  const packages: TrailSubject = {
    names: PACKAGE_EVENTS,
    from,
    to,
    members: ['modelPackageArn', 'modelPackageName'],
    holds: groups.map((group) => `:model-package/${group}/`),
  };
  if (agent.kind === 'unknown') return [packages];
  const deployments: TrailSubject = {
    names: AGENT_EVENTS[agent.kind],
    from,
    to: job.endTime ? new Date(Date.parse(job.endTime) + BEFORE_MS) : to,
    members: [agent.kind === 'agentcore' ? 'agentRuntimeId' : 'functionName'],
    holds: [`:${agent.kind === 'agentcore' ? agent.runtimeId : agent.name}:`],
  };
  return [packages, deployments];
}

function isAbout(event: JobTrailEvent, job: JobDetail, agent: JobAgent): boolean {
  const { request } = event;
  if (request.jobName !== undefined) return request.jobName === job.jobName;
  if (event.name.includes('ModelPackage')) {
    const arn = request.modelPackageArn ?? request.modelPackageName ?? '';
    const group = /model-package\/([^/]+)\//.exec(arn)?.[1];
    return group !== undefined && [job.groups.output, job.groups.intermediate].includes(group);
  }
  // A deployment long after the end is no part of this job's life.
  if (job.endTime && event.at.getTime() > Date.parse(job.endTime) + BEFORE_MS) return false;
  if (agent.kind === 'agentcore') return request.agentRuntimeId === agent.runtimeId;
  if (agent.kind !== 'lambda') return false;
  const named = request.functionName ?? '';
  return (
    named === agent.name || named.endsWith(`:function:${agent.name}`) || named.includes(`:function:${agent.name}:`)
  );
}
