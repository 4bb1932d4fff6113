'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useAwsClock } from '@/components/ui/aws-clock';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { parseTime } from '@/lib/shared/time';

/** One job as the server last told it, kept live by the shell's events. `live`: something about it may still change. */
export function useJob(region: string, jobRef: JobRef) {
  const query = useQuery(jobQuery(region, jobRef));
  const { data, dataUpdatedAt } = query;
  const clock = useAwsClock();
  const awsNowMs = parseTime(data?.awsNow);
  useEffect(() => {
    if (awsNowMs !== undefined) clock?.set(awsNowMs, dataUpdatedAt);
  }, [clock, awsNowMs, dataUpdatedAt]);
  const job = data?.job;
  const live = job !== undefined && !jobStatusFacts(job.jobStatus).final && job.deletedAt === undefined;
  return { ...query, job, live };
}
