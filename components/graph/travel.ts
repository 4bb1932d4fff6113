import type { PositionedGraph } from '@/lib/shared/graph-model';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'before' | 'after';

/**
 * Where a key leads. Right and left go along a bar, mark by mark, and left of its beginning to what it came from. Up goes
 * back: from a mark to its bar, from a bar to the mark it came from, at last to the first bar of all. Down goes on to what
 * began here, and where nothing did to whatever comes next, until all that hangs together was seen. None of the four ever
 * leaves it: only `before` and `after` do, to the first bar of its neighbour. Undefined: nothing lies that way.
 */
export function travel(graph: PositionedGraph, id: string, direction: Direction): string | undefined {
  const mark = graph.marks.find((each) => each.id === id);
  const barId = mark?.bar ?? id;
  if (!graph.bars.some((each) => each.id === barId)) return graph.bars[0]?.id;
  const link = linkTo(graph, barId);
  const cameFrom = link && (link.fromMark ?? link.fromBar);
  switch (direction) {
    case 'right': {
      const marks = marksOf(graph, barId);
      const at = mark ? marks.indexOf(mark) : -1;
      return marks[at + 1]?.id ?? (mark ? graph.links.find(({ fromMark }) => fromMark === id)?.toBar : undefined);
    }
    case 'left': {
      const marks = marksOf(graph, barId);
      return mark ? (marks[marks.indexOf(mark) - 1]?.id ?? barId) : cameFrom;
    }
    case 'up':
      return mark ? barId : cameFrom;
    case 'down':
      return mark ? stopsAfter(graph, barId, mark.x, id) : (stopsOf(graph, barId)[0]?.id ?? next(graph, barId));
    case 'before':
      return neighbour(graph, barId, -1);
    case 'after':
      return neighbour(graph, barId, 1);
  }
}

const linkTo = (graph: PositionedGraph, barId: string) => graph.links.find(({ toBar }) => toBar === barId);

const marksOf = (graph: PositionedGraph, barId: string) =>
  graph.marks.filter(({ bar }) => bar === barId).sort((a, b) => a.x - b.x);

/** Where something leaves a bar, left to right: marks, and bars whose mark is not drawn. */
function stopsOf(graph: PositionedGraph, barId: string): { id: string; x: number }[] {
  const stops = new Map<string, number>();
  for (const { fromBar, fromMark, toBar, from } of graph.links) {
    if (fromBar === barId) stops.set(fromMark ?? toBar, from.x);
  }
  return [...stops].map(([id, x]) => ({ id, x })).sort((a, b) => a.x - b.x);
}

/** From a mark: the first bar that began there, else the next stop of its bar, else what comes after the bar. */
function stopsAfter(graph: PositionedGraph, barId: string, x: number, markId: string): string | undefined {
  const child = graph.links.find(({ fromMark }) => fromMark === markId)?.toBar;
  return child ?? stopsOf(graph, barId).find((stop) => stop.x > x)?.id ?? next(graph, barId);
}

/** What comes after a bar and all that came of it: the next one from the same mark, the next stop of what it came from, and so on up. */
function next(graph: PositionedGraph, barId: string): string | undefined {
  const seen = new Set<string>();
  for (let at = barId; !seen.has(at); ) {
    seen.add(at);
    const link = linkTo(graph, at);
    if (!link) return undefined;
    if (link.fromMark) {
      const siblings = graph.links.filter(({ fromMark }) => fromMark === link.fromMark);
      const sibling = siblings[siblings.indexOf(link) + 1];
      if (sibling) return sibling.toBar;
    }
    const stops = stopsOf(graph, link.fromBar);
    const stop = stops[stops.findIndex(({ id }) => id === (link.fromMark ?? at)) + 1];
    if (stop) return stop.id;
    at = link.fromBar;
  }
  return undefined;
}

/** The first bar of what stands before or after all that hangs together with a bar. */
function neighbour(graph: PositionedGraph, barId: string, way: 1 | -1): string | undefined {
  const above = new Map(graph.links.map(({ toBar, fromBar }) => [toBar, fromBar]));
  let root = barId;
  const seen = new Set([root]);
  for (let up = above.get(root); up !== undefined && !seen.has(up); up = above.get(root)) {
    root = up;
    seen.add(up);
  }
  const roots = graph.bars.filter(({ id }) => !above.has(id));
  return roots[roots.findIndex(({ id }) => id === root) + way]?.id;
}
