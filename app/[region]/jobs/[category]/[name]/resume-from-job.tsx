'use client';

import { ResumeButton } from '@/components/actions/resume-button';
import type { JobRef } from '@/lib/contract/jobs';

/** Resume beside the reason of a failure, from the last resumable checkpoint. */
export function ResumeFromJob({ region, jobRef }: { region: string; jobRef: JobRef }) {
  return <ResumeButton region={region} job={jobRef} />;
}
