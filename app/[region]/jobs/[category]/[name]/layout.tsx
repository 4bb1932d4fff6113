import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { JobHeader } from '@/components/jobs/detail/job-header';
import { VisuallyHidden } from '@/components/ui/visually-hidden';
import { LAST_RESUMABLE_LIMIT, lastResumableQuery } from '@/lib/queries/checkpoint-queries';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { jobQuery } from '@/lib/queries/jobs-queries';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import { deployment } from '@/lib/server/deployment';
import { JobActions } from './job-actions';
import classes from './job-page.module.css';
import { JobProblem } from './job-problem';
import { type JobPageParams, loadJob } from './load-job';

interface JobLayoutProps {
  params: JobPageParams;
  children: ReactNode;
}

export async function generateMetadata({ params }: { params: JobPageParams }): Promise<Metadata> {
  return { title: (await params).name.slice(0, 63) };
}

/** Header and tabs of a job; what it renders on the server is handed to the browser's queries, which keep it live. */
export default async function JobLayout({ params, children }: JobLayoutProps) {
  const { region, category, name } = await params;
  const { data: loaded, problem } = await loadJob(region, category, name);
  if (problem) {
    // The not-found page finds the reason in the address itself.
    if (problem.code === 'not_found' || problem.code === 'bad_request') notFound();
    return (
      <>
        <VisuallyHidden>
          <h1>Job {name.slice(0, 63)}</h1>
        </VisuallyHidden>
        <JobProblem problem={problem} />
      </>
    );
  }
  const { jobRef, response } = loaded;
  const client = createQueryClient();
  client.setQueryData(jobQuery(loaded.region, jobRef).queryKey, response);
  // Here and not in the page: the header is drawn first and has to know it too, or server and browser draw differently.
  // A failure is no failure of the page: the browser asks again and shows what it hears.
  if (jobRef.jobCategory === 'AgentRFT') {
    await client.prefetchQuery({
      queryKey: lastResumableQuery(loaded.region, jobRef).queryKey,
      queryFn: async () =>
        listJobCheckpoints(await deployment(), loaded.region, jobRef, {
          kind: 'resumable',
          limit: LAST_RESUMABLE_LIMIT,
        }),
      retry: false,
    });
  }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <div className={classes.page}>
        <JobHeader
          region={loaded.region}
          jobRef={jobRef}
          actions={<JobActions region={loaded.region} jobRef={jobRef} />}
        />
        {children}
      </div>
    </HydrationBoundary>
  );
}
