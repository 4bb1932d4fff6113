'use client';

import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from 'nuqs';
import { useCallback, useMemo } from 'react';
import { AXIS_MODES, type AxisMode } from '@/lib/metrics/place-hops';
import { MAX_SMOOTHING } from '@/lib/metrics/smooth';
import { formatZoom, parseZoom } from '@/lib/metrics/zoom';

export const DEFAULT_SMOOTHING = 0.6;

const VIEW = {
  axis: parseAsStringLiteral(AXIS_MODES),
  smooth: parseAsFloat.withDefault(DEFAULT_SMOOTHING),
  lineage: parseAsBoolean.withDefault(true),
  zoom: parseAsString,
  pass: parseAsArrayOf(parseAsInteger),
  hide: parseAsArrayOf(parseAsString),
};

/** How curves are looked at. All of it stands in the URL: the link is the view. */
export function useCurveView(defaultAxis: AxisMode) {
  const [words, setWords] = useQueryStates(VIEW, { history: 'replace', shallow: true, scroll: false });
  const axis = words.axis ?? defaultAxis;
  const zoom = useMemo(() => parseZoom(words.zoom), [words.zoom]);
  const setZoom = useCallback(
    (domain: readonly [number, number] | undefined) =>
      void setWords({ zoom: domain ? formatZoom(domain) : null }, { history: 'push' }),
    [setWords],
  );
  const setAxis = useCallback(
    // A stretch of steps is no stretch of time.
    (next: AxisMode) => void setWords({ axis: next === defaultAxis ? null : next, zoom: null }),
    [setWords, defaultAxis],
  );
  const setSmoothing = useCallback((smooth: number) => void setWords({ smooth }), [setWords]);
  const setLineage = useCallback((lineage: boolean) => void setWords({ lineage, zoom: null, axis: null }), [setWords]);
  const hidden = useMemo(() => new Set(words.hide ?? []), [words.hide]);
  const toggle = useCallback(
    (group: string) => {
      const next = hidden.has(group) ? [...hidden].filter((each) => each !== group) : [...hidden, group];
      void setWords({ hide: next.length > 0 ? next : null });
    },
    [hidden, setWords],
  );
  const setPassKs = useCallback((pass: number[] | undefined) => void setWords({ pass: pass ?? null }), [setWords]);
  return {
    axis,
    smoothing: Math.min(MAX_SMOOTHING, Math.max(0, words.smooth)),
    lineage: words.lineage,
    zoom,
    /** Of which k pass@k is drawn; undefined: nobody chose. */
    passKs: words.pass ?? undefined,
    setPassKs,
    /** Groups of lines that somebody took out of sight. */
    hidden,
    toggle,
    setZoom,
    setAxis,
    setSmoothing,
    setLineage,
  };
}

export type CurveView = ReturnType<typeof useCurveView>;
