import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import type { NameFact } from '@/lib/actions/check-common';
import { sameRequest } from '@/lib/actions/same-request';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail, JobRef } from '@/lib/contract/jobs';
import type { JobCategory } from '@/lib/contract/names';
import { jobStatusFacts } from '@/lib/jobs/status';
import type { Deployment } from '../deployment';
import { getDescribedJob } from './get-described-job';

/** What is known of a name: the job that has it, that nobody has, or why it could not be found out. */
export type NameHolder = { job: JobDetail } | { job: undefined } | { why: string };

/**
 * Who has this name: the catalog, and where it knows nobody, AWS (one DescribeJob, shared by all who ask at once).
 * A job that was deleted from AWS keeps its name in the catalog, so that one address never means two jobs.
 */
export async function findNameHolder(d: Deployment, region: string, ref: JobRef): Promise<NameHolder> {
  try {
    return { job: await getDescribedJob(d, region, ref) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'not_found' ? { job: undefined } : { why: error.message };
  }
}

/** The name fact for the checks. A job that is this very request counts as taken and `same`. */
export function toNameFact(holder: NameHolder, request: JobRequest): NameFact {
  if ('why' in holder) return { state: 'unknown', why: holder.why };
  if (!holder.job) return { state: 'free' };
  return { state: 'taken', same: isSameJob(holder.job, request) };
}

/** A job that was deleted from AWS is never the same: it cannot be opened again. */
function isSameJob(job: JobDetail, request: JobRequest): boolean {
  const { jobName, jobCategory, roleArn, jobConfigSchemaVersion, tags, config, deletedAt } = job;
  if (deletedAt) return false;
  return sameRequest({ jobName, jobCategory, roleArn, jobConfigSchemaVersion, tags, rawDocument: config.raw }, request);
}

/** Proposals are numbered; whoever has more resumes of one job than this names them by hand. */
const MAX_PROPOSALS = 50;

/**
 * The first proposed name nobody has, and what is known of it. A job that is this very request and still goes on ends the
 * search at its name: the next name would be a second paid job that nobody asked for. `toRequest` answers what would be
 * sent under a name, or undefined when nothing can be.
 */
export async function findFreeName(
  d: Deployment,
  region: string,
  wanted: { category: JobCategory; propose: (taken: ReadonlySet<string>) => string },
  toRequest: (jobName: string) => JobRequest | undefined,
): Promise<{ jobName: string; holder: NameHolder }> {
  const taken = new Set<string>();
  for (;;) {
    const jobName = wanted.propose(taken);
    const holder = await findNameHolder(d, region, { jobCategory: wanted.category, jobName });
    if (!('job' in holder) || !holder.job || taken.size >= MAX_PROPOSALS) return { jobName, holder };
    const request = toRequest(jobName);
    const live = !jobStatusFacts(holder.job.jobStatus).final;
    if (live && request && isSameJob(holder.job, request)) return { jobName, holder };
    taken.add(jobName);
  }
}
