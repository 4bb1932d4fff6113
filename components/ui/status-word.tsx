import type { ReactNode } from 'react';
import type { Tone } from '@/lib/shared/tone';
import { Hint } from './hint';
import { StatusIcon } from './status-icon';
import classes from './status-icon.module.css';

interface StatusWordProps {
  tone: Tone;
  label: string;
  sizePx?: number;
  /** More about the status, shown on hover and focus. */
  hint?: ReactNode;
}

/** A status as icon and word in one colour. */
export function StatusWord({ tone, label, sizePx, hint }: StatusWordProps) {
  const word = (
    <span className={classes.word} data-tone={tone}>
      <StatusIcon tone={tone} sizePx={sizePx} />
      <span className={classes.label}>{label}</span>
    </span>
  );
  return hint ? <Hint label={hint}>{word}</Hint> : word;
}
