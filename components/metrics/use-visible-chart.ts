'use client';

import { useMemo } from 'react';
import { thinModel } from '@/lib/metrics/thin-series';
import { clampZoom } from '@/lib/metrics/zoom';
import type { ChartModel, VisibleChart } from '@/lib/shared/chart-model';

/** What of a model is in sight. One lone step gets room around it. */
export function useVisibleChart(model: ChartModel | undefined, zoom: readonly [number, number] | undefined) {
  return useMemo((): { chart?: VisibleChart; zoomed: boolean } => {
    if (!model?.extent) return { zoomed: false };
    const [from, to] = model.extent;
    const whole: [number, number] = from === to ? [from - 1, to + 1] : [from, to];
    const part = zoom ? clampZoom(zoom, whole) : undefined;
    return { chart: thinModel(model, part ?? whole), zoomed: part !== undefined };
  }, [model, zoom]);
}
