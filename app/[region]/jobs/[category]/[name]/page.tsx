import { JobOverview } from '@/components/jobs/detail/job-overview';
import { RewardSummaryPanel } from '@/components/metrics/reward-summary-panel';
import { JobDiagnosis, JobStory } from './job-story';
import { type JobPageParams, loadJob } from './load-job';
import { ResumeFromJob } from './resume-from-job';

/** /{region}/jobs/{category}/{name} – what happened to a job, and what is left of it. */
export default async function JobOverviewPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const { jobRef } = loaded;
  return (
    <JobOverview
      region={loaded.region}
      jobRef={jobRef}
      reward={
        jobRef.jobCategory === 'AgentRFT' ? <RewardSummaryPanel region={loaded.region} jobRef={jobRef} /> : undefined
      }
      resume={<ResumeFromJob region={loaded.region} jobRef={jobRef} />}
      story={<JobStory region={loaded.region} jobRef={jobRef} />}
      diagnosis={<JobDiagnosis region={loaded.region} jobRef={jobRef} />}
    />
  );
}
