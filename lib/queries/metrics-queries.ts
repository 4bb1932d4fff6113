import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { JobRef } from '../contract/jobs';
import {
  compareResponseSchema,
  getBranchMetricsResponseSchema,
  getMetricsResponseSchema,
  getRolloutResponseSchema,
  listRolloutsResponseSchema,
  ROLLOUT_PAGE,
} from '../contract/metrics';
import { apiPaths, type JobPart } from '../contract/paths';
import { REWARD } from '../metrics/reward-keys';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/** Until MLflow was read once, the answer is asked for again: the event that it was read may have passed before. */
const WAITING_MS = 5_000;

const partPath = (region: string, ref: JobRef, part: JobPart) =>
  apiPaths.jobPart(region, ref.jobCategory, ref.jobName, part);

/** Keys as they stand in a request and in a query key: each once, sorted. */
const keysText = (keys: readonly string[]) => [...new Set(keys)].sort().join(',');

/** The metrics a job has, and the whole history of those asked for. */
export const metricsQuery = (region: string, ref: JobRef, keys: readonly string[] = []) =>
  queryOptions({
    queryKey: [...queryKeys.metrics(region, ref), 'own', keysText(keys)] as const,
    queryFn: ({ signal }) => {
      const search = keys.length > 0 ? `?${new URLSearchParams({ keys: keysText(keys) })}` : '';
      return fetchJson(`${partPath(region, ref, 'metrics')}${search}`, getMetricsResponseSchema, { signal });
    },
    refetchInterval: ({ state }) => (state.data?.source.state === 'waiting' ? WAITING_MS : false),
  });

/** The same metrics of every job from the root of the lineage to this one. */
export const branchMetricsQuery = (region: string, ref: JobRef, keys: readonly string[]) =>
  queryOptions({
    queryKey: [...queryKeys.metrics(region, ref), 'branch', keysText(keys)] as const,
    queryFn: ({ signal }) =>
      fetchJson(
        `${partPath(region, ref, 'metrics/branch')}?${new URLSearchParams({ keys: keysText(keys) })}`,
        getBranchMetricsResponseSchema,
        { signal },
      ),
    refetchInterval: ({ state }) => (state.data?.hops.at(-1)?.source.state === 'waiting' ? WAITING_MS : false),
  });

/** What a comparison by a metric asks for: beside it what the table of the jobs tells. */
export const comparedKeys = (metric: string) => [metric, REWARD.mean, REWARD.validation];

/** Where the answer is; a page names it before any script runs, so that it is under way meanwhile. */
export const comparePath = (region: string, jobs: readonly string[], keys: readonly string[]) =>
  `${apiPaths.compare(region)}?${new URLSearchParams({ jobs: jobs.join(','), keys: keysText(keys) })}`;

/** Jobs side by side. `jobs` as in the URL: names, those of evaluations with their category before them. */
export const compareQuery = (region: string, jobs: readonly string[], keys: readonly string[]) =>
  queryOptions({
    queryKey: [...queryKeys.compares(region), jobs.join(','), keysText(keys)] as const,
    queryFn: ({ signal }) => fetchJson(comparePath(region, jobs, keys), compareResponseSchema, { signal }),
    placeholderData: keepPreviousData,
  });

export interface RolloutFilter {
  step?: number;
  outcome?: string;
  sort?: string;
  /** Rollouts a page; the API's default when absent. */
  limit?: number;
}

/** The rollouts of a job, or of one of its steps, page by page. */
export const rolloutsQuery = (region: string, ref: JobRef, filter: RolloutFilter) => {
  const search = new URLSearchParams({
    ...(filter.step === undefined ? {} : { step: String(filter.step) }),
    ...(filter.outcome ? { outcome: filter.outcome } : {}),
    ...(filter.sort ? { sort: filter.sort } : {}),
    ...(filter.limit ? { limit: String(filter.limit) } : {}),
  });
  return infiniteQueryOptions({
    queryKey: [...queryKeys.metrics(region, ref), 'rollouts', search.toString()] as const,
    queryFn: ({ signal, pageParam }) => {
      const page = new URLSearchParams({
        ...Object.fromEntries(search),
        ...(pageParam ? { cursor: pageParam } : {}),
      });
      return fetchJson(`${partPath(region, ref, 'rollouts')}?${page}`, listRolloutsResponseSchema, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
};

/** One page of a rollout as a conversation, a hundred entries, counted from 0. */
export const rolloutPageQuery = (region: string, ref: JobRef, traceId: string, page: number) =>
  queryOptions({
    queryKey: [...queryKeys.metrics(region, ref), 'rollout', traceId, page] as const,
    queryFn: ({ signal }) => {
      const path = `${partPath(region, ref, 'rollouts')}/${encodeURIComponent(traceId)}`;
      const search = page === 0 ? '' : `?${new URLSearchParams({ cursor: String(page * ROLLOUT_PAGE) })}`;
      return fetchJson(`${path}${search}`, getRolloutResponseSchema, { signal });
    },
    // A rollout that is over never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
