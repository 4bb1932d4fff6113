import 'server-only';
import type { AppError } from '@/lib/contract/app-error';
import type { SyncError } from '@/lib/contract/health';

/** What fails now, one entry for each thing it hits, with since when. */
export interface ErrorBook {
  /** True when it is another failure than the one that stood there. */
  record(scope: string, error: AppError): boolean;
  /** True when there was one. */
  clear(scope: string): boolean;
  has(scope: string): boolean;
  list(): SyncError[];
}

/** An empty book; `now` in epoch milliseconds. */
export function createErrorBook(now: () => number): ErrorBook {
  const entries = new Map<string, SyncError>();
  return {
    record(scope, { code, message, hint }) {
      const at = new Date(now()).toISOString();
      const known = entries.get(scope);
      entries.set(scope, { code, message, hint, scope, since: known?.since ?? at, lastAt: at });
      return known?.code !== code;
    },
    clear: (scope) => entries.delete(scope),
    has: (scope) => entries.has(scope),
    list: () => [...entries.values()],
  };
}
