import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import type { JobTimes } from './job-logs';

/** 2 s: a hundred viewers of one log ask 25 times a second whether the job has ended. */
const KEPT_MS = 2_000;
const MAX_KEPT = 500;

/** When a job was made and when it ended, read from the catalog at most every 2 s for each job. */
export function createJobTimes(d: Deployment): (region: string, ref: JobRef) => Promise<JobTimes> {
  const kept = new Map<string, { at: number; times: Promise<JobTimes> }>();
  return (region, ref) => {
    const key = `${region} ${ref.jobCategory} ${ref.jobName}`;
    const known = kept.get(key);
    if (known && Date.now() - known.at < KEPT_MS) return known.times;
    const entry = { at: Date.now(), times: readTimes(d, region, ref) };
    kept.delete(key);
    kept.set(key, entry);
    // A failure is told to those who wait and then forgotten.
    entry.times.catch(() => kept.get(key) === entry && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return entry.times;
  };
}

async function readTimes(d: Deployment, region: string, ref: JobRef): Promise<JobTimes> {
  const { job } = await getJob(d, region, ref);
  const isFinal = jobStatusFacts(job.jobStatus).final;
  const endedAt = job.endTime ?? (isFinal ? job.lastModifiedTime : undefined) ?? job.deletedAt;
  return { createdAtMs: Date.parse(job.creationTime), ...(endedAt ? { endedAtMs: Date.parse(endedAt) } : {}) };
}
