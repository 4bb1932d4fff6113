import { memo } from 'react';
import type { PositionedGraph } from '@/lib/shared/graph-model';
import classes from './graph.module.css';
import { linkPath } from './link-path';

/** All links in one drawing below the nodes. The bars tell readers where they come from. */
export const LinksLayer = memo(function LinksLayer({ graph }: { graph: PositionedGraph }) {
  return (
    <svg className={classes.links} width={graph.width + 1} height={graph.height + 1} aria-hidden="true">
      <defs>
        {graph.links.map(({ id, from, to, colours: [first, last] }, index) => (
          <linearGradient
            key={id}
            id={`link-${index}`}
            gradientUnits="userSpaceOnUse"
            x1={from.x}
            y1={from.y}
            x2={to.x}
            y2={to.y}
          >
            <stop offset="0.35" stopColor={first} />
            <stop offset="1" stopColor={last} />
          </linearGradient>
        ))}
      </defs>
      {graph.links.map((link, index) => (
        <path
          key={link.id}
          d={linkPath(link)}
          stroke={`url(#link-${index})`}
          className={classes.link}
          data-kind={link.kind}
          data-link={link.id}
          data-strong={link.strong || undefined}
          data-faint={link.faint || undefined}
        />
      ))}
    </svg>
  );
});
