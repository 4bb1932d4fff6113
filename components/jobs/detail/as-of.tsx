'use client';

import { useTickingAge } from '@/components/ui/aws-clock';
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
  const age = useTickingAge(formatAge, asOfMs ?? 0);
  if (asOfMs === undefined) return <span className={classes.asOf}>not yet confirmed by AWS</span>;
  const label = final
    ? () => (
        <>
          It has ended and cannot change. Read from AWS:
          <AbsoluteTime timeMs={asOfMs} />
        </>
      )
    : () => <AbsoluteTime timeMs={asOfMs} />;
  return (
    <span className={classes.asOf}>
      <Hint label={label}>{final ? 'final' : age}</Hint>
    </span>
  );
}
