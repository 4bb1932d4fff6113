import type { ReactNode } from 'react';
import type { Tone } from '@/lib/shared/tone';
import classes from './status-icon.module.css';

interface StatusIconProps {
  tone: Tone;
  sizePx?: number;
}

/**
 * The shape of a status. Each tone has its own outline, so that it is told apart without colour; the word always stands
 * beside it (see StatusWord), which is why the shape is hidden from screen readers.
 */
export function StatusIcon({ tone, sizePx = 14 }: StatusIconProps) {
  return (
    <svg
      className={classes.icon}
      data-tone={tone}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      fill="none"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[tone]}
    </svg>
  );
}

const STROKE = { stroke: 'currentColor', strokeWidth: 2 } as const;
/** Marks cut out of a filled shape take the colour of the surface. */
const CUT = {
  stroke: 'var(--cairn-surface)',
  strokeWidth: 1.8,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const SHAPES: Record<Tone, ReactNode> = {
  running: (
    <>
      <circle cx="8" cy="8" r="6" {...STROKE} />
      <path className={classes.breath} d="M8 4.5a3.5 3.5 0 0 1 0 7Z" fill="currentColor" />
    </>
  ),
  // Ten round dots on the ring.
  pending: <circle cx="8" cy="8" r="6" {...STROKE} strokeLinecap="round" pathLength="100" strokeDasharray="0.1 9.9" />,
  completed: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="m5 8.3 2.1 2.2L11 6" {...CUT} />
    </>
  ),
  failed: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Z" fill="currentColor" />
      <path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" {...CUT} />
    </>
  ),
  stopped: <rect x="2.5" y="2.5" width="11" height="11" rx="2" fill="currentColor" />,
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.2" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.6-.9 1.1" {...STROKE} strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="8" cy="11.4" r="0.9" fill="currentColor" />
    </>
  ),
};
