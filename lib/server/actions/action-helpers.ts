import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { type AwsJob, describeJob } from '../aws/sagemaker-jobs';
import type { Deployment } from '../deployment';
import { guardChange } from '../http/read-only';
import { log } from '../log';

/** Throws AppError `read_only` where this deployment may not change anything, however the call got here. */
export function requireChanges(d: Deployment): void {
  guardChange(d.settings);
}

/** The job as AWS has it this moment, or undefined when it has none. */
export async function findAwsJob(d: Deployment, region: string, ref: JobRef): Promise<AwsJob | undefined> {
  try {
    return await describeJob(d.aws(region), ref);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return undefined;
    throw error;
  }
}

/** Brings the catalog up to date after an action. Its failure does not undo the action: the sync gets there by itself. */
export async function nudgeQuietly(d: Deployment, region: string, ref: JobRef): Promise<void> {
  try {
    await d.sync.nudge(region, { jobCategory: ref.jobCategory, jobName: ref.jobName });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return;
    log.warn({ err: error, jobName: ref.jobName }, 'catalog not up to date after an action');
  }
}

/** What the ledger keeps of a failure. */
export const toLedgerError = ({ code, message }: AppError) => ({ code, message });

/** Any failure as an AppError, for the ledger. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError
    ? error
    : new AppError('internal', 'The action failed inside Cairn.', { cause: error });
}
