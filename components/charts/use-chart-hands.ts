'use client';

import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { VisibleChart } from '@/lib/shared/chart-model';
import { scaleDomain, shiftDomain } from '@/lib/shared/move-domain';
import type { Cursor } from './cursor';

type Domain = [number, number];

interface Hands {
  id: string;
  area: RefObject<HTMLElement | null>;
  chart: VisibleChart;
  cursor: Cursor;
  zoomed: boolean;
  onZoom: (domain: Domain | undefined) => void;
  /** Shows a stretch while it is being moved; without it the stretch is shown where it comes to rest. */
  onMove?: (domain: Domain) => void;
  onPick?: (x: number) => void;
}

/** A hand shakes by less; more is a stretch. */
const DRAG_PX = 5;
/** A wheel has no end; after this long it is taken to have come to rest. */
const WHEEL_REST_MS = 200;
/** How much one notch of a wheel, 100 px, looks closer. */
const WHEEL_FACTOR = 0.85;
const AT_ONCE = 10;

/**
 * What hands do with a chart. Pointer: drag to look closer, Shift and drag to move along, click to choose, double click
 * for the whole; with Ctrl a wheel (or two fingers) looks closer, sideways it moves along. Keys: see `onKeyDown`.
 */
export function useChartHands({ id, area, chart, cursor, zoomed, onZoom, onMove, onPick }: Hands) {
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const [grab, setGrab] = useState<{ at: number; domain: Domain }>();
  const [from, to] = chart.domain;
  const { stops } = chart;
  const extent = chart.extent ?? chart.domain;

  const fractionAt = ({ clientX }: { clientX: number }) => {
    const box = area.current?.getBoundingClientRect();
    return box && box.width > 0 ? Math.min(1, Math.max(0, (clientX - box.left) / box.width)) : 0;
  };
  const xAt = (fraction: number) => from + fraction * (to - from);
  const stand = (x: number | undefined) => cursor.set(x === undefined ? undefined : { x, source: id });
  const nearest = (x: number) =>
    stops.reduce<number | undefined>((best, stop) => {
      if (stop < from || stop > to) return best;
      return best === undefined || Math.abs(stop - x) < Math.abs(best - x) ? stop : best;
    }, undefined);
  /** The whole is no zoom. */
  const zoomTo = (domain: Domain) => onZoom(domain[0] <= extent[0] && domain[1] >= extent[1] ? undefined : domain);
  const movedTo = (fraction: number) =>
    grab ? shiftDomain(grab.domain, grab.at - fraction, extent) : (chart.domain as Domain);

  const onPointerMove = (event: PointerEvent) => {
    const fraction = fractionAt(event);
    if (grab) return onMove?.(movedTo(fraction));
    if (drag) setDrag({ ...drag, to: fraction });
    stand(nearest(xAt(fraction)));
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    // A finger that moves scrolls the page; it taps to pick.
    if (event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId);
    const fraction = fractionAt(event);
    if (event.shiftKey && zoomed) {
      stand(undefined);
      setGrab({ at: fraction, domain: [from, to] });
    } else setDrag({ from: fraction, to: fraction });
  };
  const onPointerUp = (event: PointerEvent) => {
    const fraction = fractionAt(event);
    if (grab) {
      setGrab(undefined);
      zoomTo(movedTo(fraction));
      return;
    }
    if (!drag) return;
    setDrag(undefined);
    const width = area.current?.clientWidth ?? 0;
    if (Math.abs(fraction - drag.from) * width > DRAG_PX) {
      const [left, right] = [drag.from, fraction].sort((a, b) => a - b) as Domain;
      onZoom([xAt(left), xAt(right)]);
      return;
    }
    const stop = nearest(xAt(fraction));
    if (stop !== undefined) onPick?.(stop);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || stops.length === 0) return;
    const now = cursor.get()?.x;
    const by = event.shiftKey || event.key.startsWith('Page') ? AT_ONCE : 1;
    const inSight = stops.filter((stop) => stop >= from && stop <= to);
    // Beyond the edge of a stretch the stretch comes along.
    const go = (next: number) => {
      const x = stops[Math.min(stops.length - 1, Math.max(0, next))];
      if (x === undefined) return;
      if (x < from) onZoom(shiftDomain([from, to], (x - from) / (to - from), extent));
      else if (x > to) onZoom(shiftDomain([from, to], (x - to) / (to - from), extent));
      stand(x);
    };
    const place = now === undefined || now < from || now > to ? -1 : stops.indexOf(now);
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowDown':
      case 'PageDown':
        go(place === -1 ? stops.indexOf(inSight.at(-1) ?? Number.NaN) : place - by);
        break;
      case 'ArrowRight':
      case 'ArrowUp':
      case 'PageUp':
        go(place === -1 ? stops.indexOf(inSight[0] ?? Number.NaN) : place + by);
        break;
      case 'Home':
        stand(inSight[0]);
        break;
      case 'End':
        stand(inSight.at(-1));
        break;
      case 'Enter':
        if (now !== undefined) onPick?.(now);
        break;
      case '+':
      case '-':
        zoomTo(scaleDomain([from, to], event.key === '+' ? 0.5 : 2, now ?? (from + to) / 2));
        break;
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

  // React listens to wheels passively, and a page must not scroll or zoom with the chart.
  const onWheel = (event: WheelEvent) => {
    if (!onMove) return;
    const closer = event.ctrlKey || event.metaKey;
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
    const along = !closer && zoomed && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY));
    if (!closer && !along) return;
    event.preventDefault();
    const width = area.current?.clientWidth || 1;
    const moved = closer
      ? scaleDomain([from, to], WHEEL_FACTOR ** (-event.deltaY / 100), xAt(fractionAt(event)))
      : shiftDomain([from, to], sideways / width, extent);
    const domain: Domain = [Math.max(extent[0], moved[0]), Math.min(extent[1], moved[1])];
    onMove(domain);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => zoomTo(domain), WHEEL_REST_MS);
  };
  const latest = useRef(onWheel);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const element = area.current;
    const listen = (event: WheelEvent) => latest.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => {
      element?.removeEventListener('wheel', listen);
      clearTimeout(rest.current);
    };
  }, [area]);

  return {
    drag,
    grabbed: grab !== undefined,
    handlers: {
      onPointerMove,
      onPointerDown,
      onPointerUp,
      onPointerCancel: () => {
        setDrag(undefined);
        setGrab(undefined);
      },
      onPointerLeave: () => (drag || grab ? undefined : stand(undefined)),
      onDoubleClick: () => (zoomed ? onZoom(undefined) : undefined),
      onKeyDown,
    },
  };
}
