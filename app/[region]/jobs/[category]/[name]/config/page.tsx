import { ConfigView } from '@/components/jobs/detail/config-view';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/config – the document, readable or `?view=raw`. */
export default async function JobConfigPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  return <ConfigView region={loaded.region} jobRef={loaded.jobRef} />;
}
