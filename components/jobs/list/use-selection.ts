'use client';

import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { JobRef } from '@/lib/contract/jobs';
import { comparedWord, MAX_COMPARED, parseComparedWord } from '@/lib/metrics/compare-words';

/** The jobs chosen to be compared. They stand in the URL, and stay chosen over pages and filters. */
export function useSelection() {
  const [words, setWords] = useQueryState(
    'select',
    parseAsArrayOf(parseAsString).withDefault([]).withOptions({ history: 'replace', shallow: true, scroll: false }),
  );
  const chosen = useMemo(() => new Set(words.slice(0, MAX_COMPARED)), [words]);
  const toggle = useCallback(
    (job: JobRef, selected: boolean) =>
      void setWords((before) => {
        const rest = (before ?? []).filter((word) => word !== comparedWord(job));
        return selected ? [...rest, comparedWord(job)] : rest.length > 0 ? rest : null;
      }),
    [setWords],
  );
  const clear = useCallback(() => void setWords(null), [setWords]);
  return useMemo(
    () => ({
      jobs: [...chosen].map(parseComparedWord).filter((ref) => ref !== undefined),
      has: (job: JobRef) => chosen.has(comparedWord(job)),
      full: chosen.size >= MAX_COMPARED,
      toggle,
      clear,
    }),
    [chosen, toggle, clear],
  );
}

export type Selection = ReturnType<typeof useSelection>;
