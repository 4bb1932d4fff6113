import { RolloutsView } from '@/components/metrics/rollouts/rollouts-view';
import { type JobPageParams, loadJob } from '../load-job';

/** /{region}/jobs/{category}/{name}/rollouts – `?step=`, `?outcome=`, `?sort=`; `?trace=` opens one. MLflow keeps them: the browser asks. */
export default async function JobRolloutsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  return loaded ? <RolloutsView region={loaded.region} jobRef={loaded.jobRef} /> : null;
}
