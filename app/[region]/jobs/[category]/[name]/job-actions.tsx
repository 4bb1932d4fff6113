'use client';

import { EvaluateAgainMenu } from '@/components/actions/evaluate-again-menu';
import { FromModelMenu } from '@/components/actions/from-model-menu';
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

/** Lineage, Stop and the ways on of the header, following the job as it changes. */
export function JobActions({ region, jobRef }: JobActionsProps) {
  const { job } = useJob(region, jobRef);
  if (!job) return null;
  // A completed job has no step left to train; its single checkpoints are gone on from in their tab.
  const resumable = job.jobCategory === 'AgentRFT' && job.jobStatus !== 'Completed';
  return (
    <>
      {/* On a phone the overview's own way to the graph has to do. */}
      <LinkButton href={pagePaths.lineageOfJob(region, jobRef)} visibleFrom="sm">
        Lineage
      </LinkButton>
      {job.deletedAt ? null : <StopButton region={region} job={job} />}
      {resumable ? <ResumeButton region={region} job={job} quiet /> : null}
      {job.jobCategory === 'AgentRFT' ? (
        <>
          <FromModelMenu region={region} job={job} action="iterate" />
          <FromModelMenu region={region} job={job} action="evaluate" />
        </>
      ) : (
        <EvaluateAgainMenu region={region} job={job} />
      )}
    </>
  );
}
