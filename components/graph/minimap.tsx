'use client';

import { useReactFlow, useStore } from '@xyflow/react';
import { memo, type PointerEvent } from 'react';
import type { PositionedGraph } from '@/lib/shared/graph-model';
import classes from './graph.module.css';

const WIDTH = 180;
const HEIGHT = 110;
const MARGIN_PX = 8;

/** The whole graph small, and which part of it is in sight; a click or a drag goes there. Not shown while everything is. */
export function Minimap({ graph }: { graph: PositionedGraph }) {
  const flow = useReactFlow();
  const [shiftX, shiftY, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const world = { width: Math.max(graph.width, 1) + 80, height: Math.max(graph.height, 1) + 80 };
  const seesAll =
    shiftX >= 0 &&
    shiftY >= 0 &&
    shiftX + graph.width * zoom <= width + MARGIN_PX &&
    shiftY + graph.height * zoom <= height + MARGIN_PX;
  if (seesAll) return null;
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - left) / WIDTH) * world.width - 40;
    const y = ((event.clientY - top) / HEIGHT) * world.height - 40;
    void flow.setCenter(x, y, { zoom: flow.getZoom(), duration: 0 });
  };
  return (
    // Hands without a pointer have the arrow keys and the list.
    <svg
      className={classes.minimap}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`-40 -40 ${world.width} ${world.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons > 0) go(event);
      }}
    >
      <MinimapBars graph={graph} thick={world.height / HEIGHT} />
      <rect
        className={classes.minimapView}
        vectorEffect="non-scaling-stroke"
        x={-shiftX / zoom}
        y={-shiftY / zoom}
        width={width / zoom}
        height={height / zoom}
      />
    </svg>
  );
}

const MinimapBars = memo(function MinimapBars({ graph, thick }: { graph: PositionedGraph; thick: number }) {
  const byColour = new Map<string, string>();
  for (const { x, y, width, colour } of graph.bars) {
    byColour.set(
      colour,
      `${byColour.get(colour) ?? ''}M${x.toFixed(0)} ${y.toFixed(0)}h${Math.max(width, 4).toFixed(0)}`,
    );
  }
  return [...byColour].map(([colour, path]) => (
    <path key={colour} d={path} stroke={colour} strokeWidth={Math.min(40, 2.5 * thick)} fill="none" />
  ));
});
