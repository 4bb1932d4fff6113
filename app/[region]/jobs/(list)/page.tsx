import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { JobsList } from '@/components/jobs/list/jobs-list';
import { AppError } from '@/lib/contract/app-error';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { formatJobsSearch, parseJobsSearch } from '@/lib/jobs/jobs-search';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { jobListQuery } from '@/lib/queries/jobs-queries';
import { deployment } from '@/lib/server/deployment';
import { listJobs } from '@/lib/server/jobs/list-jobs';

export const metadata: Metadata = { title: 'Jobs' };

interface JobsPageProps {
  params: Promise<{ region: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The jobs list with its first answer in the page. Where that fails, the list asks for itself and says what it hears. */
export default async function JobsPage({ params, searchParams }: JobsPageProps) {
  const [{ region }, words] = await Promise.all([params, searchParams]);
  const { search } = parseJobsSearch(words);
  const queryClient = createQueryClient();
  try {
    const data = await listJobs(await deployment(), region, listJobsQuerySchema.parse(search));
    queryClient.setQueryData(jobListQuery(region, formatJobsSearch(search)).queryKey, data);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <JobsList key={region} region={region} />
    </HydrationBoundary>
  );
}
