'use client';

import { useSyncExternalStore } from 'react';
import { Hint } from '@/components/ui/hint';
import { AbsoluteTime } from '@/components/ui/time-text';
import { formatAge, parseTime } from '@/lib/shared/time';
import classes from './job-header.module.css';

interface AsOfProps {
  /** When AWS last confirmed what is shown, by the server's wall clock. */
  asOf: string | undefined;
  /** The job has ended: it is not asked for any more, and its age says nothing. */
  final: boolean;
}

/** How old what is shown is. For an ended job: that it was read once and cannot change. */
export function AsOf({ asOf, final }: AsOfProps) {
  const asOfMs = parseTime(asOf);
  const age = useSyncExternalStore(
    everySecond,
    () => (asOfMs === undefined ? '' : formatAge(Date.now() - asOfMs)),
    // The server does not know when the browser will show it.
    () => '',
  );
  if (asOfMs === undefined) return <span className={classes.asOf}>not yet confirmed by AWS</span>;
  return (
    <span className={classes.asOf}>
      <Hint label={() => <AbsoluteTime timeMs={asOfMs} />}>{final ? 'final' : age}</Hint>
    </span>
  );
}

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}
