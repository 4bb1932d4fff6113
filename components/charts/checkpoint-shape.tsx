import classes from './checkpoint-shape.module.css';

interface CheckpointShapeProps {
  shape: 'hexagon' | 'circle' | 'question';
  sizePx?: number;
}

/** Amber hexagon: resumable. Teal circle: model. Violet question mark: not described yet. The word stands beside it. */
export function CheckpointShape({ shape, sizePx = 12 }: CheckpointShapeProps) {
  return (
    <svg
      className={classes.shape}
      data-shape={shape}
      width={sizePx}
      height={sizePx}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      {shape === 'hexagon' ? <path d="M8 .8 14.3 4.4v7.2L8 15.2 1.7 11.6V4.4Z" fill="currentColor" /> : null}
      {shape === 'circle' ? <circle cx="8" cy="8" r="6.6" fill="currentColor" /> : null}
      {shape === 'question' ? (
        <>
          <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path
            d="M6.2 6.3a1.9 1.9 0 1 1 2.7 1.7c-.6.3-.9.6-.9 1.2"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
          <circle cx="8" cy="11.3" r=".9" fill="currentColor" />
        </>
      ) : null}
    </svg>
  );
}
