'use client';

import { useStore } from '@xyflow/react';
import type { PositionedGraph } from '@/lib/shared/graph-model';
import classes from './graph.module.css';

const LABEL_PX = 92;

/** The axis along the upper edge: it follows sideways and stays where it is otherwise. */
export function Ruler({ ruler }: { ruler: PositionedGraph['ruler'] }) {
  const [shift, , zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  let last = Number.NEGATIVE_INFINITY;
  const shown = ruler.flatMap((tick) => {
    const x = tick.x * zoom + shift;
    if (x < -LABEL_PX || x > width || x - last < LABEL_PX) return [];
    last = x;
    return [{ ...tick, x }];
  });
  return (
    <div className={classes.ruler} aria-hidden="true">
      {shown.map(({ x, label, fold }) => (
        <span
          key={label}
          className={classes.rulerLabel}
          data-fold={fold || undefined}
          style={{ transform: `translateX(${x}px)` }}
        >
          {label}
        </span>
      ))}
    </div>
  );
}
