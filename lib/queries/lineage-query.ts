import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getLineageResponseSchema } from '../contract/lineage';
import { apiPaths } from '../contract/paths';
import { fetchJson } from './fetch-json';
import { queryKeys } from './query-keys';

/** The lineage of a region. `search` is the query string of the API, in its canonical order. */
export const lineageQuery = (region: string, search: string) =>
  queryOptions({
    queryKey: [...queryKeys.lineage(region), search],
    queryFn: ({ signal }) =>
      fetchJson(`${apiPaths.lineage(region)}${search ? `?${search}` : ''}`, getLineageResponseSchema, { signal }),
    placeholderData: keepPreviousData,
  });
