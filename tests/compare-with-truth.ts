import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { JOB_CATEGORIES } from '@/lib/contract/names';
import { getCheckpoint } from '@/lib/server/checkpoints/get-checkpoint';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import type { Deployment } from '@/lib/server/deployment';
import { getJob } from '@/lib/server/jobs/get-job';
import { listJobs } from '@/lib/server/jobs/list-jobs';
import type { Truth } from '@/sandbox/control-client';

/**
 * Everything in which the catalog, read through the use cases, differs from what the sandbox knows to be true; empty
 * when nothing does. `strangers` are jobs that started from packages the account does not have.
 */
export async function compareWithTruth(
  d: Deployment,
  truth: Truth,
  strangers: readonly string[] = [],
): Promise<string[]> {
  const wrong: string[] = [];
  const check = (what: string, ours: unknown, real: unknown) => {
    if (JSON.stringify(ours) !== JSON.stringify(real)) {
      wrong.push(`${what}: ${JSON.stringify(ours)} instead of ${JSON.stringify(real)}`);
    }
  };
  const { region } = truth;
  const listed = await listJobs(d, region, listJobsQuerySchema.parse({ limit: 1 }));
  check('number of jobs', listed.total, truth.jobs.length);

  const made = new Map<string, string[]>();
  for (const [group, version, kind, job, category, step] of truth.packages) {
    const { checkpoint } = await getCheckpoint(d, region, group, version).catch(() => ({ checkpoint: undefined }));
    const what = `package ${group}/${version}`;
    if (!checkpoint) {
      wrong.push(`${what} is missing`);
      continue;
    }
    check(`${what} kind`, checkpoint.kind, kind === 'stray' ? 'model' : kind);
    check(`${what} job (${checkpoint.evidence?.by})`, checkpoint.job?.jobName ?? null, job);
    check(`${what} step (${checkpoint.stepEvidence})`, checkpoint.step ?? null, step);
    if (job !== null)
      made.set(`${category}/${job}`, [...(made.get(`${category}/${job}`) ?? []), `${group}/${version}`]);
  }

  for (const job of truth.jobs) {
    const ref = { jobCategory: job.category, jobName: job.name };
    const { job: ours } = await getJob(d, region, ref);
    const what = `job ${job.name}`;
    check(`${what} status`, ours.jobStatus, job.status);
    check(`${what} secondary status`, ours.secondaryStatus, job.secondaryStatus);
    check(`${what} end`, ours.endTime, job.endTime);
    check(`${what} transitions`, ours.transitions.length, job.transitions);
    if (strangers.includes(job.name)) check(`${what} parent`, ours.parent?.kind, 'unknown');
    else {
      check(
        `${what} parent`,
        ours.parent && { kind: ours.parent.kind, job: ours.parent.job?.jobName ?? null, step: ours.parent.step },
        job.parent ?? undefined,
      );
    }
    const mine = made.get(`${job.category}/${job.name}`) ?? [];
    const { total } = await listJobCheckpoints(d, region, ref, { limit: 1 });
    check(`${what} checkpoints`, total, mine.length);
    check(`${what} counters`, ours.checkpoints.model + ours.checkpoints.resumable, mine.length);
  }
  check(
    'categories',
    [...new Set(truth.jobs.map(({ category }) => category))].every((c) => JOB_CATEGORIES.includes(c)),
    true,
  );
  return wrong;
}
