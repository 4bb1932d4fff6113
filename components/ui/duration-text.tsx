'use client';

import { formatDuration, parseTime } from '@/lib/shared/time';
import { useTickingText } from './aws-clock';
import { Missing } from './missing';
import classes from './time-text.module.css';

/** A duration that is over, in its two largest units: `4 h 18 min`. */
export function DurationText({ durationMs }: { durationMs: number }) {
  return <span className={classes.time}>{formatDuration(durationMs)}</span>;
}

interface SpanTextProps {
  /** ISO 8601. */
  from: string | undefined;
  /** ISO 8601; left out while it goes on: then it counts to now at AWS. */
  to?: string;
  missingReason?: string;
  focusable?: boolean;
}

/** The time between two moments, or from one until now, ticking. */
export function SpanText({ from, to, missingReason = 'Not known', focusable }: SpanTextProps) {
  const fromMs = parseTime(from);
  const toMs = parseTime(to);
  const text = useTickingText((now) => (fromMs === undefined ? '' : formatDuration((toMs ?? now) - fromMs)));
  if (fromMs === undefined) return <Missing reason={missingReason} focusable={focusable} />;
  return <span className={classes.time}>{text}</span>;
}
