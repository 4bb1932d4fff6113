'use client';

import { parseAsBoolean, parseAsString, useQueryStates } from 'nuqs';

/** The view of a log that its link carries: words looked for, and whether long lines are wrapped. */
export function useLogUrl() {
  return useQueryStates(
    { q: parseAsString.withDefault(''), wrap: parseAsBoolean.withDefault(false) },
    { history: 'replace' },
  );
}
