import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { JobRef } from '../contract/jobs';
import { listLogsResponseSchema } from '../contract/logs';
import { apiPaths } from '../contract/paths';
import { shouldRetry } from './create-query-client';
import { fetchJson } from './fetch-json';
import { LOADING_FEED, LogFeed, type LogFeedState } from './log-feed';
import { queryKeys } from './query-keys';

/** One page of a job's log: its end without a cursor; with words, the lines that hold them. */
export const logPageQuery = (region: string, ref: JobRef, q: string, cursor?: string) => {
  const search = new URLSearchParams();
  if (q) search.set('q', q);
  if (cursor) search.set('cursor', cursor);
  return queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'logs', search.toString()),
    queryFn: ({ signal }) => {
      const path = apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'logs');
      return fetchJson(search.size ? `${path}?${search}` : path, listLogsResponseSchema, { signal });
    },
    // Pages go into the feed; the cache only joins questions that are asked twice at the same time.
    staleTime: 0,
    gcTime: 0,
    retry: shouldRetry,
  });
};

/** As often as the server itself looks (4 s); asking more often would give the same answer. */
const POLL_MS = 4_000;

/**
 * The log of a job as it grows. Opens at its end; asks for new lines while the page is visible and the job is live.
 * A new log or other words start anew.
 */
export function useLogFeed(region: string, ref: JobRef, q: string): { feed: LogFeed; state: LogFeedState } {
  const client = useQueryClient();
  const { jobCategory, jobName } = ref;
  const feed = useMemo(
    () => new LogFeed((cursor) => client.fetchQuery(logPageQuery(region, { jobCategory, jobName }, q, cursor))),
    [client, region, jobCategory, jobName, q],
  );
  useEffect(() => {
    void feed.start();
    const poll = () => {
      if (document.visibilityState === 'visible') void feed.loadNewer();
    };
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener('visibilitychange', poll);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
      feed.close();
    };
  }, [feed]);
  const state = useSyncExternalStore(feed.subscribe, feed.getState, () => LOADING_FEED);
  return { feed, state };
}
