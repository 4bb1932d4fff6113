import type { CheckpointKind } from '@/lib/contract/checkpoints';
import classes from './checkpoint-kind-mark.module.css';

const WORDS: Record<CheckpointKind, string> = {
  resumable: 'Resumable checkpoint',
  model: 'Model checkpoint',
  unknown: 'Not described yet',
};

/** A kind of checkpoint as its mark and word: hexagon for resumable, circle for model. */
export function CheckpointKindMark({ kind }: { kind: CheckpointKind }) {
  return (
    <span className={classes.mark} data-kind={kind}>
      <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        {kind === 'resumable' ? <path d="M8 1l6 3.500v7L8 15l-6-3.500v-7Z" fill="currentColor" /> : null}
        {kind === 'model' ? <circle cx="8" cy="8" r="6" fill="currentColor" /> : null}
        {kind === 'unknown' ? (
          <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.500" strokeDasharray="2 2" />
        ) : null}
      </svg>
      {WORDS[kind]}
    </span>
  );
}
