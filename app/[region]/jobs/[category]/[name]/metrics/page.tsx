import { MetricsTab } from '@/components/metrics/metrics-tab';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/metrics – reward and every other metric; how it is looked at stands in the query string. */
export default async function JobMetricsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  return loaded ? <MetricsTab region={loaded.region} jobRef={loaded.jobRef} /> : null;
}
