import type { Checkpoint } from '@/lib/contract/checkpoints';
import { type JobRef, listJobsQuerySchema } from '@/lib/contract/jobs';
import { getCheckpoint } from '@/lib/server/checkpoints/get-checkpoint';
import { listJobCheckpoints } from '@/lib/server/checkpoints/list-job-checkpoints';
import type { Deployment } from '@/lib/server/deployment';
import { getJob } from '@/lib/server/jobs/get-job';
import { listJobs } from '@/lib/server/jobs/list-jobs';
import type { Truth, TruthPackage } from '@/sandbox/control-client';

const KINDS = { resumable: 'resumable', model: 'model', stray: 'model' } as const;

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
    const [a, b] = [JSON.stringify(ours), JSON.stringify(real)];
    if (a !== b) wrong.push(`${what}: ${a} instead of ${b}`);
  };
  const { region } = truth;
  const listed = await listJobs(d, region, listJobsQuerySchema.parse({ limit: 1 }));
  check('number of jobs', listed.total, truth.jobs.length);

  const made = new Map<string, Map<string, TruthPackage>>();
  for (const row of truth.packages) {
    const [group, version, , job, category] = row;
    if (job === null) {
      const { checkpoint } = await getCheckpoint(d, region, group, version);
      check(`stray ${group}/${version}`, [checkpoint.kind, checkpoint.job?.jobName ?? null], ['model', null]);
      continue;
    }
    const ofJob = made.get(`${category}/${job}`) ?? new Map<string, TruthPackage>();
    made.set(`${category}/${job}`, ofJob.set(`${group}/${version}`, row));
  }

  for (const job of truth.jobs) {
    const ref = { jobCategory: job.category, jobName: job.name };
    const { job: ours } = await getJob(d, region, ref);
    const what = `job ${job.name}`;
    check(`${what} status`, ours.jobStatus, job.status);
    check(`${what} secondary status`, ours.secondaryStatus, job.secondaryStatus);
    check(`${what} end`, ours.endTime, job.endTime);
    check(`${what} transitions`, ours.transitions.length, job.transitions);
    const { kind, job: maker, step } = ours.parent ?? {};
    if (strangers.includes(job.name)) check(`${what} parent`, kind, 'unknown');
    else check(`${what} parent`, kind && { kind, job: maker?.jobName ?? null, step }, job.parent ?? undefined);

    const real = made.get(`${job.category}/${job.name}`) ?? new Map<string, TruthPackage>();
    const found = await allCheckpoints(d, region, ref);
    check(`${what} counters`, ours.checkpoints.model + ours.checkpoints.resumable, found.length);
    for (const one of found) {
      const key = `${one.group}/${one.version}`;
      const how = `${what} package ${key} by ${one.evidence?.by} and ${one.stepEvidence}`;
      const row = real.get(key);
      if (row) check(how, [one.kind, one.step ?? null], [KINDS[row[2]], row[5]]);
      else wrong.push(`${how} is not of this job`);
      real.delete(key);
    }
    for (const missing of real.keys()) wrong.push(`${what} lacks package ${missing}`);
  }
  return wrong;
}

async function allCheckpoints(d: Deployment, region: string, ref: JobRef): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  let cursor: string | undefined;
  do {
    const page = await listJobCheckpoints(d, region, ref, { limit: 500, cursor });
    found.push(...page.checkpoints);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}
