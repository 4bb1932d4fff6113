import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listCheckpointsResponseSchema } from '../contract/checkpoints';
import { healthSchema } from '../contract/health';
import { getJobResponseSchema, type JobRef, listJobsResponseSchema } from '../contract/jobs';
import { apiPaths } from '../contract/paths';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/** One page of the jobs list. `search` is the query string of the API, in its canonical order. */
export const jobListQuery = (region: string, search: string) =>
  queryOptions({
    queryKey: queryKeys.jobList(region, search),
    queryFn: ({ signal }) =>
      fetchJson(`${apiPaths.jobs(region)}${search ? `?${search}` : ''}`, listJobsResponseSchema, { signal }),
    placeholderData: keepPreviousData,
  });

/** One job whole. */
export const jobQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'detail'),
    queryFn: ({ signal }) =>
      fetchJson(apiPaths.job(region, ref.jobCategory, ref.jobName), getJobResponseSchema, { signal }),
  });

/** The checkpoints attributed to one job, newest step first, page by page. */
export const jobCheckpointsQuery = (region: string, ref: JobRef, kind?: 'resumable' | 'model') =>
  infiniteQueryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'checkpoints', kind ?? ''),
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams();
      if (kind) search.set('kind', kind);
      if (pageParam) search.set('cursor', pageParam);
      const path = apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'checkpoints');
      return fetchJson(search.size ? `${path}?${search}` : path, listCheckpointsResponseSchema, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** State of the deployment: account, mode, sync progress and errors. */
export const healthQuery = () =>
  queryOptions({
    queryKey: queryKeys.health,
    queryFn: ({ signal }) => fetchJson(apiPaths.health(), healthSchema, { signal }),
  });
