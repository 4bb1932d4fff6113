'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { formatColumns, JOB_COLUMNS, type JobColumnId, parseColumns } from '@/lib/jobs/columns';

/** Which columns the table has. They stand in the URL as the word `columns`; without it all are shown. */
export function useColumns() {
  const [word, setWord] = useQueryState(
    'columns',
    parseAsString.withOptions({ history: 'replace', shallow: true, scroll: false }),
  );
  const { shown, unknown } = useMemo(() => parseColumns(word), [word]);
  const toggle = useCallback(
    (id: JobColumnId, show: boolean) => {
      const next = new Set(shown ?? JOB_COLUMNS.map((column) => column.id));
      if (show) next.add(id);
      else next.delete(id);
      void setWord(formatColumns(next) ?? null);
    },
    [shown, setWord],
  );
  const tidy = useCallback(() => void setWord(formatColumns(shown) ?? null), [shown, setWord]);
  return useMemo(
    () => ({
      columns: shown ? JOB_COLUMNS.filter(({ id }) => shown.has(id)) : JOB_COLUMNS,
      /** The word of the address; undefined while all are shown. */
      word: formatColumns(shown),
      unknown,
      toggle,
      showAll: () => void setWord(null),
      tidy,
    }),
    [shown, unknown, toggle, setWord, tidy],
  );
}

export type Columns = ReturnType<typeof useColumns>;
