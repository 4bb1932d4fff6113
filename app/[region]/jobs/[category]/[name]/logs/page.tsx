import { JobLog } from '@/components/logs/job-log';
import { jobStatusFacts } from '@/lib/jobs/status';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/logs – the logs of a job. The browser reads the lines: AWS keeps them, not the catalog. */
export default async function JobLogsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const failed = jobStatusFacts(loaded.response.job.jobStatus).tone === 'failed';
  return <JobLog region={loaded.region} job={loaded.jobRef} failed={failed} />;
}
