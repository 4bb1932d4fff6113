import { QueryClient } from '@tanstack/react-query';
import { AppError } from '../contract/app-error';
import { ERROR_CODES } from '../contract/error-codes';

const MAX_RETRIES = 3;

/** Whether asking again unchanged can help: the table of error codes decides. */
export function shouldRetry(failureCount: number, error: unknown): boolean {
  return error instanceof AppError && ERROR_CODES[error.code].retryable && failureCount < MAX_RETRIES;
}

/**
 * The query client of a tab. Freshness comes from server-sent events, which invalidate what changed; the stale time
 * only keeps a page from asking again for what the server rendered a moment ago.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        retry: shouldRetry,
        retryDelay: (attempt) => Math.min(1000 * 2 ** attempt, 8000),
        // A server on the same machine can be reached while the machine has no network.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
