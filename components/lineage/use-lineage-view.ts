'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import type { GraphView } from '@/components/graph/view-of';
import { LINEAGE_AXES, type LineageAxis } from '@/lib/lineage/layout';
import {
  formatLineageWords,
  LINEAGE_FIELDS,
  type LineageField,
  type LineageWords,
  parseLineageWords,
} from '@/lib/lineage/lineage-search';
import { formatView, parseView } from '@/lib/lineage/view-text';

const WORDS = {
  ...(Object.fromEntries(LINEAGE_FIELDS.map((field) => [field, parseAsString])) as Record<
    LineageField,
    typeof parseAsString
  >),
  axis: parseAsStringLiteral(LINEAGE_AXES),
  view: parseAsStringLiteral(['graph', 'list'] as const),
  at: parseAsString,
  range: parseAsString,
};

export interface LineageView {
  words: LineageWords;
  ignored: LineageField[];
  /** The API's query string. What is merely selected on the screen is not asked for again. */
  search: string;
  axis: LineageAxis;
  /** Chosen by the viewer; undefined: what suits the window. */
  view: 'graph' | 'list' | undefined;
  /** Where the window stood when the link was made, and at which scale of the axis. */
  at: (GraphView & { scale: number }) | undefined;
  /** The opened range of checkpoints: `AgentRFT/name@21-40`. */
  range: string | undefined;
  change: (part: Partial<Record<LineageField, string | undefined>>) => void;
  /** Selects without asking the server; `ask` when it may not be in the answer. */
  select: (focus: string | undefined, ask?: boolean) => void;
  setAxis: (axis: LineageAxis) => void;
  setView: (view: 'graph' | 'list') => void;
  setAt: (view: GraphView & { scale: number }) => void;
  setRange: (range: string | undefined) => void;
}

/** The lineage page's view state, which lives in the URL: the link is the view. */
export function useLineageView(): LineageView {
  const [raw, setRaw] = useQueryStates(WORDS, { history: 'replace', shallow: true, scroll: false });
  const { words, ignored } = useMemo(() => parseLineageWords(raw), [raw]);
  const [asked, setAsked] = useState(words.focus);
  const search = useMemo(
    () => formatLineageWords({ ...words, focus: words.only === '1' || words.depth ? words.focus : asked }),
    [words, asked],
  );
  const at = useMemo(() => parseView(raw.at ?? undefined), [raw.at]);

  const change = useCallback<LineageView['change']>(
    (part) => {
      const cleared = Object.fromEntries(Object.entries(part).map(([field, value]) => [field, value || null]));
      void setRaw(cleared, { history: 'push' });
    },
    [setRaw],
  );
  const select = useCallback<LineageView['select']>(
    (focus, ask = false) => {
      if (ask) setAsked(focus);
      void setRaw({ focus: focus ?? null });
    },
    [setRaw],
  );
  const setAxis = useCallback(
    (axis: LineageAxis) => void setRaw({ axis: axis === 'time' ? null : axis, at: null }),
    [setRaw],
  );
  const setView = useCallback((view: 'graph' | 'list') => void setRaw({ view }), [setRaw]);
  const setAt = useCallback((view: GraphView & { scale: number }) => void setRaw({ at: formatView(view) }), [setRaw]);
  const setRange = useCallback((range: string | undefined) => void setRaw({ range: range ?? null }), [setRaw]);

  return {
    words,
    ignored,
    search,
    axis: raw.axis ?? 'time',
    view: raw.view ?? undefined,
    at,
    range: raw.range ?? undefined,
    change,
    select,
    setAxis,
    setView,
    setAt,
    setRange,
  };
}
