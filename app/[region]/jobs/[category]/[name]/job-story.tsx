'use client';

import { useJob } from '@/components/jobs/detail/use-job';
import { DiagnosisPanel } from '@/components/story/diagnosis-panel';
import { StoryPanel } from '@/components/story/story-panel';
import type { JobRef } from '@/lib/contract/jobs';

interface JobStoryProps {
  region: string;
  jobRef: JobRef;
}

/** The story of a job that ended badly; nothing for others. */
export function JobStory({ region, jobRef }: JobStoryProps) {
  const { job } = useJob(region, jobRef);
  if (!job || (job.jobStatus !== 'Failed' && job.jobStatus !== 'Stopped')) return null;
  return <StoryPanel region={region} job={job} />;
}

/** The checks of a job: for one that ended badly they stand ready, for any other there is the button. */
export function JobDiagnosis({ region, jobRef }: JobStoryProps) {
  const { job } = useJob(region, jobRef);
  return job ? <DiagnosisPanel region={region} job={job} /> : null;
}
