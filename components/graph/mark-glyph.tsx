import type { MarkShape } from '@/lib/shared/graph-model';

const HEXAGON = 'M12 1.8 20.8 6.9v10.2L12 22.2 3.2 17.1V6.9Z';
/** A drawing pin in a box of 24. */
export const PIN =
  'M16 3a1 1 0 0 1 0 2v4.8l1.9 3.8.1.4v2a1 1 0 0 1-1 1h-4v4a1 1 0 0 1-2 0v-4H7a1 1 0 0 1-1-1v-2l.1-.4L8 9.8V5a1 1 0 0 1 0-2Z';
const STAR = 'm12 6.2 1.75 3.55 3.9.57-2.82 2.75.66 3.9L12 15.1l-3.49 1.87.66-3.9-2.82-2.75 3.9-.57Z';

interface MarkGlyphProps {
  shape: MarkShape;
  star: boolean;
  ring?: boolean;
  pinned?: boolean;
  sizePx?: number;
}

/**
 * Hexagon, circle, or the circle inside the hexagon where both are there. The best of a bar wears a ring, the best of all a star
 * as well; a pinned one has a pin at its shoulder. Drawn with a rim of the surface, so that it stands off the bar below it.
 */
export function MarkGlyph({ shape, star, ring = false, pinned = false, sizePx = 22 }: MarkGlyphProps) {
  return (
    <svg width={sizePx} height={sizePx} viewBox="-4 -4 32 32" aria-hidden="true" focusable="false" overflow="visible">
      {star || ring ? (
        <circle
          cx="12"
          cy="12"
          r="14.5"
          fill="var(--cairn-surface)"
          stroke="var(--cairn-best)"
          strokeWidth={star ? 3.2 : 1.8}
        />
      ) : null}
      <Shape shape={shape} />
      {star ? <path d={STAR} fill="var(--cairn-surface)" /> : null}
      {pinned ? (
        <path
          d={PIN}
          transform="translate(14 -11) scale(0.72)"
          fill="var(--cairn-accent)"
          stroke="var(--cairn-surface)"
          strokeWidth="4"
          paintOrder="stroke"
          strokeLinejoin="round"
        />
      ) : null}
    </svg>
  );
}

const RIM = { stroke: 'var(--cairn-surface)', strokeWidth: 3, paintOrder: 'stroke' as const };

function Shape({ shape }: { shape: MarkShape }) {
  switch (shape) {
    case 'hexagon':
      return <path d={HEXAGON} fill="var(--cairn-resumable)" {...RIM} />;
    case 'circle':
      return <circle cx="12" cy="12" r="9" fill="var(--cairn-model)" {...RIM} />;
    case 'twins':
      return (
        <>
          <path d={HEXAGON} fill="var(--cairn-resumable)" {...RIM} />
          <circle cx="12" cy="12" r="6.6" fill="var(--cairn-model)" stroke="var(--cairn-surface)" strokeWidth="1.6" />
        </>
      );
    case 'unknown':
      return (
        <circle
          cx="12"
          cy="12"
          r="8"
          fill="var(--cairn-surface)"
          stroke="var(--cairn-unknown)"
          strokeWidth="2.4"
          strokeDasharray="3 2.4"
        />
      );
  }
}
