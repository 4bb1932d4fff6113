import 'server-only';
import { z } from 'zod';
import type { JobDetail } from '@/lib/contract/jobs';
import { type JobAgent, readJobAgent } from '@/lib/jobs/agent';
import { listTrailEvents, type PackageEvents, type TrailSubject } from '../catalog/trail-events-store';
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
  const lifetime = {
    from: new Date(fromMs),
    to: new Date(Date.parse(job.endTime ?? job.creationTime) + AFTER_MS),
  };
  const packages: PackageEvents = { names: PACKAGE_EVENTS, ...lifetime };
  const stored = await listTrailEvents(
    d.catalog,
    await d.scope(region),
    job,
    packages,
    agentSubjects(job, agent, lifetime),
  );
  const events = stored.flatMap(({ event }) => {
    const parsed = storedSchema.safeParse(event).data;
    return parsed && isAbout(parsed, job, agent) ? [parsed] : [];
  });
  return { read, events };
}

/** What the catalog is asked for about the agent, a little wider than `isAbout`, which has the last word. */
function agentSubjects(job: JobDetail, agent: JobAgent, { from, to }: { from: Date; to: Date }): TrailSubject[] {
  if (agent.kind === 'unknown') return [];
  return [
    {
      names: AGENT_EVENTS[agent.kind],
      from,
      to: job.endTime ? new Date(Date.parse(job.endTime) + BEFORE_MS) : to,
      members: [agent.kind === 'agentcore' ? 'agentRuntimeId' : 'functionName'],
      holds: [`:${agent.kind === 'agentcore' ? agent.runtimeId : agent.name}:`],
    },
  ];
}

function isAbout(event: JobTrailEvent, job: JobDetail, agent: JobAgent): boolean {
  const { request } = event;
  if (request.jobName !== undefined) return request.jobName === job.jobName;
  // Of packages the catalog gives only those of the job.
  if (event.name.includes('ModelPackage')) return true;
  // A deployment long after the end is no part of this job's life.
  if (job.endTime && event.at.getTime() > Date.parse(job.endTime) + BEFORE_MS) return false;
  if (agent.kind === 'agentcore') return request.agentRuntimeId === agent.runtimeId;
  if (agent.kind !== 'lambda') return false;
  const named = request.functionName ?? '';
  return (
    named === agent.name || named.endsWith(`:function:${agent.name}`) || named.includes(`:function:${agent.name}:`)
  );
}
