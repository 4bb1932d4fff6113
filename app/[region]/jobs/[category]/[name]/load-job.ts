import 'server-only';
import { cache } from 'react';
import type { GetJobResponse, JobRef } from '@/lib/contract/jobs';
import { deployment } from '@/lib/server/deployment';
import { jobParams, toJobRef } from '@/lib/server/http/api-params';
import { type Outcome, pageOutcome, parsePageParams } from '@/lib/server/http/page-input';
import { getJob } from '@/lib/server/jobs/get-job';

/** The dynamic parts of a job's address, as Next gives them. */
export type JobPageParams = Promise<{ region: string; category: string; name: string }>;

export interface LoadedJob {
  region: string;
  jobRef: JobRef;
  response: GetJobResponse;
}

/** The job an address names, or why there is none. Layout and page of one request share one answer. */
export const loadJob = cache(
  async (region: string, category: string, name: string): Promise<Outcome<LoadedJob>> =>
    pageOutcome(async () => {
      const params = parsePageParams(jobParams, { region, category, name });
      const jobRef = toJobRef(params);
      const response = await getJob(await deployment(), params.region, jobRef);
      return { region: params.region, jobRef, response };
    }),
);
