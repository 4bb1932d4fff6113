'use client';

import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { SkeletonBox } from '@/components/ui/skeleton-box';
import type { JobRef } from '@/lib/contract/jobs';
import { type GetRolloutResponse, ROLLOUT_PAGE } from '@/lib/contract/metrics';
import { rolloutPageQuery } from '@/lib/queries/metrics-queries';
import { formatInteger, formatPlural } from '@/lib/shared/format';
import { ConversationPart } from './conversation-part';
import classes from './rollouts.module.css';

interface LongPartsProps {
  region: string;
  jobRef: JobRef;
  traceId: string;
  first: GetRolloutResponse;
  startMs: number;
  /** The element that scrolls. */
  scroll: RefObject<HTMLElement | null>;
}

/** About an entry of two lines; each is measured once it is there. */
const PART_PX = 84;
const OVERSCAN = 6;
/** The bar that stays on top. */
const JUMPS_PX = 44;

/**
 * A conversation of any length: only entries in sight are in the document, and a page of them is asked for when it comes
 * near. So the end of 30,000 entries is as near as the beginning.
 */
export function LongParts({ region, jobRef, traceId, first, startMs, scroll }: LongPartsProps) {
  const { totalParts, failedParts } = first;
  const list = useRef<HTMLOListElement>(null);
  const [marginPx, setMarginPx] = useState(0);
  // What stands above the entries scrolls with them.
  useLayoutEffect(() => setMarginPx(list.current?.offsetTop ?? 0), []);
  const virtual = useVirtualizer({
    count: totalParts,
    getScrollElement: () => scroll.current,
    estimateSize: () => PART_PX,
    overscan: OVERSCAN,
    gap: 8,
    scrollMargin: marginPx,
    scrollPaddingStart: JUMPS_PX,
    initialRect: { width: 600, height: 700 },
  });
  const items = virtual.getVirtualItems();
  const pages = useMemo(() => [...new Set(items.map(({ index }) => Math.floor(index / ROLLOUT_PAGE)))], [items]);
  const loaded = useQueries({ queries: pages.map((page) => rolloutPageQuery(region, jobRef, traceId, page)) });
  const pageOf = (index: number) => loaded[pages.indexOf(Math.floor(index / ROLLOUT_PAGE))];
  const [failed, setFailed] = useState(-1);
  const jump = (index: number) => virtual.scrollToIndex(index, { align: index === totalParts - 1 ? 'end' : 'start' });
  const nextFailed = () => {
    const next = (failed + 1) % failedParts.length;
    setFailed(next);
    jump(failedParts[next] ?? 0);
  };
  const [top, bottom] = [items[0], items.at(-1)];
  return (
    <>
      <div className={classes.jumps}>
        <Button variant="default" size="compact-xs" onClick={() => jump(0)}>
          Beginning
        </Button>
        <Button variant="default" size="compact-xs" onClick={() => jump(totalParts - 1)}>
          End
        </Button>
        {failedParts.length > 0 ? (
          <Button variant="default" size="compact-xs" onClick={nextFailed}>
            {failed === -1 ? 'First error' : 'Next error'}
          </Button>
        ) : null}
        <span className={classes.dim} role="status">
          {formatInteger((top?.index ?? 0) + 1)} to {formatInteger((bottom?.index ?? 0) + 1)} of{' '}
          {formatPlural(totalParts, 'entry', 'entries')}
        </span>
      </div>
      <ol ref={list} className={classes.longParts} style={{ height: virtual.getTotalSize() }} aria-label="Entries">
        {items.map(({ index, start }) => {
          const query = pageOf(index);
          const part = query?.data?.parts[index % ROLLOUT_PAGE];
          return (
            <li
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              aria-posinset={index + 1}
              aria-setsize={totalParts}
              style={{ transform: `translateY(${start - marginPx}px)` }}
            >
              {part ? <ConversationPart part={part} startMs={startMs} /> : null}
              {!part && query?.isError ? (
                <p className={classes.dim}>
                  {query.error.message}{' '}
                  <Button variant="subtle" size="compact-xs" onClick={() => void query.refetch()}>
                    Try again
                  </Button>
                </p>
              ) : null}
              {part || query?.isError ? null : <SkeletonBox height={PART_PX} />}
            </li>
          );
        })}
      </ol>
    </>
  );
}
