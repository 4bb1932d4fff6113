'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import {
  formatJobsSearch,
  type IgnoredWord,
  type JobsSearch,
  parseJobsSearch,
  SEARCH_FIELDS,
  type SearchField,
} from '@/lib/jobs/jobs-search';

/** The words as they stand in the URL; what they mean is decided by the codec alone, on the server the same. */
const WORDS = Object.fromEntries(SEARCH_FIELDS.map((field) => [field, parseAsString])) as Record<
  SearchField,
  typeof parseAsString
>;

export type SearchChange = Partial<Record<SearchField, string | undefined>>;

export interface JobsSearchState {
  search: JobsSearch;
  /** The canonical query string: of the API's request, and of the query key. */
  text: string;
  ignored: IgnoredWord[];
  /** Changes some words and writes the URL; everything but a new page starts at the first page again. */
  change: (part: SearchChange, history?: 'push' | 'replace') => void;
}

/** The jobs list's view state, which lives in the URL. */
export function useJobsSearch(): JobsSearchState {
  const [words, setWords] = useQueryStates(WORDS, { history: 'push', shallow: true, scroll: false });
  const { search, ignored } = useMemo(() => parseJobsSearch(words), [words]);
  const text = useMemo(() => formatJobsSearch(search), [search]);

  const change = useCallback(
    (part: SearchChange, history: 'push' | 'replace' = 'push') => {
      const wanted = parseJobsSearch({ ...search, cursor: undefined, ...part }).search;
      const next = new URLSearchParams(formatJobsSearch(wanted));
      setWords(Object.fromEntries(SEARCH_FIELDS.map((field) => [field, next.get(field)])), { history });
    },
    [search, setWords],
  );

  return { search, text, ignored, change };
}
