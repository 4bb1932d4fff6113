// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
// biome-ignore-all lint/a11y/useFocusableInteractive: rows and cells of a plain table take no focus
'use client';

import { useMediaQuery } from '@mantine/hooks';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import classes from './prune-table.module.css';

interface PagedRowsProps {
  label: string;
  /** Rows over all pages. */
  total: number;
  columns: readonly string[];
  /** Which rows are near the screen: whoever has them asks for those that are missing. */
  onSight: (first: number, last: number) => void;
  /** The cells of a row; undefined while it is being read. */
  cells: (index: number) => ReactNode | undefined;
  stale?: boolean;
}

const ROW_PX = 36;
/** A card on a phone. */
const CARD_PX = 112;
const PHONE = '(max-width: 48em)';
/** What the server renders for; the browser measures and goes on from there. */
const FIRST_RECT = { width: 1280, height: 1000 };
const OVERSCAN = 12;

/** A table of any length: rows of one height, of which only those near the window are in the document. */
export function PagedRows({ label, total, columns, onSight, cells, stale }: PagedRowsProps) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const rowPx = useMediaQuery(PHONE) ? CARD_PX : ROW_PX;
  useLayoutEffect(() => {
    const top = body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (Math.abs(top - scrollMargin) > 1) setScrollMargin(top);
  });
  const rows = useWindowVirtualizer<HTMLDivElement>({
    count: total,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
    scrollMargin,
    initialRect: FIRST_RECT,
    initialOffset: useHydrated() ? () => window.scrollY : 0,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of a row is all that is measured
  useLayoutEffect(() => rows.measure(), [rowPx]);
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onSight(first, last), [first, last, onSight]);
  const before = (items[0]?.start ?? scrollMargin) - scrollMargin;
  const after = Math.max(0, rows.getTotalSize() - ((items.at(-1)?.end ?? scrollMargin) - scrollMargin));
  return (
    <div
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-busy={stale || undefined}
      className={classes.table}
      data-stale={stale || undefined}
      data-columns={columns.length}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.headRow}>
          {columns.map((column) => (
            <div role="columnheader" key={column} className={classes.headCell}>
              {column}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" ref={body}>
        {before > 0 ? <div aria-hidden="true" style={{ height: before }} /> : null}
        {items.map(({ index, key }) => (
          <div role="row" key={key} aria-rowindex={index + 2} className={classes.row} style={{ height: rowPx }}>
            {cells(index) ?? (
              <div role="cell" className={classes.waiting}>
                …
              </div>
            )}
          </div>
        ))}
        {after > 0 ? <div aria-hidden="true" style={{ height: after }} /> : null}
      </div>
    </div>
  );
}
