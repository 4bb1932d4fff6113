'use client';

import { useCallback, useMemo, useState } from 'react';
import { PRUNE_PAGE } from '@/lib/queries/prune-queries';

/** Which pages are near the screen. The first is always there: it stands for the whole. */
export function usePages() {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onSight = useCallback((first: number, last: number) => {
    const next = { first: Math.floor(first / PRUNE_PAGE), last: Math.floor(last / PRUNE_PAGE) };
    setRange((known) => (known.first === next.first && known.last === next.last ? known : next));
  }, []);
  const pages = useMemo(
    () => Array.from({ length: range.last - range.first + 1 }, (_, i) => range.first + i).filter((page) => page > 0),
    [range],
  );
  return { pages, onSight };
}

/** The row of a place, out of the first page and those that were asked for besides. */
export function rowAt<R>(
  index: number,
  first: readonly R[] | undefined,
  others: ReadonlyMap<number, readonly R[] | undefined>,
): R | undefined {
  const page = Math.floor(index / PRUNE_PAGE);
  const rows = page === 0 ? first : others.get(page);
  return rows?.[index - page * PRUNE_PAGE];
}
