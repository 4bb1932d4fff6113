'use client';

import { ActionIcon } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { useReactFlow } from '@xyflow/react';
import classes from './graph.module.css';

const MOVE_MS = 140;

/** Nearer, farther, everything. */
export function GraphTools({ onShowAll }: { onShowAll: () => void }) {
  const flow = useReactFlow();
  return (
    <div className={classes.tools}>
      <ActionIcon aria-label="Zoom in" onClick={() => void flow.zoomIn({ duration: MOVE_MS })}>
        <IconPlus size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Zoom out" onClick={() => void flow.zoomOut({ duration: MOVE_MS })}>
        <IconMinus size={16} />
      </ActionIcon>
      <ActionIcon aria-label="Fit everything" onClick={onShowAll}>
        <IconArrowsMaximize size={16} />
      </ActionIcon>
    </div>
  );
}
