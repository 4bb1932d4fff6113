'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { JobRow } from '@/lib/contract/jobs';

interface RowKeysOptions {
  body: RefObject<HTMLElement | null>;
  jobs: readonly JobRow[];
  /** Brings a row into the window, and with it into the document. */
  scrollTo: (index: number) => void;
}

/** How often to look for a row that the virtualiser is bringing in: frames, so about a third of a second. */
const FRAMES_TO_WAIT = 20;

/**
 * `j` and `k` move the focus from row to row, over the ones that are not in the document yet. Enter is the focused
 * link's own. Without a focused row they start at the first row in sight.
 */
export function useRowKeys(options: RowKeysOptions): void {
  const current = useRef(options);
  useEffect(() => {
    current.current = options;
  });

  useEffect(() => {
    let frame = 0;
    /** The row that is on its way to the focus; keys come faster than rows. */
    let pending: number | undefined;
    const linkOf = (index: number) =>
      current.current.body.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-row-link]`);

    const focus = (index: number) => {
      cancelAnimationFrame(frame);
      current.current.scrollTo(index);
      pending = index;
      let frames = 0;
      const attempt = () => {
        const link = linkOf(index);
        frames += 1;
        if (link || frames > FRAMES_TO_WAIT) pending = undefined;
        else frame = requestAnimationFrame(attempt);
        link?.focus({ preventScroll: true });
      };
      attempt();
    };

    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'j' && event.key !== 'k') return;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if ((event.target as Element).closest('input, textarea, select, [contenteditable], [role="menu"]')) return;
      if (document.querySelector('[role="dialog"]')) return;
      const { body, jobs } = current.current;
      if (jobs.length === 0) return;
      event.preventDefault();
      const row = document.activeElement?.closest<HTMLElement>('[data-index]');
      const at = pending ?? (row && body.current?.contains(row) ? Number(row.dataset.index) : undefined);
      if (at === undefined) return focus(firstInSight(body.current));
      focus(Math.min(jobs.length - 1, Math.max(0, at + (event.key === 'j' ? 1 : -1))));
    };
    document.addEventListener('keydown', onKey);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** Below the sticky header and column heads. */
const TOP_PX = 80;

function firstInSight(body: HTMLElement | null): number {
  const rows = [...(body?.querySelectorAll<HTMLElement>('[data-index]') ?? [])];
  const seen = rows.find((row) => row.getBoundingClientRect().top >= TOP_PX);
  return Number(seen?.dataset.index ?? 0);
}
