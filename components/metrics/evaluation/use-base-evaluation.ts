'use client';

import { useQuery } from '@tanstack/react-query';
import type { JobDetail, JobRow } from '@/lib/contract/jobs';
import { jobListQuery, jobQuery } from '@/lib/queries/jobs-queries';
import { metricsQuery } from '@/lib/queries/metrics-queries';

/** The newest completed evaluation of the base model itself (one that names no input package) on the same dataset. */
export function useBaseEvaluation(region: string, job: JobDetail, keys: readonly string[]) {
  const wanted = job.parent !== undefined && job.baseModel !== undefined && job.dataset !== undefined;
  const search = new URLSearchParams({
    category: 'AgentRFTEvaluation',
    status: 'completed',
    baseModel: job.baseModel ?? '',
    dataset: job.dataset ?? '',
    limit: '100',
  }).toString();
  const list = useQuery({ ...jobListQuery(region, search), enabled: wanted });
  const found = list.data?.jobs.find((row: JobRow) => row.described && row.parent === undefined);
  const ref = { jobCategory: 'AgentRFTEvaluation' as const, jobName: found?.jobName ?? '' };
  // That it names no package is known only once it was described; the whole job says so for certain.
  const detail = useQuery({ ...jobQuery(region, ref), enabled: found !== undefined });
  const certain = detail.data !== undefined && detail.data.job.parent === undefined;
  const metrics = useQuery({ ...metricsQuery(region, ref, keys), enabled: found !== undefined && certain });
  const series = metrics.data?.series;
  const some = series?.some(({ steps }) => steps.length > 0);
  return {
    jobName: some ? found?.jobName : undefined,
    series: some ? series : undefined,
    loading:
      wanted && (list.isPending || (found !== undefined && (detail.isPending || (certain && metrics.isPending)))),
  };
}
