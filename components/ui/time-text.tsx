'use client';

import { formatRelative, formatUtc, formatZoned, parseTime } from '@/lib/shared/time';
import { useTickingText } from './aws-clock';
import { Hint } from './hint';
import { Missing } from './missing';
import classes from './time-text.module.css';

interface TimeTextProps {
  /** ISO 8601. */
  iso: string | undefined;
  /** Why there may be no time, for the tooltip of the dash. */
  missingReason?: string;
  focusable?: boolean;
}

/** A time as its distance from now at AWS; on hover and focus the absolute time in the viewer's zone and in UTC. */
export function TimeText({ iso, missingReason = 'Not known', focusable }: TimeTextProps) {
  const timeMs = parseTime(iso);
  if (timeMs === undefined) return <Missing reason={missingReason} focusable={focusable} />;
  return <KnownTime timeMs={timeMs} focusable={focusable} />;
}

function KnownTime({ timeMs, focusable }: { timeMs: number; focusable?: boolean }) {
  const text = useTickingText((now) => formatRelative(timeMs, now));
  return (
    <Hint label={() => <AbsoluteTime timeMs={timeMs} />} focusable={focusable}>
      <time dateTime={new Date(timeMs).toISOString()} className={classes.time}>
        {text}
      </time>
    </Hint>
  );
}

/** Both absolute forms, one above the other. Rendered in the browser only: the server does not know the viewer's zone. */
export function AbsoluteTime({ timeMs }: { timeMs: number }) {
  return (
    <span className={classes.absolute}>
      <span>{formatZoned(timeMs)}</span>
      <span>{formatUtc(timeMs)}</span>
    </span>
  );
}
