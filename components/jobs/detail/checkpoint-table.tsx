'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { Checkpoint } from '@/lib/contract/checkpoints';
import { CheckpointRow } from './checkpoint-row';
import classes from './checkpoint-table.module.css';

interface CheckpointTableProps {
  rows: Checkpoint[];
  region: string;
  /** The job completed: its output is final rather than promoted. */
  completed: boolean;
  /** Called when the end of the rows comes near the screen. */
  onNearEnd: () => void;
}

/** Fewer rows are simply all there: searching in the page finds them, and the server renders them. */
const VIRTUAL_FROM = 150;
const ROW_HEIGHT = 37;
/** What the server renders for: a screen of rows; the browser measures and goes on from there. */
const FIRST_RECT = { width: 1280, height: 1000 };
const NEAR_END_ROWS = 30;

/** Checkpoints as a table; on a phone each row is a card. Beyond some hundred rows only those near the screen exist. */
export function CheckpointTable({ rows, region, completed, onNearEnd }: CheckpointTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [topPx, setTopPx] = useState(0);
  const isVirtual = rows.length > VIRTUAL_FROM;
  // Notes above the table come and go.
  useLayoutEffect(() => {
    const top = body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (isVirtual && Math.abs(top - topPx) > 1) setTopPx(top);
  });
  // The virtualizer measures anew whenever this function is another one.
  const keyOf = useCallback((index: number) => rows[index]?.packageArn ?? index, [rows]);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    enabled: isVirtual,
    estimateSize: () => ROW_HEIGHT,
    overscan: 20,
    scrollMargin: topPx,
    getItemKey: keyOf,
    initialRect: FIRST_RECT,
    // A reload may come back scrolled; the first render must still be the server's.
    initialOffset: useHydrated() ? () => window.scrollY : 0,
  });
  const shown = isVirtual ? virtualizer.getVirtualItems() : undefined;
  const lastShown = shown?.at(-1)?.index;
  const nearEnd = lastShown !== undefined && lastShown >= rows.length - NEAR_END_ROWS;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, onNearEnd]);
  const before = shown?.[0] ? shown[0].start - topPx : 0;
  const after = shown ? Math.max(0, virtualizer.getTotalSize() - ((shown.at(-1)?.end ?? 0) - topPx)) : 0;
  return (
    <table className={classes.table} aria-rowcount={rows.length + 1}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Step</th>
          <th scope="col">Version</th>
          <th scope="col">Status</th>
          <th scope="col">Attributed by</th>
          <th scope="col">S3 location</th>
          <th scope="col">Twin</th>
          <th scope="col">Created</th>
          <th scope="col">
            <span className={classes.hidden}>Actions</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {before > 0 ? <Spacer heightPx={before} /> : null}
        {shown
          ? shown.map((item) => {
              const checkpoint = rows[item.index];
              return checkpoint ? (
                <CheckpointRow
                  key={item.key}
                  ref={virtualizer.measureElement}
                  index={item.index}
                  checkpoint={checkpoint}
                  region={region}
                  completed={completed}
                />
              ) : null;
            })
          : rows.map((checkpoint, index) => (
              <CheckpointRow
                key={checkpoint.packageArn}
                index={index}
                checkpoint={checkpoint}
                region={region}
                completed={completed}
              />
            ))}
        {after > 0 ? <Spacer heightPx={after} /> : null}
      </tbody>
    </table>
  );
}

/** Stands for the rows that are not there. */
function Spacer({ heightPx }: { heightPx: number }) {
  return (
    <tr className={classes.spacer}>
      <td colSpan={9} style={{ height: heightPx }} />
    </tr>
  );
}
