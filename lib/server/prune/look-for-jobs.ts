import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import { JOB_CATEGORIES } from '@/lib/contract/names';
import type { AwsRegion } from '../aws/clients';
import { type AwsJobSummary, listJobsPage } from '../aws/sagemaker-jobs';
import type { Catalog } from '../catalog/catalog';
import { listPruneJobs, newestJobAt } from '../catalog/prune-facts';
import type { Scope } from '../catalog/scopes-store';

/** Lists may show a job a little after its creation time (assumption). */
const OVERLAP_MS = 60_000;
/** AWS keeps milliseconds and the wire may round them; a job made again under a name is younger. */
const SAME_CREATION_MS = 1000;

/**
 * Asks AWS which jobs began since the newest one the catalog knows, and has each new one described and written down: after
 * it the catalog knows what every job there is this moment started from. Throws what AWS answered; then nothing is known.
 */
export async function lookForJobs(
  { aws, catalog, nudge }: { aws: AwsRegion; catalog: Catalog; nudge: (ref: JobRef) => Promise<void> },
  scope: Scope,
): Promise<void> {
  const known = new Map(
    [...(await listPruneJobs(catalog, scope)).values()].map((job) => [
      `${job.ref.jobCategory}/${job.ref.jobName}`,
      job,
    ]),
  );
  const isNew = ({ jobCategory, jobName, creationTime }: AwsJobSummary) => {
    const job = known.get(`${jobCategory}/${jobName}`);
    return !job?.described || Math.abs(job.createdMs - creationTime.getTime()) > SAME_CREATION_MS;
  };
  for (const category of JOB_CATEGORIES) {
    const newest = await newestJobAt(catalog, scope, category);
    const lastModifiedAfter = newest && new Date(newest.getTime() - OVERLAP_MS);
    let nextToken: string | undefined;
    do {
      const page = await listJobsPage(aws, { category, lastModifiedAfter, nextToken });
      for (const job of page.jobs) if (isNew(job)) await nudge(job);
      nextToken = page.nextToken;
    } while (nextToken);
  }
}
