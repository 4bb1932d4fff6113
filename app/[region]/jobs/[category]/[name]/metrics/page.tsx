import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { MetricsTab } from '@/components/metrics/metrics-tab';
import { passKsOf } from '@/lib/metrics/pass-ks';
import { rewardKeys } from '@/lib/metrics/reward-keys';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { branchMetricsQuery } from '@/lib/queries/metrics-queries';
import { deployment } from '@/lib/server/deployment';
import { getBranchMetrics } from '@/lib/server/metrics/get-branch';
import { waitFor } from '@/lib/server/wait-for';
import { type JobPageParams, loadJob } from '../load-job';

/** Curves that the catalog holds are there well before this; for MLflow itself the page does not wait. */
const WAIT_MS = 400;

/** /{region}/jobs/{category}/{name}/metrics – reward and every other metric; how it is looked at stands in the query string. */
export default async function JobMetricsPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const { jobRef, response } = loaded;
  const client = createQueryClient();
  if (jobRef.jobCategory === 'AgentRFT') {
    const keys = rewardKeys(passKsOf(response.job.config.parsed));
    const reading = client.prefetchQuery({
      queryKey: branchMetricsQuery(loaded.region, jobRef, keys).queryKey,
      queryFn: async () => getBranchMetrics(await deployment(), loaded.region, jobRef, keys),
      retry: false,
    });
    await waitFor(reading, WAIT_MS);
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <MetricsTab region={loaded.region} jobRef={jobRef} />
    </HydrationBoundary>
  );
}
