import type { GraphBar, GraphLink, PositionedGraph } from '@/lib/shared/graph-model';
import classes from './graph.module.css';
import { linkPath } from './link-path';
import { detailAt } from './pick-visible';
import { BEHIND_PX } from './view-of';

/** The server does not know the window: one in the middle decides how thick the lines are. */
const TYPICAL = { width: 1440, height: 800 };
const THICK = {
  far: { bar: 34, rim: 3, fill: 60 },
  mid: { bar: 18, rim: 1.5, fill: 22 },
  near: { bar: 18, rim: 1.5, fill: 22 },
};

/**
 * The whole graph without its words and marks, drawn by the server: what stands there until the canvas takes its place, at
 * the same place and size. Few elements, whatever the graph: one for each colour.
 */
export function GraphPicture({ graph }: { graph: PositionedGraph }) {
  const width = graph.width + BEHIND_PX;
  const height = Math.max(graph.height, 1);
  const detail = detailAt(Math.min(TYPICAL.width / width, TYPICAL.height / height));
  const thick = THICK[detail];
  return (
    <div className={classes.picture} data-graph-picture data-detail={detail}>
      <svg
        aria-hidden="true"
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMinYMin meet"
        style={{ maxWidth: width, maxHeight: height }}
      >
        {groups(graph.links, (link) => `${link.kind} ${link.strong} ${link.faint} ${link.colours[0]}`).map(
          ([key, links]) => (
            <path
              key={key}
              d={links.map(linkPath).join('')}
              stroke={links[0].colours[0]}
              className={classes.link}
              data-kind={links[0].kind}
              data-strong={links[0].strong || undefined}
              data-faint={links[0].faint || undefined}
            />
          ),
        )}
        {groups(graph.bars, (bar) => `${bar.strong} ${bar.faint} ${bar.colour}`).map(([key, bars]) => (
          <g key={key} opacity={bars[0].faint ? 0.45 : undefined} fill="none" strokeLinecap="round">
            <path d={strokes(bars, thick.bar)} stroke={bars[0].colour} strokeWidth={thick.bar} />
            <path
              d={strokes(bars, thick.bar)}
              stroke={`color-mix(in srgb, ${bars[0].colour} ${bars[0].strong ? 62 : thick.fill}%, var(--cairn-surface))`}
              strokeWidth={thick.bar - 2 * thick.rim}
            />
          </g>
        ))}
      </svg>
    </div>
  );
}

const strokes = (bars: readonly GraphBar[], thickness: number): string =>
  bars.map(({ x, y, width }) => `M${x + thickness / 2} ${y}h${Math.max(0, width - thickness)}`).join('');

function groups<T extends GraphBar | GraphLink>(
  things: readonly T[],
  keyOf: (thing: T) => string,
): [string, [T, ...T[]]][] {
  const byKey = new Map<string, [T, ...T[]]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const group = byKey.get(key);
    if (group) group.push(thing);
    else byKey.set(key, [thing]);
  }
  return [...byKey];
}
