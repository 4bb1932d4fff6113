'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { JobRef } from '@/lib/contract/jobs';
import { placeHops } from '@/lib/metrics/place-hops';
import { branchMetricsQuery } from '@/lib/queries/metrics-queries';

const NONE: never[] = [];

/** Metrics of a job's whole branch, placed; or of the job alone. */
export function useBranch(region: string, jobRef: JobRef, keys: readonly string[], lineage: boolean, enabled = true) {
  const query = useQuery({ ...branchMetricsQuery(region, jobRef, keys), enabled: enabled && keys.length > 0 });
  const { data } = query;
  const branch = useMemo(() => {
    const own = data?.hops.at(-1);
    if (!data || !own) return { hops: NONE, cut: undefined };
    return lineage ? placeHops(data.hops) : placeHops([{ ...own, from: undefined }]);
  }, [data, lineage]);
  return { ...query, branch, source: data?.hops.at(-1)?.source, hopCount: data?.hops.length ?? 1 };
}
