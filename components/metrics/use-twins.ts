'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { jobTwinsQuery } from '@/lib/queries/checkpoint-queries';

/** 1,000 steps (AWS docs) with two checkpoints each, at 500 a page. */
const MAX_PAGES = 4;
const NONE: ReadonlyMap<number, Checkpoint[]> = new Map();

/** The checkpoints of each step of a job. `loading` until every page is here. */
export function useTwins(region: string, jobRef: JobRef, enabled = true) {
  const query = useInfiniteQuery({ ...jobTwinsQuery(region, jobRef), enabled });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const pageCount = data?.pageCount ?? 0;
  const more = hasNextPage && pageCount < MAX_PAGES;
  useEffect(() => {
    if (more && !isFetching && !isError) void fetchNextPage();
  }, [more, isFetching, isError, fetchNextPage]);
  return { twins: data?.twins ?? NONE, loading: enabled && !isError && (data === undefined || more), isError };
}
