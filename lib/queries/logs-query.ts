import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { JobRef } from '../contract/jobs';
import {
  END_LINES,
  firstErrorResponseSchema,
  type ListLogsResponse,
  type LogEvent,
  type LogScopeQuery,
  listLogsResponseSchema,
  logSourcesResponseSchema,
  type NameLogGroup,
} from '../contract/logs';
import { apiPaths } from '../contract/paths';
import { type LineAddress, lineMark } from '../logs/line-address';
import { shouldRetry } from './create-query-client';
import { fetchJson } from './fetch-json';
import { LogFeed, type LogFeedState, type PageWish } from './log-feed';
import { queryKeys } from './query-keys';

/** The words of a log's scope as the API takes them; without those that say nothing. */
export function scopeSearch(scope: LogScopeQuery): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(scope)) {
    if (value && !(name === 'source' && value === 'job')) search.set(name, value);
  }
  return search;
}

/** Lines of a page: a few screens to begin with, more of what is found or looked for, many when the reader is on the way. */
const PAGE_LINES = { end: END_LINES, place: 1_000, next: 3_000 };

/** One page of a log: its end without a wish; with words or a level, the lines that fit. */
export const logPageQuery = (region: string, ref: JobRef, scope: LogScopeQuery, wish: PageWish) => {
  const search = scopeSearch(scope);
  for (const [name, value] of Object.entries(wish)) if (value) search.set(name, value);
  const isNext = wish.before !== undefined || wish.after !== undefined;
  const isEnd = wish.around === undefined && scope.q === undefined && scope.level === undefined;
  const kind = isNext ? 'next' : isEnd ? 'end' : 'place';
  if (wish.cursor === undefined) search.set('limit', String(PAGE_LINES[kind]));
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

/** The first error of a failure in one source of a job. */
export const firstErrorQuery = (region: string, ref: JobRef, source: string) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'logs', `first-error ${source}`),
    queryFn: ({ signal }) => {
      const path = apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'logs/first-error');
      return fetchJson(`${path}?${new URLSearchParams({ source })}`, firstErrorResponseSchema, { signal });
    },
    staleTime: 30_000,
    retry: shouldRetry,
  });

/** Whose logs can be read for a job. */
export const logSourcesQuery = (region: string, ref: JobRef) =>
  queryOptions({
    queryKey: queryKeys.jobPart(region, ref, 'logs', 'sources'),
    queryFn: ({ signal }) =>
      fetchJson(apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'logs/sources'), logSourcesResponseSchema, {
        signal,
      }),
    staleTime: 5 * 60_000,
  });

/** Names a log group as a source, or takes the name away; what is offered afterwards is known at once. */
export async function nameLogGroup(
  client: QueryClient,
  region: string,
  ref: JobRef,
  body: NameLogGroup,
): Promise<void> {
  const path = apiPaths.jobPart(region, ref.jobCategory, ref.jobName, 'logs/sources');
  const sources = await fetchJson(path, logSourcesResponseSchema, { method: 'POST', body });
  client.setQueryData(logSourcesQuery(region, ref).queryKey, sources);
}

/** As often as the server itself looks (4 s); asking more often would give the same answer. */
const POLL_MS = 4_000;

/** Where a log is opened. `first-error` when there is one, else the end. */
export type LogOpening = { line: LineAddress } | 'end' | 'first-error';

/**
 * One log as it grows. Opens where it is told to; asks for new lines while the page is visible and the job is live. Another
 * scope starts anew. `end`: what the server read of the job's own log while it drew the page.
 */
export function useLogFeed(
  region: string,
  ref: JobRef,
  scope: LogScopeQuery,
  opening: LogOpening,
  end?: ListLogsResponse,
): { feed: LogFeed; state: LogFeedState; goToFirstError: () => Promise<boolean> } {
  const client = useQueryClient();
  const { jobCategory, jobName } = ref;
  const { source, q, level, stream, from, to } = scope;
  // Where it was opened first; later moves are the feed's own.
  const first = useRef(opening);
  first.current = opening;
  const read = useRef(end);
  const { feed, goToFirstError } = useMemo(() => {
    const job = { jobCategory, jobName };
    const what = { source, q, level, stream, from, to };
    const searching = q !== undefined || level !== undefined;
    const plain = source === 'job' && !searching && !stream && !from && !to && first.current === 'end';
    const made = new LogFeed(
      (wish) => client.fetchQuery(logPageQuery(region, job, what, wish)),
      searching,
      plain ? read.current : undefined,
    );
    const go = async () => {
      const { event } = await client.fetchQuery(firstErrorQuery(region, job, source));
      if (event) await made.start({ line: addressOf(event) });
      return event !== undefined;
    };
    return { feed: made, goToFirstError: go };
  }, [client, region, jobCategory, jobName, source, q, level, stream, from, to]);
  useEffect(() => {
    let open = true;
    const begin = async () => {
      if (feed.getState().status === 'ready') return feed.loadNewer();
      if (q !== undefined || level !== undefined) return feed.start('end');
      if (first.current !== 'first-error') return feed.start(first.current);
      // Without an answer the log is still worth opening: its own question will say what is wrong.
      const found = await goToFirstError().catch(() => false);
      if (open && !found) await feed.start('end');
    };
    void begin();
    const poll = () => {
      if (document.visibilityState === 'visible') void feed.loadNewer();
    };
    const timer = setInterval(poll, POLL_MS);
    document.addEventListener('visibilitychange', poll);
    return () => {
      open = false;
      // Whoever comes back to this scope later wants the end as it is then.
      read.current = undefined;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', poll);
      feed.close();
    };
  }, [feed, goToFirstError, q, level]);
  const state = useSyncExternalStore(feed.subscribe, feed.getState, feed.getState);
  return { feed, state, goToFirstError };
}

const addressOf = ({ timestamp, message, stream }: LogEvent): LineAddress => ({
  timestampMs: Date.parse(timestamp),
  mark: lineMark(message),
  stream,
});
