import type { ReactNode } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusIcon } from '@/components/ui/status-icon';
import type { LineageLane } from '@/lib/contract/lineage';
import { shownStatus } from '@/lib/jobs/status';
import classes from './lineage.module.css';

/** A job of the answer as a line that leads to it. */
export function Jump({ lane, note, onGoTo }: { lane: LineageLane; note?: ReactNode; onGoTo: (focus: string) => void }) {
  return (
    <li>
      <button type="button" className={classes.jump} onClick={() => onGoTo(`job:${lane.id}`)}>
        <StatusIcon tone={shownStatus(lane.jobStatus, lane.secondaryStatus).tone} sizePx={12} />
        <MiddleCut text={lane.jobName} tailLength={14} />
        {note ? <span className={classes.jumpNote}>{note}</span> : null}
      </button>
    </li>
  );
}
