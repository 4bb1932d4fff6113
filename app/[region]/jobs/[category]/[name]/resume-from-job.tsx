'use client';

import { ResumeButton } from '@/components/actions/resume-button';
import { useJob } from '@/components/jobs/detail/use-job';
import type { JobRef } from '@/lib/contract/jobs';

/** Resume beside the reason of a failure, from the last resumable checkpoint. */
export function ResumeFromJob({ region, jobRef }: { region: string; jobRef: JobRef }) {
  const { job } = useJob(region, jobRef);
  return <ResumeButton region={region} job={job ?? jobRef} />;
}
