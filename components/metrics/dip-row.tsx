'use client';

import { useCallback, useMemo } from 'react';
import type { Cursor } from '@/components/charts/cursor';
import { CurveChart } from '@/components/charts/curve-chart';
import { formatMetric } from '@/lib/metrics/metric-words';
import type { PlacedHop } from '@/lib/metrics/place-hops';
import { preparePanel } from '@/lib/metrics/prepare-panel';
import { readAt } from '@/lib/metrics/read-point';
import { formatInteger, formatSignificant } from '@/lib/shared/format';
import classes from './dip-explainer.module.css';
import type { CurveView } from './use-curve-view';
import { useVisibleChart } from './use-visible-chart';

interface DipRowProps {
  metric: string;
  title: string;
  hops: readonly PlacedHop[];
  view: CurveView;
  cursor: Cursor;
  /** Of the reward chart above: every row shows the same stretch. */
  extent: [number, number] | undefined;
  /** The reward chart has a right axis, whose room is kept free here. */
  hasRight: boolean;
  /** Why there is nothing to draw. */
  missing: string;
}

const HEIGHT_PX = 96;
const NONE: never[] = [];

/** One signal under the reward, on the same axis, unsmoothed: a count is what it is. */
export function DipRow({ metric, title, hops, view, cursor, extent, hasRight, missing }: DipRowProps) {
  const { axis, zoom, setZoom } = view;
  const model = useMemo(() => {
    const panel = preparePanel(hops, { key: metric, title }, { axis, smoothing: 0, warnings: NONE });
    return panel && { ...panel, extent };
  }, [hops, metric, title, axis, extent]);
  const { chart, zoomed } = useVisibleChart(model, zoom);
  const counted = metric.startsWith('agent-log/');
  const format = useCallback(
    (value: number) => {
      if (counted) return Number.isInteger(value) ? String(value) : formatSignificant(value);
      // Short enough for the axis: a minute and seconds would break the line.
      return metric.startsWith('timing_s/') ? `${formatInteger(value)} s` : formatMetric(metric, value);
    },
    [counted, metric],
  );
  const read = useCallback(
    (x: number) => (model ? readAt(model, x, format) : { title: '', values: [], notes: [] }),
    [model, format],
  );
  return (
    <section className={classes.row} aria-label={title}>
      <h3 className={classes.title}>{title}</h3>
      {chart ? (
        <CurveChart
          chart={hasRight ? { ...chart, right: [0, 1] } : chart}
          label={title}
          heightPx={HEIGHT_PX}
          cursor={cursor}
          read={read}
          formatLeft={format}
          formatRight={noText}
          onZoom={setZoom}
          zoomed={zoomed}
          compact
        />
      ) : (
        <p className={classes.missing}>{missing}</p>
      )}
    </section>
  );
}

const noText = () => '';
