import type { ReactNode } from 'react';
import { TimeText } from '@/components/ui/time-text';
import type { JobRow } from '@/lib/contract/jobs';
import type { JobColumn } from '@/lib/jobs/columns';
import { BaseModelCell, CheckpointsCell, DatasetCell, DurationCell, TokensCell } from './fact-cells';
import { NameCell } from './name-cell';
import { ProgressCell } from './progress-cell';
import { RewardCell } from './reward-cell';
import { StatusCell } from './status-cell';

interface JobCellProps {
  column: JobColumn['id'];
  job: JobRow;
  /** Chooses the job, before its name. */
  pick?: ReactNode;
}

/** What a column shows of a job. */
export function JobCell({ column, job, pick }: JobCellProps) {
  switch (column) {
    case 'name':
      return <NameCell job={job} pick={pick} />;
    case 'status':
      return <StatusCell job={job} />;
    case 'progress':
      return <ProgressCell job={job} />;
    case 'reward':
      return <RewardCell job={job} />;
    case 'baseModel':
      return <BaseModelCell job={job} />;
    case 'dataset':
      return <DatasetCell job={job} />;
    case 'started':
      return <TimeText iso={job.creationTime} />;
    case 'duration':
      return <DurationCell job={job} />;
    case 'tokens':
      return <TokensCell job={job} />;
    case 'checkpoints':
      return <CheckpointsCell job={job} />;
  }
}
