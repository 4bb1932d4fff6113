'use client';

import { ResumeButton } from '@/components/actions/resume-button';
import { StopButton } from '@/components/actions/stop-button';
import { useJob } from '@/components/jobs/detail/use-job';
import { LinkButton } from '@/components/ui/link-button';
import type { JobRef } from '@/lib/contract/jobs';
import { pagePaths } from '@/lib/contract/paths';

interface JobActionsProps {
  region: string;
  jobRef: JobRef;
}

/** Lineage, Stop and Resume of the header, following the job as it changes. */
export function JobActions({ region, jobRef }: JobActionsProps) {
  const { job } = useJob(region, jobRef);
  if (!job) return null;
  // A completed job has no step left to train; its single checkpoints are gone on from in their tab.
  const resumable = job.jobCategory === 'AgentRFT' && job.jobStatus !== 'Completed';
  return (
    <>
      <LinkButton href={pagePaths.lineageOfJob(region, jobRef)}>Lineage</LinkButton>
      {job.deletedAt ? null : <StopButton region={region} job={job} />}
      {resumable ? <ResumeButton region={region} job={job} quiet /> : null}
    </>
  );
}
