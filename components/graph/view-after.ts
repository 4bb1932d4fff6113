import type { Viewport } from '@xyflow/react';
import type { GraphBar, PositionedGraph } from '@/lib/shared/graph-model';
import { placeOf, RULER_PX, type Size, seesAnything, viewOf, viewOfAll } from './view-of';

const READABLE_ZOOM = 0.62;

/**
 * The view of a graph that was laid out anew, so that nobody is left with an empty window; undefined: it may stay. Bars that
 * were added or grew move nothing. Where bars went away and all that is left fits, all of it is shown, smaller where most went
 * away and the names can still be read. Else the node
 * with the focus (or the bar in the middle) stays where it stood on the screen, and where that is impossible it is fetched.
 */
export function viewAfter(
  before: PositionedGraph,
  after: PositionedGraph,
  view: Viewport,
  size: Size,
  focusId: string | undefined,
): Viewport | undefined {
  const left = new Map(after.bars.map((bar) => [bar.id, bar]));
  const lost = before.bars.some(({ id }) => !left.has(id));
  const moved = before.bars.some(({ id, x, y }) => {
    const now = left.get(id);
    return now !== undefined && (Math.abs(now.x - x) > 1 || Math.abs(now.y - y) > 1);
  });
  if ((!lost && !moved) || after.bars.length === 0) return undefined;
  const all = viewOfAll(after, size);
  const rest = after.bars.length / before.bars.length;
  if (lost && all.zoom >= (rest <= 0.5 ? Math.min(view.zoom, READABLE_ZOOM) : view.zoom)) return all;

  const focus = focusId === undefined ? undefined : placeOf(after, focusId);
  const kept = anchored(before, left, view, size, focus && focusId) ?? view;
  const wanted = lost && focus ? isSeen(focus, kept, size) : seesAnything(after, kept, size);
  if (wanted) return kept === view ? undefined : kept;
  const middle =
    focusId === undefined ? undefined : viewOf(after, focusId, size.width, Math.max(view.zoom, READABLE_ZOOM));
  return middle ? at(middle.x, middle.y, middle.zoom, size) : all;
}

const at = (x: number, y: number, zoom: number, { width, height }: Size): Viewport => ({
  x: width / 2 - x * zoom,
  y: height / 2 - y * zoom,
  zoom,
});

const isSeen = ({ x, y }: { x: number; y: number }, view: Viewport, { width, height }: Size): boolean => {
  const onX = x * view.zoom + view.x;
  const onY = y * view.zoom + view.y;
  return onX >= 0 && onX <= width && onY >= RULER_PX && onY <= height;
};

/** Moved as far as the thing did that the eye rests on. */
function anchored(
  before: PositionedGraph,
  left: Map<string, GraphBar>,
  view: Viewport,
  size: Size,
  focusId: string | undefined,
): Viewport | undefined {
  const mark = before.marks.find(({ id }) => id === focusId);
  const own = before.bars.find(({ id }) => id === (mark?.bar ?? focusId));
  const middle = { x: (size.width / 2 - view.x) / view.zoom, y: (size.height / 2 - view.y) / view.zoom };
  const away = ({ x, y, width }: GraphBar) => Math.hypot(Math.max(x - middle.x, 0, middle.x - x - width), y - middle.y);
  const bar =
    own && isSeen(mark ?? own, view, size)
      ? own
      : before.bars
          .filter(({ id }) => left.has(id))
          .reduce<GraphBar | undefined>((best, each) => (best && away(best) <= away(each) ? best : each), undefined);
  const now = bar && left.get(bar.id);
  if (!bar || !now) return undefined;
  return { ...view, x: view.x - (now.x - bar.x) * view.zoom, y: view.y - (now.y - bar.y) * view.zoom };
}
