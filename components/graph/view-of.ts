import type { Viewport } from '@xyflow/react';
import type { PositionedGraph } from '@/lib/shared/graph-model';

/** The middle of what is in sight, in world units. */
export interface GraphView {
  x: number;
  y: number;
  zoom: number;
}

/** Of the canvas, in CSS px. */
export interface Size {
  width: number;
  height: number;
}

export const MIN_ZOOM = 0.02;
export const RULER_PX = 24;
const EDGE_PX = 20;
/** Behind the last bar stands its state. */
export const BEHIND_PX = 40;

/** The view that was asked for, unless nothing is there any more, else the thing that was asked for, else all of it. */
export function beginAt(
  { graph, initialView, initialId }: { graph: PositionedGraph; initialView?: GraphView; initialId?: string },
  size: Size,
): Viewport {
  const at = ({ x, y, zoom }: GraphView) => ({ x: size.width / 2 - x * zoom, y: size.height / 2 - y * zoom, zoom });
  if (initialView && seesAnything(graph, at(initialView), size)) return at(initialView);
  const target = initialId === undefined ? undefined : viewOf(graph, initialId, size.width, 1);
  return target ? at(target) : viewOfAll(graph, size);
}

/** Where a node stands: a mark its middle, a bar its beginning. */
export const placeOf = ({ bars, marks }: PositionedGraph, id: string): { x: number; y: number } | undefined =>
  marks.find((each) => each.id === id) ?? bars.find((each) => each.id === id);

/** Whether a bar, or a part of one, is in the window. */
export function seesAnything({ bars }: PositionedGraph, { x, y, zoom }: Viewport, { width, height }: Size): boolean {
  return bars.some((bar) => {
    const onY = bar.y * zoom + y;
    return onY >= RULER_PX && onY <= height && bar.x * zoom + x <= width && (bar.x + bar.width) * zoom + x >= 0;
  });
}

/** A node in the middle; of a long bar its beginning. */
export function viewOf(graph: PositionedGraph, id: string, width: number, zoom: number): GraphView | undefined {
  const bar = graph.bars.find((each) => each.id === id);
  const target = graph.marks.find((each) => each.id === id) ?? bar;
  if (!target) return undefined;
  return { x: target.x + (bar ? Math.min(bar.width / 2, width / zoom / 3) : 0), y: target.y, zoom };
}

/** All of it below the ruler, never larger than life. */
export function viewOfAll(graph: PositionedGraph, { width, height }: Size): Viewport {
  const room = { width: width - 2 * EDGE_PX, height: height - RULER_PX - 2 * EDGE_PX };
  const wanted = Math.min(room.width / (graph.width + BEHIND_PX), room.height / Math.max(graph.height, 1));
  return { x: EDGE_PX, y: RULER_PX + EDGE_PX, zoom: Math.min(1, Math.max(MIN_ZOOM, wanted)) };
}
