import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import { AppError } from '@/lib/contract/app-error';

/** Whether the call may have worked although it failed here: no answer, a broken one, or a fault of the server. */
export function isUnknownOutcome(error: AppError): boolean {
  return error.code === 'aws_failed' || error.code === 'aws_unreachable' || error.code === 'internal';
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
    case 'aws_unreachable':
    case 'internal':
      return explain(`AWS has no job named ${request.JobName}, so nothing was started. Try again.`);
    default:
      return error;
  }
}
