import type { GraphBar, GraphMark, PositionedGraph } from '@/lib/shared/graph-model';

/** The most nodes that are ever in the page, whatever the graph. */
export const MAX_NODES = 300;

/** far: bars and stars. mid: marks and their strokes. near: names and numbers. */
export type Detail = 'far' | 'mid' | 'near';

export const detailAt = (zoom: number): Detail => (zoom < 0.27 ? 'far' : zoom < 0.62 ? 'mid' : 'near');

/** Names are about eleven pixels high on the screen: how high that is in the world, in a few sizes, so that zooming rarely redraws. */
export const labelPxAt = (zoom: number): number => (zoom < 0.34 ? 34 : zoom < 0.45 ? 27 : zoom < 0.62 ? 22 : 12);

/** A part of the world. */
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const contains = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Above and below a bar stand its name and its marks. */
const BAR_REACH = 30;

/**
 * What of a graph becomes nodes: what lies in the rectangle, bars before marks, marks by their rank, never more than
 * `MAX_NODES`. `keep` is in it wherever it lies (it has the focus).
 */
export function pickVisible(
  graph: PositionedGraph,
  rect: Rect,
  detail: Detail,
  keep?: string,
): { bars: GraphBar[]; marks: GraphMark[] } {
  const isIn = (x: number, y: number, width: number) =>
    x + width >= rect.x && x <= rect.x + rect.width && y + BAR_REACH >= rect.y && y - BAR_REACH <= rect.y + rect.height;
  const bars = graph.bars.filter((bar) => bar.id === keep || isIn(bar.x, bar.y, Math.max(bar.width, bar.labelWidth)));
  const marks = graph.marks
    .filter((mark) => mark.id === keep || ((detail !== 'far' || mark.star || mark.pinned) && isIn(mark.x, mark.y, 0)))
    .sort((a, b) => Number(b.id === keep) - Number(a.id === keep) || a.rank - b.rank);
  const room = MAX_NODES - (keep === undefined ? 0 : 1);
  const shownBars = bars.length > room ? first(bars, room, keep) : bars;
  return { bars: shownBars, marks: marks.slice(0, MAX_NODES - shownBars.length) };
}

function first(bars: GraphBar[], room: number, keep: string | undefined): GraphBar[] {
  return [...bars].sort((a, b) => Number(b.id === keep) - Number(a.id === keep)).slice(0, room);
}
