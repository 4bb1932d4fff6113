import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import { JobOverview } from '@/components/jobs/detail/job-overview';
import { LAST_RESUMABLE_LIMIT, lastResumableQuery } from '@/lib/queries/checkpoint-queries';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import { deployment } from '@/lib/server/deployment';
import { type JobPageParams, loadJob } from './load-job';
import { ResumeFromJob } from './resume-from-job';

/** /{region}/jobs/{category}/{name} – what happened to a job, and what is left of it. */
export default async function JobOverviewPage({ params }: { params: JobPageParams }) {
  const { region, category, name } = await params;
  const { data: loaded } = await loadJob(region, category, name);
  if (!loaded) return null;
  const { jobRef } = loaded;
  const client = createQueryClient();
  // A failure here is no failure of the page: the browser asks again and shows what it hears.
  await client.prefetchQuery({
    queryKey: lastResumableQuery(loaded.region, jobRef).queryKey,
    queryFn: async () =>
      listJobCheckpoints(await deployment(), loaded.region, jobRef, { kind: 'resumable', limit: LAST_RESUMABLE_LIMIT }),
    retry: false,
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <JobOverview
        region={loaded.region}
        jobRef={jobRef}
        resume={<ResumeFromJob region={loaded.region} jobRef={jobRef} />}
      />
    </HydrationBoundary>
  );
}
