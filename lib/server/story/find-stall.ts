import 'server-only';
import type { JobDetail } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { findPace } from '@/lib/metrics/pace';
import { REWARD } from '@/lib/metrics/reward-keys';
import { findMetricJobs, listSeries } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';

/** The background reads the series of living jobs every minute or so. */
const FRESH_MS = 10 * 60_000;

/**
 * In words, since when a job that trains has made no step; undefined while it keeps its pace. From the catalog alone: the
 * background keeps the series of living jobs.
 */
export async function findStall(d: Deployment, region: string, job: JobDetail): Promise<string | undefined> {
  const training = job.secondaryStatus === 'Training' && !jobStatusFacts(job.jobStatus).final && !job.deletedAt;
  if (!training) return undefined;
  const [known] = await findMetricJobs(d.catalog, await d.scope(region), [job]);
  const nowMs = d.awsNow(region).getTime();
  // A step that MLflow was not asked about is no step that did not come.
  const readMs = known?.run?.state === 'ready' ? (known.run.readAt?.getTime() ?? 0) : 0;
  if (!known || nowMs - readMs > FRESH_MS) return undefined;
  const [stored] = await listSeries(d.catalog, [known.id], [REWARD.mean]);
  return findPace({ series: stored?.series, nowMs, training })?.stalled?.words;
}
