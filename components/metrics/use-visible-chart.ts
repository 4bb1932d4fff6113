'use client';

import { useCallback, useMemo, useState } from 'react';
import { thinModel } from '@/lib/metrics/thin-series';
import { clampZoom } from '@/lib/metrics/zoom';
import type { ChartModel, VisibleChart } from '@/lib/shared/chart-model';

/**
 * What of a model is in sight; one lone step gets room around it. `move` shows another stretch until `zoom` changes: while
 * a hand moves it, one chart follows, and all others when it comes to rest.
 */
export function useVisibleChart(model: ChartModel | undefined, zoom: readonly [number, number] | undefined) {
  const [moved, setMoved] = useState<{ zoom: typeof zoom; domain: [number, number] }>();
  const wish = moved && moved.zoom === zoom ? moved.domain : zoom;
  const move = useCallback((domain: [number, number]) => setMoved({ zoom, domain }), [zoom]);
  const seen = useMemo((): { chart?: VisibleChart; zoomed: boolean } => {
    if (!model?.extent) return { zoomed: false };
    const [from, to] = model.extent;
    const whole: [number, number] = from === to ? [from - 1, to + 1] : [from, to];
    const part = wish ? clampZoom(wish, whole) : undefined;
    return { chart: thinModel(model, part ?? whole), zoomed: part !== undefined };
  }, [model, wish]);
  return { ...seen, move };
}
