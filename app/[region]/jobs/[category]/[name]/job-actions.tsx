'use client';

import { ResumeButton } from '@/components/actions/resume-button';
import { StopButton } from '@/components/actions/stop-button';
import { useJob } from '@/components/jobs/detail/use-job';
import type { JobRef } from '@/lib/contract/jobs';

interface JobActionsProps {
  region: string;
  jobRef: JobRef;
}

/** Stop and Resume of the header, following the job as it changes. */
export function JobActions({ region, jobRef }: JobActionsProps) {
  const { job, live } = useJob(region, jobRef);
  if (!job) return null;
  // While it runs there is nothing to go on from yet, and after its last step nothing left to go on with; single
  // checkpoints of such jobs are resumed from their tab.
  const resumable = !live && job.jobCategory === 'AgentRFT' && job.jobStatus !== 'Completed';
  return (
    <>
      {job.deletedAt ? null : <StopButton region={region} job={job} />}
      {resumable ? <ResumeButton region={region} job={job} quiet /> : null}
    </>
  );
}
