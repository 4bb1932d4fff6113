import 'server-only';
import type { DeleteResponse } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { deleteJob as sendDeleteJob } from '../aws/sagemaker-jobs';
import { beginAction, finishAction } from '../catalog/actions-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { asAppError, findAwsJob, nudgeQuietly, requireChanges, toLedgerError } from './action-helpers';
import { whoActs } from './who';

/**
 * Deletes a job from AWS, which takes AWS a moment; its checkpoints stay there and the catalog remembers the job. Asking
 * again for a job that is gone or going is no error. Throws AppError `conflict` while the job runs, `not_found` for one nobody ever knew, `read_only`.
 */
export async function deleteJob(d: Deployment, region: string, ref: JobRef): Promise<DeleteResponse> {
  requireChanges(d);
  const { jobCategory, jobName } = ref;
  const job = await findAwsJob(d, region, ref);
  if (!job) {
    // Throws `not_found` when the catalog does not remember it either.
    await getJob(d, region, ref);
    await nudgeQuietly(d, region, ref);
    return { jobCategory, jobName, deleted: true };
  }
  if (job.jobStatus === 'Deleting') return { jobCategory, jobName, deleted: true };
  refuseRunning(jobName, job.jobStatus);
  const scope = await d.scope(region);
  const { action } = await beginAction(d.catalog, scope, {
    action: 'delete',
    job: { jobCategory, jobName },
    who: await whoActs(d, region),
  });
  try {
    await sendDeleteJob(d.aws(region), ref);
  } catch (error) {
    const failure = asAppError(error);
    await finishAction(d.catalog, action.id, { state: 'failed', answer: toLedgerError(failure) });
    throw failure;
  }
  await finishAction(d.catalog, action.id, { state: 'done' });
  await nudgeQuietly(d, region, ref);
  return { jobCategory, jobName, deleted: true };
}

/** A word nobody has met is left to AWS to judge. */
function refuseRunning(jobName: string, jobStatus: string): void {
  if (jobStatus !== 'InProgress' && jobStatus !== 'Stopping') return;
  throw new AppError(
    'conflict',
    `${jobName} has not ended (${jobStatusFacts(jobStatus).label}); AWS deletes only jobs that have.`,
    {
      hint: 'Stop it first, or wait for its end.',
    },
  );
}
