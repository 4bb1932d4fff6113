import { JobLog } from '@/components/logs/job-log';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/logs – the job's own log. The browser reads the lines: AWS keeps them, not the catalog. */
export default async function JobLogsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  return loaded ? <JobLog region={loaded.region} job={loaded.jobRef} /> : null;
}
