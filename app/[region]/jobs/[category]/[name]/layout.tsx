import { dehydrate, HydrationBoundary } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { JobHeader } from '@/components/jobs/detail/job-header';
import { createQueryClient } from '@/lib/queries/create-query-client';
import { jobQuery } from '@/lib/queries/jobs-queries';
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
    return <JobProblem problem={problem} />;
  }
  const { jobRef, response } = loaded;
  const client = createQueryClient();
  client.setQueryData(jobQuery(loaded.region, jobRef).queryKey, response);
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
