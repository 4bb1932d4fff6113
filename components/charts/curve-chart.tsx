'use client';

import { memo, useMemo } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import type { ChartReading, VisibleChart } from '@/lib/shared/chart-model';
import { formatInteger } from '@/lib/shared/format';
import { niceTicks, timeTicks } from '@/lib/shared/ticks';
import { formatDuration } from '@/lib/shared/time';
import { ChartOverlay } from './chart-overlay';
import type { Cursor } from './cursor';
import classes from './curve-chart.module.css';
import { FirstSight } from './first-sight';
import { BOTTOM_PX, LEFT_PX, roomOf, seamRows } from './geometry';
import { SeriesLayer } from './series-layer';

export interface CurveChartProps {
  chart: VisibleChart;
  /** Names the chart to screen readers. */
  label: string;
  heightPx: number;
  cursor: Cursor;
  read: (x: number) => ChartReading;
  formatLeft: (value: number) => string;
  formatRight?: (value: number) => string;
  /** A stretch was drawn with the pointer; undefined: the whole again. */
  onZoom: (domain: [number, number] | undefined) => void;
  /** A stretch is being moved by hand, and is to be shown in this chart until it comes to rest. */
  onMove?: (domain: [number, number]) => void;
  zoomed: boolean;
  /** A step was chosen, by click or Enter. */
  onPick?: (x: number) => void;
  /** Few ticks, no labels of seams: for panels. */
  compact?: boolean;
}

/** More lines than this are drawn thinner. */
const CROWDED = 12;

/** Draws a prepared, visible model: curves over thin axes, with a shared cross-hair, and zoom by dragging or by keys. */
export function CurveChart(props: CurveChartProps) {
  const { chart, heightPx, compact = false } = props;
  const [from, to] = chart.domain;
  const seams = useMemo(
    () =>
      chart.seams
        .map((seam) => ({ ...seam, at: (seam.x - from) / (to - from || 1) }))
        .filter(({ at }) => at >= 0 && at <= 1),
    [chart.seams, from, to],
  );
  const rows = seamRows(seams.map(({ at }) => at));
  const labelled = !compact && seams.some(({ label }) => label);
  const room = roomOf({ hasRight: chart.right !== undefined, seamRows: labelled ? Math.max(0, ...rows) + 1 : 0 });
  return (
    <div
      className={classes.frame}
      style={{ height: heightPx }}
      data-compact={compact || undefined}
      data-crowded={chart.lines.length > CROWDED || undefined}
    >
      {compact ? null : <FirstSight chart={chart} room={room} />}
      <Drawing
        chart={chart}
        heightPx={heightPx}
        topPx={room.top}
        rightPx={room.right}
        formatLeft={props.formatLeft}
        formatRight={props.formatRight}
        compact={compact}
      />
      <ChartOverlay {...props} room={room} seams={seams.map((seam, place) => ({ ...seam, row: rows[place] ?? 0 }))} />
    </div>
  );
}

/** `0.500` as `0.5`: the digits of a tick are exact, so zeros at its end say nothing. */
const shortTick = (text: string) => text.replace(/(\.\d*?)0+(?!\d)/, '$1').replace(/\.(?!\d)/, '');

interface DrawingProps extends Pick<CurveChartProps, 'chart' | 'heightPx' | 'formatLeft' | 'formatRight'> {
  compact: boolean;
  topPx: number;
  rightPx: number;
}

const TICK = { fontSize: 12, fill: 'var(--cairn-dim)' };
const AXIS_LINE = { stroke: 'var(--cairn-line)' };

/** Axes and curves. Nothing in it depends on the pointer. */
const Drawing = memo(function Drawing({
  chart,
  heightPx,
  formatLeft,
  formatRight,
  compact,
  topPx,
  rightPx,
}: DrawingProps) {
  const { domain, left, right, xKind, zeroMs } = chart;
  const xTicks =
    xKind === 'time'
      ? timeTicks(domain, compact ? 3 : 6, zeroMs ?? domain[0])
      : niceTicks(domain, compact ? 4 : 8, true);
  // Scales need rows to exist; the curves bring their own.
  const frame = useMemo(() => [{ x: domain[0] }, { x: domain[1] }], [domain]);
  return (
    <div className={classes.drawing} aria-hidden="true">
      <ComposedChart
        responsive
        data={frame}
        style={{ width: '100%', height: heightPx }}
        margin={{ top: topPx, right: right ? 0 : rightPx, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
        <CartesianGrid yAxisId="left" xAxisId="x" vertical={false} stroke="var(--cairn-line)" />
        <XAxis
          xAxisId="x"
          dataKey="x"
          type="number"
          domain={domain}
          allowDataOverflow
          ticks={xTicks}
          height={BOTTOM_PX}
          tick={TICK}
          tickLine={false}
          axisLine={AXIS_LINE}
          tickFormatter={(value: number) =>
            xKind === 'time' ? (value === zeroMs ? '0' : formatDuration(value - (zeroMs ?? 0))) : formatInteger(value)
          }
        />
        <YAxis
          yAxisId="left"
          type="number"
          domain={left}
          allowDataOverflow
          ticks={niceTicks(left, compact ? 4 : 7)}
          width={LEFT_PX}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value: number) => shortTick(formatLeft(value))}
        />
        {right ? (
          <YAxis
            yAxisId="right"
            orientation="right"
            type="number"
            domain={right}
            allowDataOverflow
            ticks={niceTicks(right, 7)}
            width={rightPx}
            tick={TICK}
            tickLine={false}
            axisLine={false}
            tickFormatter={(value: number) => shortTick((formatRight ?? formatLeft)(value))}
          />
        ) : null}
        <SeriesLayer chart={chart} />
      </ComposedChart>
    </div>
  );
});
