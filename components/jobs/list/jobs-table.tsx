// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtualised grid that become cards cannot be table elements; the roles say what they are
'use client';

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, Fragment, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { JobRow } from '@/lib/contract/jobs';
import { JOB_COLUMNS, type JobColumn } from '@/lib/jobs/columns';
import type { JobsSearch } from '@/lib/jobs/jobs-search';
import { jobKey } from './job-key';
import { JobTableRow } from './job-table-row';
import classes from './jobs-table.module.css';
import { TableHead } from './table-head';
import type { SearchChange } from './use-jobs-search';
import { useRowKeys } from './use-row-keys';
import type { Selection } from './use-selection';

interface JobsTableProps {
  columns: readonly JobColumn[];
  jobs: readonly JobRow[];
  /** Rows before this page, and over all pages. */
  offset: number;
  total: number;
  search: JobsSearch;
  changed: ReadonlySet<string>;
  /** The rows are those of another search, while the asked-for ones load. */
  stale: boolean;
  onSort: (part: SearchChange) => void;
  selection: Selection;
}

const ROW_PX = 36;
const REASON_PX = 20;
/** What the server renders for: a screen of rows; the browser measures and goes on from there. */
const FIRST_RECT = { width: 1280, height: 1000 };
const OVERSCAN = 8;
/** Room that the sticky lines take from the window when a row is scrolled into view. */
const STICKY_PX = 96;

/**
 * The jobs of one page. Only rows near the window are in the document; roles and row numbers tell screen readers of
 * all. Heights are kept open by blocks between the rows rather than by positions, so that the browser's own scroll
 * anchoring holds the view still when a new job comes in above.
 */
export function JobsTable(props: JobsTableProps) {
  const { columns, jobs, offset, total, search, changed, stale, onSort, selection } = props;
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // Filters, banners and notes above the table come and go.
  useLayoutEffect(() => {
    const top = body.current ? Math.round(body.current.getBoundingClientRect().top + window.scrollY) : 0;
    if (Math.abs(top - scrollMargin) > 1) setScrollMargin(top);
  });

  const keyOf = useCallback((index: number) => jobKey(jobs[index]), [jobs]);
  const rows = useWindowVirtualizer<HTMLDivElement>({
    count: jobs.length,
    estimateSize: (index) => ROW_PX + (jobs[index]?.failureReason ? REASON_PX : 0),
    getItemKey: keyOf,
    overscan: OVERSCAN,
    scrollMargin,
    scrollPaddingStart: STICKY_PX,
    scrollPaddingEnd: ROW_PX,
    initialRect: FIRST_RECT,
    // A reload may come back scrolled; the first render must still be the server's.
    initialOffset: useHydrated() ? () => window.scrollY : 0,
  });
  useRowKeys({ body, jobs, scrollTo: (index) => rows.scrollToIndex(index, { align: 'auto' }) });

  let filledTo = scrollMargin;
  const items = rows.getVirtualItems();
  return (
    <div
      role="table"
      aria-label="Jobs"
      aria-rowcount={total + 1}
      aria-busy={stale}
      className={classes.table}
      data-stale={stale || undefined}
      style={columns === JOB_COLUMNS ? undefined : widthsOf(columns)}
    >
      <TableHead columns={columns} sorting={search} onSort={onSort} />
      <div role="rowgroup" ref={body}>
        {items.map((item) => {
          const job = jobs[item.index];
          if (!job) return null;
          const gapPx = item.start - filledTo;
          filledTo = item.end;
          return (
            <Fragment key={item.key}>
              {gapPx > 0 ? <div aria-hidden="true" style={{ height: gapPx }} /> : null}
              <JobTableRow
                ref={rows.measureElement}
                columns={columns}
                job={job}
                index={item.index}
                rowIndex={offset + item.index + 2}
                changed={changed.has(String(item.key))}
                selected={selection.has(job)}
                onSelect={selection.full && !selection.has(job) ? undefined : selection.toggle}
              />
            </Fragment>
          );
        })}
        <div aria-hidden="true" style={{ height: Math.max(0, rows.getTotalSize() - (filledTo - scrollMargin)) }} />
      </div>
    </div>
  );
}

/** The widths of the table, of the columns that it has. */
const widthsOf = (columns: readonly JobColumn[]) =>
  ({ '--columns': columns.map(({ id }) => `var(--width-${id})`).join(' ') }) as CSSProperties;
