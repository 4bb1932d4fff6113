'use client';

import { type KeyboardEvent, type PointerEvent, useId, useRef, useState } from 'react';
import { Crosshair } from './crosshair';
import type { CurveChartProps } from './curve-chart';
import classes from './curve-chart.module.css';
import { type Room, SEAM_ROW_PX, SEAM_TURN } from './geometry';

interface OverlayProps extends CurveChartProps {
  room: Room;
  seams: { x: number; label: string; detail: string; at: number; row: number }[];
}

/** A hand shakes by less; more is a stretch. */
const DRAG_PX = 5;
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
  zoomed,
  onPick,
  compact,
  room,
  seams,
}: OverlayProps) {
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const [from, to] = chart.domain;
  const { stops } = chart;

  const fractionAt = (event: PointerEvent) => {
    const box = area.current?.getBoundingClientRect();
    return box && box.width > 0 ? Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) : 0;
  };
  const xAt = (fraction: number) => from + fraction * (to - from);
  const stand = (x: number | undefined) => cursor.set(x === undefined ? undefined : { x, source: id });
  const nearest = (x: number) =>
    stops.reduce<number | undefined>((best, stop) => {
      if (stop < from || stop > to) return best;
      return best === undefined || Math.abs(stop - x) < Math.abs(best - x) ? stop : best;
    }, undefined);

  const onPointerMove = (event: PointerEvent) => {
    const fraction = fractionAt(event);
    if (drag) setDrag({ ...drag, to: fraction });
    stand(nearest(xAt(fraction)));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // A finger that moves scrolls the page; it taps to pick.
    if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId);
    const fraction = fractionAt(event);
    setDrag({ from: fraction, to: fraction });
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!drag) return;
    setDrag(undefined);
    const fraction = fractionAt(event);
    const width = area.current?.clientWidth ?? 0;
    if (Math.abs(fraction - drag.from) * width > DRAG_PX) {
      const [left, right] = [drag.from, fraction].sort((a, b) => a - b) as [number, number];
      onZoom([xAt(left), xAt(right)]);
      return;
    }
    const stop = nearest(xAt(fraction));
    if (stop !== undefined) onPick?.(stop);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || stops.length === 0) return;
    const inSight = stops.filter((stop) => stop >= from && stop <= to);
    const now = cursor.get()?.x;
    const place = now === undefined ? -1 : inSight.indexOf(now);
    const by = event.shiftKey || event.key.startsWith('Page') ? 10 : 1;
    const go = (next: number) => stand(inSight[Math.min(inSight.length - 1, Math.max(0, next))]);
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowDown':
      case 'PageDown':
        go(place === -1 ? inSight.length - 1 : place - by);
        break;
      case 'ArrowRight':
      case 'ArrowUp':
      case 'PageUp':
        go(place === -1 ? 0 : place + by);
        break;
      case 'Home':
        go(0);
        break;
      case 'End':
        go(inSight.length - 1);
        break;
      case 'Enter':
        if (now !== undefined) onPick?.(now);
        break;
      case '+':
      case '-': {
        const middle = now ?? (from + to) / 2;
        const half = ((to - from) / 2) * (event.key === '+' ? 0.5 : 2);
        onZoom([middle - half, middle + half]);
        break;
      }
      case 'Escape':
      case '0':
        if (zoomed) onZoom(undefined);
        else stand(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

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
          // biome-ignore lint/a11y/noStaticElementInteractions: `slider` makes it one, with its value and its words
          <div
            ref={area}
            className={classes.hands}
            {...slider}
            onPointerMove={onPointerMove}
            onPointerDown={onPointerDown}
            onPointerUp={onPointerUp}
            onPointerCancel={() => setDrag(undefined)}
            onPointerLeave={() => (drag ? undefined : stand(undefined))}
            onDoubleClick={() => (zoomed ? onZoom(undefined) : undefined)}
            onKeyDown={onKeyDown}
          />
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
