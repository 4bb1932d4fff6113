import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import { AppError } from '@/lib/contract/app-error';

/**
 * Whether the error is AWS's word that this request makes no job. Any other says nothing of the tries before it: the SDK
 * asks again by itself, and a first try whose answer was lost may have made the job (and used up the quota) already.
 */
export function isRefusal(error: AppError): boolean {
  return error.code === 'unprocessable' || error.code === 'access_denied';
}

/** A failure of CreateJob with the hint that fits a person who wants to start a job. AWS's own words stay. */
export function explainCreateError(error: unknown, request: JobRequest): AppError {
  if (!(error instanceof AppError)) return new AppError('internal', 'CreateJob failed inside Cairn.', { cause: error });
  const explain = (hint: string) => new AppError(error.code, error.message, { hint, field: error.field, cause: error });
  switch (error.code) {
    case 'access_denied':
      return explain(
        `Cairn’s credentials need sagemaker:CreateJob, and iam:PassRole on ${request.RoleArn} for job.sagemaker.amazonaws.com.`,
      );
    case 'quota_exceeded':
      return explain(
        'By default AWS runs one training job at a time per account and region. Wait for its end, stop it, or ask for a higher quota in Service Quotas.',
      );
    case 'aws_failed':
    case 'internal':
      return explain(`AWS has no job named ${request.JobName}, so nothing was started. Try again.`);
    default:
      return error;
  }
}
