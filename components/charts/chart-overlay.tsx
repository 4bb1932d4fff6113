'use client';

import { useId, useRef } from 'react';
import { Crosshair } from './crosshair';
import type { CurveChartProps } from './curve-chart';
import classes from './curve-chart.module.css';
import { type Room, SEAM_ROW_PX, SEAM_TURN } from './geometry';
import { useChartHands } from './use-chart-hands';

interface OverlayProps extends CurveChartProps {
  room: Room;
  seams: { x: number; label: string; detail: string; at: number; row: number }[];
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`;

/**
 * What lies over the curves: seams, cross-hair, the stretch being drawn, and the hands. To a keyboard and a screen reader
 * the chart is a slider over its steps, whose value is what the curves say there.
 */
export function ChartOverlay({
  chart,
  label,
  cursor,
  read,
  onZoom,
  onMove,
  zoomed,
  onPick,
  compact,
  room,
  seams,
}: OverlayProps) {
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const { drag, grabbed, handlers } = useChartHands({ id, area, chart, cursor, zoomed, onZoom, onMove, onPick });

  return (
    <div className={classes.area} style={{ inset: `${room.top}px ${room.right}px ${room.bottom}px ${room.left}px` }}>
      {seams.map((seam) => (
        <div
          key={`${seam.x} ${seam.label}`}
          className={classes.seam}
          data-seam={seam.label || undefined}
          data-end={seam.at > SEAM_TURN || undefined}
          style={{ left: percent(seam.at) }}
        >
          {compact || !seam.label || seam.row < 0 ? null : (
            <span className={classes.seamLabel} style={{ top: -SEAM_ROW_PX * (seam.row + 1) }} title={seam.detail}>
              {seam.label}
            </span>
          )}
        </div>
      ))}
      <Crosshair id={id} chart={chart} cursor={cursor} read={read} hands={{ label, compact: compact ?? false }}>
        {(slider) => (
          <div ref={area} className={classes.hands} {...slider} data-grabbed={grabbed || undefined} {...handlers} />
        )}
      </Crosshair>
      {drag && Math.abs(drag.to - drag.from) > 0.002 ? (
        <div
          className={classes.stretch}
          style={{ left: percent(Math.min(drag.from, drag.to)), width: percent(Math.abs(drag.to - drag.from)) }}
        />
      ) : null}
    </div>
  );
}
