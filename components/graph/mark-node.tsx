'use client';

import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { GraphMark } from '@/lib/shared/graph-model';
import classes from './graph.module.css';
import { useGraph } from './graph-context';
import { MarkGlyph } from './mark-glyph';

/** Drawn larger from afar, so that it can still be told. */
const SIZES = { far: 48, mid: 30, near: 24 } as const;

/** A mark on a bar. */
export const MarkNode = memo(function MarkNode({ data }: NodeProps) {
  const mark = data as unknown as GraphMark;
  const { detail, activeId, selectedId, onSelect, onActive } = useGraph();
  return (
    <button
      type="button"
      className={classes.mark}
      data-graph-id={mark.id}
      data-selected={mark.id === selectedId || undefined}
      data-crowded={mark.crowded || undefined}
      tabIndex={mark.id === activeId ? 0 : -1}
      aria-label={mark.description}
      aria-pressed={mark.id === selectedId}
      onFocus={() => onActive(mark.id)}
      onClick={() => onSelect(mark.id)}
    >
      <MarkGlyph shape={mark.shape} star={mark.star} ring={mark.ring} pinned={mark.pinned} sizePx={SIZES[detail]} />
      {detail === 'near' ? (
        <span className={classes.step}>
          {mark.label}
          {mark.value === undefined ? null : <span className={classes.score}>{mark.value}</span>}
        </span>
      ) : null}
    </button>
  );
});
