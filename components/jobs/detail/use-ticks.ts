'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JobDetail } from '@/lib/contract/jobs';
import { jobTicksQuery } from '@/lib/queries/checkpoint-queries';

/** A job has at most 1,000 steps (AWS docs), so 2,000 checkpoints: four pages are all of them. */
const MAX_PAGES = 4;
const NONE: never[] = [];

/** All checkpoints of a job as ticks, page after page. `shown` and `total` tell whether some are missing. */
export function useTicks(job: JobDetail, region: string) {
  const known = job.checkpoints.resumable + job.checkpoints.model;
  const query = useInfiniteQuery({ ...jobTicksQuery(region, job), enabled: known > 0 });
  const { data, hasNextPage, isFetching, fetchNextPage, isError } = query;
  const pageCount = data?.pageCount ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && pageCount < MAX_PAGES) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, pageCount, fetchNextPage]);
  const ticks = data?.ticks ?? NONE;
  return { ticks, shown: ticks.length, total: data?.total ?? known, loaded: data !== undefined };
}
