'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import { jobTwinsQuery } from '@/lib/queries/checkpoint-queries';

export type Twins = ReadonlyMap<number, Checkpoint[]>;

/** The checkpoints of each step of a job. */
export function useTwins(region: string, jobRef: JobRef) {
  const { data, isPending, isError } = useQuery(jobTwinsQuery(region, jobRef));
  return { twins: data, loading: isPending, isError };
}

/** The same of every job of a branch, in its order; asked for when the cross-hair first stands anywhere. */
export function useBranchTwins(
  region: string,
  jobs: readonly JobRef[],
  cursor: Cursor,
): readonly (Twins | undefined)[] {
  const [touched, setTouched] = useState(false);
  useEffect(() => cursor.subscribe(() => setTouched(true)), [cursor]);
  return useQueries({
    queries: jobs.map((job) => ({ ...jobTwinsQuery(region, job), enabled: touched })),
    combine: dataOf,
  });
}

const dataOf = (results: { data?: Twins | undefined }[]) => results.map(({ data }) => data);
