'use client';

import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Hint } from '@/components/ui/hint';
import type { JobRow } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';
import { jobStatusFacts } from '@/lib/jobs/status';
import { lastResumableQuery } from '@/lib/queries/checkpoint-queries';
import { resumeLabel } from './resume-label';

interface ResumeButtonProps {
  region: string;
  /** With status and progress it knows a job that still runs and one with nothing left to train. */
  job: Pick<JobRow, 'jobName' | 'jobCategory'> & Partial<Pick<JobRow, 'jobStatus' | 'progress'>>;
  /** Where it is one of several things to do rather than the way on. */
  quiet?: boolean;
}

/** Leads to the plan of a resume from the job's last resumable checkpoint; where there is none, says why. */
export function ResumeButton({ region, job, quiet = false }: ResumeButtonProps) {
  const training = job.jobCategory === 'AgentRFT';
  const query = useQuery({ ...lastResumableQuery(region, job), enabled: training });
  const last = query.data?.checkpoints.find((checkpoint) => checkpoint.packageStatus === 'Completed');
  const totalSteps = job.progress?.totalSteps;
  const exhausted = last?.step !== undefined && totalSteps !== undefined && last.step >= totalSteps;
  const running = job.jobStatus !== undefined && !jobStatusFacts(job.jobStatus).final;
  if (last && !exhausted) {
    return (
      <Button
        component={Link}
        href={pagePaths.resume(region, last.group, last.version)}
        // Two jobs that train the same steps are rarely what is wanted: not the first thing to press.
        variant={running || quiet ? 'default' : undefined}
        leftSection={<IconPlayerPlay size={14} />}
      >
        {resumeLabel(last)}
      </Button>
    );
  }
  const complete = query.data?.complete ?? false;
  const reason = !training
    ? 'An evaluation cannot be resumed.'
    : exhausted
      ? `Its last checkpoint is of step ${totalSteps}, the last there is: nothing is left to train.`
      : query.isPending
        ? 'Looking for its checkpoints.'
        : query.isError
          ? `Its checkpoints could not be read. ${query.error.message}`
          : complete
            ? 'It has left no resumable checkpoint.'
            : 'No resumable checkpoint found so far; its groups are still being read.';
  return (
    <Hint label={reason} focusable={false}>
      <Button variant="default" leftSection={<IconPlayerPlay size={14} />} data-disabled aria-disabled>
        Resume
      </Button>
    </Hint>
  );
}
