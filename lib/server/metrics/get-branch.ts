import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { BranchHop, GetBranchMetricsResponse } from '@/lib/contract/metrics';
import { changedPaths, flattenConfig } from '@/lib/metrics/flatten-config';
import { listBranches, listDocuments } from '../catalog/branch-store';
import { listSeries } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';
import { bringSeries, getMetricJob, inOrder } from './get-metrics';

/**
 * The metrics of a job and of every job it comes from, root first. An ancestor that MLflow does not answer for costs its
 * own curve only. Throws AppError `not_found` for a job that is not there.
 */
export async function getBranchMetrics(
  d: Deployment,
  region: string,
  ref: JobRef,
  keys: readonly string[],
): Promise<GetBranchMetricsResponse> {
  const scope = await d.scope(region);
  const job = await getMetricJob(d, region, ref);
  const stored = (await listBranches(d.catalog, scope, [job])).get(job.id) ?? [];
  const ids = stored.map((hop) => hop.job.id);
  const sources = await Promise.all(stored.map((hop) => bringSeries(d, region, hop.job, keys)));
  const series = await listSeries(d.catalog, ids, keys);
  const documents = await listDocuments(d.catalog, ids);
  const configs = stored.map((hop) => flattenConfig(documents.get(hop.job.id)?.document));
  const hops = stored.map(({ job: one, from }, i): BranchHop => {
    const source = sources[i];
    if (!source) throw new Error('a hop without its source');
    return {
      jobCategory: one.jobCategory,
      jobName: one.jobName,
      jobStatus: one.status,
      creationTime: one.createdAt.toISOString(),
      endTime: one.endedAt?.toISOString(),
      from: from && { kind: from.kind, group: from.group, version: from.version, step: from.step },
      changed: i === 0 ? [] : changedPaths(configs[i - 1] ?? [], configs[i] ?? []),
      source,
      series: inOrder(
        keys,
        series.filter(({ jobId }) => jobId === one.id),
      ),
    };
  });
  return {
    asOf: sources.at(-1)?.readAt,
    awsNow: d.awsNow(region).toISOString(),
    hops,
    rootMissing: stored[0]?.hasInput ?? false,
  };
}
