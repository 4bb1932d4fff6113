'use client';

import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { GraphMark } from '@/lib/shared/graph-model';
import classes from './graph.module.css';
import { useGraph } from './graph-context';
import { MarkGlyph } from './mark-glyph';

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
      tabIndex={mark.id === activeId ? 0 : -1}
      aria-label={mark.description}
      aria-pressed={mark.id === selectedId}
      onFocus={() => onActive(mark.id)}
      onClick={() => onSelect(mark.id)}
    >
      <MarkGlyph shape={mark.shape} star={mark.star} sizePx={detail === 'far' ? 44 : 24} />
      {detail === 'near' ? (
        <span className={classes.step}>
          {mark.label}
          {mark.value === undefined ? null : <span className={classes.score}>{mark.value}</span>}
        </span>
      ) : null}
    </button>
  );
});
