'use client';

import { memo, useId, useMemo } from 'react';
import { usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { ChartLine, VisibleChart } from '@/lib/shared/chart-model';
import classes from './curve-chart.module.css';
import { bandPath, linePath, type Scale, straight } from './line-path';

const ORDER: Record<ChartLine['look'], number> = { dimmed: 0, pale: 1, points: 2, strong: 3 };

/** Few enough to be seen one by one. */
const MAX_DOTS = 120;

/**
 * The curves themselves, on the scales of the chart around it. Recharts' own lines share one table of rows, where a step
 * that a curve does not have and a value that is missing look alike; here a gap stays a gap.
 */
export const SeriesLayer = memo(function SeriesLayer({ chart }: { chart: VisibleChart }) {
  const clip = useId();
  const plot = usePlotArea();
  const scaleX = useXAxisScale('x');
  const scaleLeft = useYAxisScale('left');
  const scaleRight = useYAxisScale('right');
  const drawn = useMemo(() => {
    if (!scaleX || !scaleLeft) return undefined;
    const toX = straight(scaleX, chart.domain);
    const sides = {
      left: straight(scaleLeft, chart.left),
      right: straight(scaleRight, chart.right ?? chart.left),
    };
    const of = (side: 'left' | 'right') => sides[side];
    return {
      bands: chart.bands.map((band) => ({ ...band, d: bandPath(band, toX, of('left')) })),
      lines: [...chart.lines]
        .sort((a, b) => ORDER[a.look] - ORDER[b.look])
        .map((line) => ({ ...line, d: linePath(line, toX, of(line.side)), dots: dotsOf(line, toX, of(line.side)) })),
      marks: chart.marks.map((mark) => ({ ...mark, left: toX(mark.x), top: of(mark.side)(mark.y) })),
      spans: chart.spans.map((span) => ({ ...span, left: toX(span.from) ?? 0, right: toX(span.to) ?? 0 })),
    };
  }, [chart, scaleX, scaleLeft, scaleRight]);
  if (!plot || !drawn) return null;
  return (
    <g>
      <defs>
        <clipPath id={clip}>
          <rect x={plot.x - 6} y={plot.y - 8} width={plot.width + 12} height={plot.height + 16} />
        </clipPath>
      </defs>
      <g clipPath={`url(#${clip})`}>
        {drawn.spans.map((span) => (
          <rect
            key={`${span.from} ${span.label}`}
            className={classes.span}
            x={span.left - 2}
            y={plot.y}
            width={Math.max(4, span.right - span.left + 4)}
            height={plot.height}
          />
        ))}
        {drawn.bands.map(({ id, d, colour, opacity }) => (
          <path key={id} d={d} fill={colour} fillOpacity={opacity} />
        ))}
        {drawn.lines.map(({ id, d, dots, look, colour, dash }) => (
          <g key={id} className={classes.line} data-look={look} data-line={id}>
            <path d={d} stroke={colour} strokeDasharray={dash} />
            {dots.map(({ left, top }) => (
              <circle key={left} cx={left} cy={top} r={look === 'points' ? 3 : 2} fill={colour} />
            ))}
          </g>
        ))}
        {drawn.marks.map(({ label, left, top }) =>
          left === undefined || top === undefined ? null : (
            <g key={label} className={classes.mark} transform={`translate(${left} ${top})`}>
              <circle r="7" />
              <path
                className={classes.star}
                d="M0-4.6 1.4-1.4 4.8-1.1 2.2 1.2 3 4.6 0 2.8-3 4.6-2.2 1.2-4.8-1.1-1.4-1.4Z"
              />
            </g>
          ),
        )}
      </g>
    </g>
  );
});

/** Dots of few values, and of values that stand alone and would be no line. */
function dotsOf(line: ChartLine, toX: Scale, toY: Scale): { left: number; top: number }[] {
  const all = line.look === 'points' && line.xs.length <= MAX_DOTS;
  return line.xs.flatMap((x, place) => {
    const value = line.ys[place];
    if (value === null || value === undefined) return [];
    const alone = (line.ys[place - 1] ?? null) === null && (line.ys[place + 1] ?? null) === null;
    const [left, top] = [toX(x), toY(value)];
    return (all || alone) && left !== undefined && top !== undefined ? [{ left, top }] : [];
  });
}
