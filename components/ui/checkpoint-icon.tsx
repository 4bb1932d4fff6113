interface CheckpointIconProps {
  kind: 'resumable' | 'model' | 'unknown';
  sizePx?: number;
}

/** Hexagon for a resumable checkpoint, circle for a model checkpoint, question mark for one not described. A word stands beside it. */
export function CheckpointIcon({ kind, sizePx = 12 }: CheckpointIconProps) {
  const color = { resumable: 'var(--cairn-resumable)', model: 'var(--cairn-model)', unknown: 'var(--cairn-unknown)' }[
    kind
  ];
  return (
    <svg
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      fill={color}
      stroke={color}
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none' }}
    >
      {kind === 'resumable' ? <path d="M8 1.2 14 4.6v6.8L8 14.8 2 11.4V4.6Z" stroke="none" /> : null}
      {kind === 'model' ? <circle cx="8" cy="8" r="6" stroke="none" /> : null}
      {kind === 'unknown' ? (
        <>
          <circle cx="8" cy="8" r="6.2" fill="none" strokeWidth="1.5" />
          <path d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.6-.9 1.1" fill="none" strokeWidth="1.5" />
          <circle cx="8" cy="11.4" r="0.9" stroke="none" />
        </>
      ) : null}
    </svg>
  );
}
