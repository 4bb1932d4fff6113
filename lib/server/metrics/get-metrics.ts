import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import {
  type GetMetricsResponse,
  type MetricSource,
  type MetricSummary,
  metricKeySchema,
  type Series,
} from '@/lib/contract/metrics';
import { findMetricJobs, listSeries, type MetricJob } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';
import { toSource } from './source-of';

/** Series read side by side while somebody waits. */
const TOGETHER = 6;

/**
 * The metrics of one job under these keys, with every key the run has. From the catalog; what it lacks is read from
 * MLflow once, however many ask. When MLflow fails, what was read before is answered and `source` says why.
 * Throws AppError `not_found` for a job that is not there.
 */
export async function getMetrics(
  d: Deployment,
  region: string,
  ref: JobRef,
  keys: readonly string[],
): Promise<GetMetricsResponse> {
  const scope = await d.scope(region);
  const job = await getMetricJob(d, region, ref);
  const source = await bringSeries(d, region, job, keys);
  const series = await listSeries(d.catalog, [job.id], keys);
  return {
    asOf: source.readAt,
    awsNow: d.awsNow(scope.region).toISOString(),
    source,
    available: toAvailable(job),
    series: inOrder(keys, series),
  };
}

/** A job by name, asked for at AWS when the catalog has never heard of it. Throws AppError `not_found`. */
export async function getMetricJob(d: Deployment, region: string, ref: JobRef): Promise<MetricJob> {
  const scope = await d.scope(region);
  let [job] = await findMetricJobs(d.catalog, scope, [ref]);
  if (!job?.described) {
    try {
      await d.sync.nudge(region, ref);
    } catch (error) {
      if (!job) throw error;
    }
    [job] = await findMetricJobs(d.catalog, scope, [ref]);
  }
  if (!job) {
    throw new AppError('not_found', `There is no ${ref.jobCategory} job named ${ref.jobName} in ${region}.`, {
      hint: 'Check name, category and region; the jobs list shows what Cairn knows.',
    });
  }
  return job;
}

/** Sees to it that the catalog holds these series of a job, as far as MLflow answers. Never throws for MLflow's sake. */
export async function bringSeries(
  d: Deployment,
  region: string,
  job: MetricJob,
  keys: readonly string[],
): Promise<MetricSource> {
  const scope = await d.scope(region);
  const asker = { client: d.mlflow(region), waits: 'person' } as const;
  try {
    // Later looks are the background's: pages that are opened do not ask again.
    if (job.described && !job.run?.latest && !job.run?.complete && isDue(job)) {
      job.run = await d.metrics.look(scope, job, asker);
    }
    if (job.run) await d.metrics.readSeries(scope, job, job.run, keys, asker, TOGETHER);
    return toSource(job, job.run);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return toSource(job, job.run, error);
  }
}

/** A run that was missing, or had not begun, a moment ago is so still: pages ask every few seconds, each viewer's own. */
const LOOK_AGAIN_MS: Partial<Record<MetricSource['state'], number>> = {
  run_missing: 30_000,
  run_ambiguous: 30_000,
  resource_missing: 30_000,
  waiting: 10_000,
};
const isDue = ({ run }: MetricJob) => !run || Date.now() - run.triedAt.getTime() > (LOOK_AGAIN_MS[run.state] ?? -1);

/** Every key of a run with its last point, sorted. A key that no address could name is left out. */
export function toAvailable({ run }: MetricJob): MetricSummary[] {
  return Object.entries(run?.latest ?? {})
    .filter(([key]) => metricKeySchema.safeParse(key).success)
    .map(([key, [lastStep, lastValue]]) => ({ key, lastStep, lastValue }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The series that are there, in the order that was asked for. */
export function inOrder(
  keys: readonly string[],
  found: readonly { key: string; series: Omit<Series, 'key'> }[],
): Series[] {
  return keys.flatMap((key) => {
    const one = found.find((candidate) => candidate.key === key);
    return one ? [{ key, ...one.series }] : [];
  });
}
