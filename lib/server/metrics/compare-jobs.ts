import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { ComparedJob, CompareResponse } from '@/lib/contract/metrics';
import { jobCategorySchema, jobNameSchema } from '@/lib/contract/names';
import { effectiveHyperparameters } from '@/lib/hyperparameters/effective-hyperparameters';
import { flattenConfig } from '@/lib/metrics/flatten-config';
import { stepOffset } from '@/lib/metrics/step-offset';
import { listBranches, listDocuments } from '../catalog/branch-store';
import { findMetricJobs, listSeries } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';
import { bringSeries, inOrder } from './get-metrics';

/** Side by side: curves and configs of several jobs, in the order they were asked for. Answers what the catalog has. */
export async function compareJobs(
  d: Deployment,
  region: string,
  names: readonly string[],
  keys: readonly string[],
): Promise<CompareResponse> {
  const scope = await d.scope(region);
  const asked = names.map((name) => ({ name, ref: toRef(name) }));
  const found = await findMetricJobs(
    d.catalog,
    scope,
    asked.map(({ ref }) => ref),
  );
  const jobOf = (ref: JobRef) =>
    found.find(({ jobName, jobCategory }) => jobName === ref.jobName && jobCategory === ref.jobCategory);
  const ids = found.map(({ id }) => id);
  const sources = new Map(
    await Promise.all(found.map(async (job) => [job.id, await bringSeries(d, region, job, keys)] as const)),
  );
  const series = await listSeries(d.catalog, ids, keys);
  const documents = await listDocuments(d.catalog, ids);
  const branches = await listBranches(d.catalog, scope, found);
  const jobs: ComparedJob[] = [];
  for (const { ref } of asked) {
    const job = jobOf(ref);
    const source = job && sources.get(job.id);
    if (!job || !source) continue;
    const { document, baseModel } = documents.get(job.id) ?? {};
    jobs.push({
      jobCategory: job.jobCategory,
      jobName: job.jobName,
      jobStatus: job.status,
      creationTime: job.createdAt.toISOString(),
      endTime: job.endedAt?.toISOString(),
      stepOffset: stepOffset(branches.get(job.id) ?? []),
      config: flattenConfig(document, document && effectiveHyperparameters(job.jobCategory, baseModel, document)),
      source,
      series: inOrder(
        keys,
        series.filter(({ jobId }) => jobId === job.id),
      ),
    });
  }
  return {
    awsNow: d.awsNow(region).toISOString(),
    jobs,
    missing: asked.filter(({ ref }) => !jobOf(ref)).map(({ name }) => name),
  };
}

/** `name` of a training job, or `category/name`. Throws AppError `bad_request`. */
function toRef(text: string): JobRef {
  const slash = text.indexOf('/');
  const category = jobCategorySchema.safeParse(slash < 0 ? 'AgentRFT' : text.slice(0, slash));
  const name = jobNameSchema.safeParse(text.slice(slash + 1));
  if (category.success && name.success) return { jobCategory: category.data, jobName: name.data };
  throw new AppError('bad_request', `Query parameter "jobs" names "${text.slice(0, 90)}", which is no job name.`, {
    hint: 'Name training jobs as they are and evaluation jobs as AgentRFTEvaluation/name, joined by commas.',
    field: 'jobs',
  });
}
