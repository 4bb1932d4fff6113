'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import {
  formatPruneSearch,
  type IgnoredPruneWord,
  PRUNE_FIELDS,
  type PruneField,
  type PruneSearch,
  parsePruneSearch,
} from '@/lib/prune/prune-search';

const WORDS = Object.fromEntries(PRUNE_FIELDS.map((field) => [field, parseAsString])) as Record<
  PruneField,
  typeof parseAsString
>;

export type PruneChange = Partial<Record<PruneField, string | undefined>>;

export interface PruneSearchState {
  search: PruneSearch;
  /** The canonical query string: of the page, of the API, and of the query key. */
  text: string;
  /** The rules alone, without what of the list is shown: a choice made by hand holds as long as they do. */
  rulesText: string;
  ignored: IgnoredPruneWord[];
  change: (part: PruneChange) => void;
}

/** The rules and the filter of the list, which live in the URL. */
export function usePruneSearch(): PruneSearchState {
  const [words, setWords] = useQueryStates(WORDS, { history: 'replace', shallow: true, scroll: false });
  const { search, ignored } = useMemo(() => parsePruneSearch(words), [words]);
  const text = useMemo(() => formatPruneSearch(search), [search]);
  const rulesText = useMemo(() => formatPruneSearch({ ...search, show: 'go', why: undefined }), [search]);
  const change = useCallback(
    (part: PruneChange) => {
      const next = new URLSearchParams(formatPruneSearch(parsePruneSearch({ ...toWords(search), ...part }).search));
      void setWords(Object.fromEntries(PRUNE_FIELDS.map((field) => [field, next.get(field)])));
    },
    [search, setWords],
  );
  return { search, text, rulesText, ignored, change };
}

const toWords = (search: PruneSearch): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([field, value]) => (value === undefined ? [] : [[field, String(value)]])),
  );
