import type { GraphMark, PositionedGraph } from '@/lib/shared/graph-model';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads. Right and left go along a bar, mark by mark, and left of its beginning to what it came from.
 * Down follows the first link that leaves here, and from a bar goes to the one below; up goes back along the link, or to the
 * bar above. Undefined: nothing lies that way.
 */
export function travel(graph: PositionedGraph, id: string, direction: Direction): string | undefined {
  const mark = graph.marks.find((each) => each.id === id);
  const barId = mark?.bar ?? id;
  const bar = graph.bars.find((each) => each.id === barId);
  if (!bar) return graph.bars[0]?.id;
  const marks = graph.marks.filter((each) => each.bar === barId).sort((a, b) => a.x - b.x);
  const at = mark ? marks.indexOf(mark) : -1;
  const link = graph.links.find((each) => each.toBar === barId);
  switch (direction) {
    case 'right':
      return marks[at + 1]?.id ?? (mark ? graph.links.find(({ fromMark }) => fromMark === id)?.toBar : undefined);
    case 'left':
      if (mark) return marks[at - 1]?.id ?? barId;
      return link && (link.fromMark ?? link.fromBar);
    case 'down': {
      const leaving = graph.links.find((each) => (mark ? each.fromMark === id : false));
      return leaving?.toBar ?? neighbour(graph, bar, mark, 1);
    }
    case 'up':
      if (!mark && link) return link.fromMark ?? link.fromBar;
      return neighbour(graph, bar, mark, -1);
  }
}

/** The bar of the next row above or below that is nearest to the right or left. */
function neighbour(
  graph: PositionedGraph,
  bar: PositionedGraph['bars'][number],
  mark: GraphMark | undefined,
  way: 1 | -1,
): string | undefined {
  const x = mark?.x ?? bar.x;
  let best: { id: string; rows: number; away: number } | undefined;
  for (const each of graph.bars) {
    const rows = (each.y - bar.y) * way;
    if (rows <= 0) continue;
    const away = x < each.x ? each.x - x : Math.max(0, x - each.x - each.width);
    if (!best || rows < best.rows || (rows === best.rows && away < best.away)) best = { id: each.id, rows, away };
  }
  return best?.id;
}
