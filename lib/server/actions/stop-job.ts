import 'server-only';
import type { StopResponse } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts } from '@/lib/jobs/status';
import { stopJob as sendStopJob } from '../aws/sagemaker-jobs';
import { beginAction, finishAction } from '../catalog/actions-store';
import type { Deployment } from '../deployment';
import { asAppError, findAwsJob, nudgeQuietly, requireChanges, toLedgerError } from './action-helpers';
import { createInFlight } from './in-flight';
import { whoActs } from './who';

const inFlight = createInFlight<Deployment, StopResponse>();

/**
 * Stops a job. A job that has ended is answered with `alreadyFinal`, one that is stopping as it is; neither is asked
 * again. Throws AppError `not_found` when AWS has no such job, `read_only`, or what AWS answered.
 */
export async function stopJob(d: Deployment, region: string, ref: JobRef): Promise<StopResponse> {
  requireChanges(d);
  const { jobCategory, jobName } = ref;
  return inFlight(d, `${region} ${jobCategory}/${jobName}`, () => stop(d, region, { jobCategory, jobName })).result;
}

async function stop(d: Deployment, region: string, ref: JobRef): Promise<StopResponse> {
  const before = await getStatus(d, region, ref);
  if (isOver(before)) {
    await nudgeQuietly(d, region, ref);
    return toResponse(ref, before);
  }
  const scope = await d.scope(region);
  const { action } = await beginAction(d.catalog, scope, { action: 'stop', job: ref, who: await whoActs(d, region) });
  try {
    await sendStopJob(d.aws(region), ref);
  } catch (error) {
    const failure = asAppError(error);
    // It may have ended by itself between the look and the call, or the answer was lost.
    const after = await getStatus(d, region, ref).catch(() => undefined);
    if (after !== undefined && isOver(after)) {
      await finishAction(d.catalog, action.id, { state: 'done', answer: { jobStatus: after } });
      await nudgeQuietly(d, region, ref);
      return toResponse(ref, after);
    }
    await finishAction(d.catalog, action.id, { state: 'failed', answer: toLedgerError(failure) });
    throw failure;
  }
  await finishAction(d.catalog, action.id, { state: 'done' });
  await nudgeQuietly(d, region, ref);
  return toResponse(ref, 'Stopping');
}

/** Nothing left to stop: it has ended, or is on its way there. */
const isOver = (jobStatus: string) => jobStatus === 'Stopping' || jobStatusFacts(jobStatus).final;

const toResponse = (ref: JobRef, jobStatus: string): StopResponse => ({
  ...ref,
  jobStatus,
  alreadyFinal: jobStatusFacts(jobStatus).final,
});

async function getStatus(d: Deployment, region: string, ref: JobRef): Promise<string> {
  const job = await findAwsJob(d, region, ref);
  if (job) return job.jobStatus;
  throw new AppError('not_found', `AWS has no job ${ref.jobName} in ${region}.`, {
    hint: 'It may have been deleted meanwhile.',
  });
}
