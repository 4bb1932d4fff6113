import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { CheckpointsView } from '@/components/jobs/detail/checkpoints-view';
import { listCheckpointsQuerySchema } from '@/lib/contract/checkpoints';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { jobCheckpointsQuery } from '@/lib/queries/jobs-queries';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import { deployment } from '@/lib/server/deployment';
import { type JobPageParams, loadJob } from '../load-job';

interface CheckpointsPageProps {
  params: JobPageParams;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** /{region}/jobs/{category}/{name}/checkpoints – `?kind=resumable` or `model`; any other word is no filter. */
export default async function JobCheckpointsPage({ params, searchParams }: CheckpointsPageProps) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const { jobRef } = loaded;
  const asked = listCheckpointsQuerySchema.pick({ kind: true }).safeParse(await searchParams);
  const kind = asked.success ? asked.data.kind : undefined;
  const client = createQueryClient();
  const { queryKey, initialPageParam, getNextPageParam } = jobCheckpointsQuery(loaded.region, jobRef, kind);
  await client.prefetchInfiniteQuery({
    queryKey,
    initialPageParam,
    getNextPageParam,
    queryFn: async () =>
      listJobCheckpoints(await deployment(), loaded.region, jobRef, listCheckpointsQuerySchema.parse({ kind })),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CheckpointsView region={loaded.region} jobRef={jobRef} />
    </HydrationBoundary>
  );
}
