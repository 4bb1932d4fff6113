'use client';

import { useQuery } from '@tanstack/react-query';
import { useJob } from '@/components/jobs/detail/use-job';
import { DiagnosisPanel } from '@/components/story/diagnosis-panel';
import { StoryPanel } from '@/components/story/story-panel';
import type { JobRef } from '@/lib/contract/jobs';
import { diagnosisQuery } from '@/lib/queries/story-queries';

interface JobStoryProps {
  region: string;
  jobRef: JobRef;
}

/** The story of a job that ended badly, or that runs and makes no step; nothing for others. */
export function JobStory({ region, jobRef }: JobStoryProps) {
  const { job, live } = useJob(region, jobRef);
  const { data } = useQuery({ ...diagnosisQuery(region, jobRef, live), enabled: live });
  const told = job?.jobStatus === 'Failed' || job?.jobStatus === 'Stopped' || (live && data?.stalled !== undefined);
  return job && told ? <StoryPanel region={region} job={job} /> : null;
}

/** The checks of a job: for one that ended badly or stalls they stand ready, for any other there is the button. */
export function JobDiagnosis({ region, jobRef }: JobStoryProps) {
  const { job } = useJob(region, jobRef);
  return job ? <DiagnosisPanel region={region} job={job} /> : null;
}
