import { JobOverview } from '@/components/jobs/detail/job-overview';
import { EvaluationSummaryPanel } from '@/components/metrics/evaluation/evaluation-view';
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
  const Summary = jobRef.jobCategory === 'AgentRFT' ? RewardSummaryPanel : EvaluationSummaryPanel;
  return (
    <JobOverview
      region={loaded.region}
      jobRef={jobRef}
      reward={<Summary region={loaded.region} jobRef={jobRef} />}
      resume={<ResumeFromJob region={loaded.region} jobRef={jobRef} />}
      story={<JobStory region={loaded.region} jobRef={jobRef} />}
      diagnosis={<JobDiagnosis region={loaded.region} jobRef={jobRef} />}
    />
  );
}
