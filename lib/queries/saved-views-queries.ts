import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { apiPaths } from '../contract/paths';
import { type SavedViewRequest, savedViewsResponseSchema } from '../contract/saved-views';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/** The views of the jobs list that the team keeps. Asked for when the menu opens. */
export const savedViewsQuery = (region: string) =>
  queryOptions({
    queryKey: queryKeys.savedViews(region),
    queryFn: ({ signal }) => fetchJson(apiPaths.savedViews(region), savedViewsResponseSchema, { signal }),
    staleTime: 0,
  });

/** Saves a view, or takes one away; the answer is all that are left. */
export const savedViewMutation = (region: string, client: QueryClient) =>
  mutationOptions({
    mutationKey: ['region', region, 'views'],
    mutationFn: (body: SavedViewRequest) =>
      fetchJson(apiPaths.savedViews(region), savedViewsResponseSchema, { method: 'POST', body }),
    onSuccess: (answer) => client.setQueryData(queryKeys.savedViews(region), answer),
  });
