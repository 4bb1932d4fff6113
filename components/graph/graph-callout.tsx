'use client';

import { useStore } from '@xyflow/react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './graph.module.css';

const WIDTH = 340;
const EDGE_PX = 8;
/** Below or above the bar, its marks left free. */
const GAP_PX = 36;

export interface Callout {
  /** World place of what was opened: the callout hangs below it and follows every move. */
  x: number;
  y: number;
  label: string;
  content: ReactNode;
  onClose: () => void;
}

/** Something opened in its place on the graph. It takes the focus, and Escape gives it back. */
export function GraphCallout({ x, y, label, content, onClose }: Callout) {
  const [shiftX, shiftY, zoom] = useStore((state) => state.transform);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  const left = x * zoom + shiftX;
  const top = y * zoom + shiftY;
  const gone = left < -20 || left > width + 20 || top < 0 || top > height;
  const below = top < height * 0.6;
  const onKeyDown = (event: KeyboardEvent) => {
    // Arrows move inside it, not on the graph behind.
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <section
      ref={box}
      tabIndex={-1}
      className={classes.callout}
      aria-label={label}
      hidden={gone}
      onKeyDown={onKeyDown}
      style={{
        width: Math.min(WIDTH, width - 2 * EDGE_PX),
        left: Math.max(EDGE_PX, Math.min(width - WIDTH - EDGE_PX, left - WIDTH / 2)),
        ...(below ? { top: top + GAP_PX } : { bottom: height - top + GAP_PX }),
      }}
    >
      {content}
    </section>
  );
}
