import { keepPreviousData, mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { apiPaths } from '../contract/paths';
import {
  getPruneRunResponseSchema,
  type ItemState,
  listPruneRunsResponseSchema,
  type PruneRunChange,
  type PruneStart,
  prunePreviewSchema,
  pruneRunChangeResponseSchema,
  pruneStartResponseSchema,
} from '../contract/prune';
import { fetchJson, fetchText } from './fetch-json';
import { queryKeys } from './query-keys';

/** Rows asked for at a time: some screens of them. */
export const PRUNE_PAGE = 200;

/** One page of a suggestion. `search` is the query string of the rules in its one form; pages are counted from 0. */
export const prunePreviewQuery = (region: string, search: string, page = 0) =>
  queryOptions({
    queryKey: [...queryKeys.prune(region), 'preview', search, page],
    queryFn: ({ signal }) => {
      const text = new URLSearchParams(search);
      if (page > 0) text.set('offset', String(page * PRUNE_PAGE));
      text.set('limit', String(PRUNE_PAGE));
      return fetchJson(`${apiPaths.prune(region)}?${text}`, prunePreviewSchema, { signal });
    },
    // Only the first page stands for the whole: old rows of another list in its middle would mislead.
    placeholderData: page === 0 ? keepPreviousData : undefined,
    gcTime: 60_000,
  });

/** The whole list of a suggestion as CSV, however long: made when somebody wants it, and not kept. */
export const pruneDownloadMutation = (region: string) =>
  mutationOptions({
    mutationKey: ['region', region, 'prune', 'download'],
    mutationFn: (search: string) => fetchText(`${apiPaths.pruneDownload(region)}?${search}`, 'text/csv'),
    gcTime: 0,
  });

/** Every clean-up of the region. */
export const pruneRunsQuery = (region: string) =>
  queryOptions({
    queryKey: [...queryKeys.pruneRuns(region), 'list'],
    queryFn: ({ signal }) => fetchJson(apiPaths.pruneRuns(region), listPruneRunsResponseSchema, { signal }),
  });

/** One clean-up with one page of its checkpoints, of one state or of all. */
export const pruneRunQuery = (region: string, run: number, state: ItemState | undefined, page = 0) =>
  queryOptions({
    queryKey: [...queryKeys.pruneRuns(region), run, state ?? 'all', page],
    queryFn: ({ signal }) => {
      const text = new URLSearchParams({ offset: String(page * PRUNE_PAGE), limit: String(PRUNE_PAGE) });
      if (state) text.set('state', state);
      return fetchJson(`${apiPaths.pruneRun(region, run)}?${text}`, getPruneRunResponseSchema, { signal });
    },
    placeholderData: page === 0 ? keepPreviousData : undefined,
    gcTime: 60_000,
  });

/** Starts the deletion. Sent twice, it is one run. */
export const startPruneMutation = (region: string, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'prune', 'start'],
    mutationFn: (body: PruneStart) =>
      fetchJson(apiPaths.prune(region), pruneStartResponseSchema, { method: 'POST', body }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.prune(region) }),
  });

/** Pauses, resumes, retries or ends a clean-up. */
export const changePruneRunMutation = (region: string, run: number, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'prune', 'change', run],
    mutationFn: (change: PruneRunChange) =>
      fetchJson(apiPaths.pruneRun(region, run), pruneRunChangeResponseSchema, { method: 'POST', body: { change } }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.prune(region) }),
  });
