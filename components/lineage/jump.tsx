import type { ReactNode } from 'react';
import { MiddleCut } from '@/components/ui/middle-cut';
import { StatusIcon } from '@/components/ui/status-icon';
import type { JobRef } from '@/lib/contract/jobs';
import { shownStatus } from '@/lib/jobs/status';
import classes from './lineage.module.css';

interface JumpProps {
  job: JobRef & { jobStatus: string; secondaryStatus: string };
  note?: ReactNode;
  onGoTo: (focus: string) => void;
}

/** A job as a line that leads to it, whether it is on the screen yet or not. */
export function Jump({ job, note, onGoTo }: JumpProps) {
  return (
    <li>
      <button type="button" className={classes.jump} onClick={() => onGoTo(`job:${job.jobCategory}/${job.jobName}`)}>
        <StatusIcon tone={shownStatus(job.jobStatus, job.secondaryStatus).tone} sizePx={12} />
        <MiddleCut text={job.jobName} tailLength={14} />
        {note ? <span className={classes.jumpNote}>{note}</span> : null}
      </button>
    </li>
  );
}
