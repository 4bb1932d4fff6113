'use client';

import { useQuery } from '@tanstack/react-query';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { jobQuery } from '@/lib/queries/jobs-queries';

/** One job as the server last told it, kept live by the shell's events. `live`: something about it may still change. */
export function useJob(region: string, jobRef: JobRef) {
  const query = useQuery(jobQuery(region, jobRef));
  const job = query.data?.job;
  const live = job !== undefined && !jobStatusFacts(job.jobStatus).final && job.deletedAt === undefined;
  return { ...query, job, live };
}
