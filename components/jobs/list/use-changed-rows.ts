'use client';

import { useEffect, useRef, useState } from 'react';
import type { JobRow } from '@/lib/contract/jobs';
import { rowFingerprint } from '@/lib/jobs/row-facts';
import { jobKey } from './job-key';

/** As long as the highlight fades. */
const HIGHLIGHT_MS = 1800;
/** When more change at once (the first read of an account) a highlight says nothing any more. */
const MOST_AT_ONCE = 8;
const NONE: ReadonlySet<string> = new Set();

/**
 * Keys of the rows that are new or changed since the last answer, for a moment. `searchText` tells one list from
 * another: going to other rows is not a change of rows.
 */
export function useChangedRows(jobs: readonly JobRow[] | undefined, searchText: string): ReadonlySet<string> {
  const [changed, setChanged] = useState(NONE);
  const before = useRef<{ searchText: string; rows: Map<string, string> }>(undefined);

  useEffect(() => {
    if (!jobs) return;
    const rows = new Map(jobs.map((job) => [jobKey(job), rowFingerprint(job)]));
    const last = before.current;
    before.current = { searchText, rows };
    if (last?.searchText !== searchText) return;
    const keys = [...rows].filter(([key, print]) => last.rows.get(key) !== print).map(([key]) => key);
    if (keys.length === 0 || keys.length > MOST_AT_ONCE) return;
    setChanged(new Set(keys));
    const timer = setTimeout(() => setChanged(NONE), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [jobs, searchText]);

  return changed;
}
