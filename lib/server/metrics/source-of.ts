import 'server-only';
import type { AppError } from '@/lib/contract/app-error';
import type { MetricSource } from '@/lib/contract/metrics';
import { formatInteger } from '@/lib/shared/format';
import type { MetricJob, StoredRun } from '../catalog/metrics-store';

/** What a failure of MLflow means for the job that was asked about. */
export function stateOf({ code, field }: AppError): MetricSource['state'] {
  if (code === 'not_found') return field === 'MlflowResourceArn' ? 'resource_missing' : 'run_missing';
  if (code === 'access_denied' || code === 'credentials_missing' || code === 'credentials_expired')
    return 'access_denied';
  return 'unreachable';
}

export const NOT_CONFIGURED = {
  state: 'not_configured',
  message: 'This job names no MLflow app or tracking server, so there are no metrics and no rollouts to read.',
  hint: 'Name one in MlflowConfig of the next job, or set MLFLOW_TRACKING_URI if the runs are on a server of your own.',
} as const;

export const NOT_BEGUN = {
  state: 'waiting',
  message: 'MLflow has no run of this job yet.',
  hint: 'It appears when training begins, some minutes after the job was created.',
} as const;

export const NO_RUN = {
  state: 'run_missing',
  message: 'MLflow has no run of this job.',
  hint: 'The job may have ended before training began, or its run was deleted.',
} as const;

/** Several runs fit, and a wrong curve is worse than none. */
export const ambiguous = ({ name, runs }: { name: string; runs: number }) =>
  ({
    state: 'run_ambiguous',
    message: `MLflow has ${formatInteger(runs)} runs named ${name} that began while this job ran, and nothing says which is its own.`,
    hint: 'Cairn does not guess. Give every job an MlflowRunName of its own; the run can be looked up in MLflow itself.',
  }) as const;

const NOT_READ = {
  state: 'waiting',
  message: 'Cairn has not read the metrics of this job yet.',
  hint: 'It does so by itself, newest jobs first.',
} as const;

/** Where the numbers of a job come from and how well; `trouble` is what keeps its MLflow from answering now. */
export function toSource(job: MetricJob, run: StoredRun | null, trouble?: AppError): MetricSource {
  const stored = run
    ? { state: run.state, message: run.message ?? undefined, hint: run.hint ?? undefined }
    : job.described
      ? NOT_READ
      : { ...NOT_READ, message: 'Cairn has not read the description of this job yet.' };
  const now =
    trouble && !run?.complete ? { state: stateOf(trouble), message: trouble.message, hint: trouble.hint } : stored;
  return {
    ...now,
    resourceArn: run?.resourceArn ?? job.mlflow?.resourceArn,
    experimentId: run?.experimentId ?? job.mlflow?.experimentId,
    runId: run?.runId ?? job.mlflow?.runId,
    foundBy: run?.foundBy ?? undefined,
    readAt: run?.readAt?.toISOString(),
    complete: run?.complete ?? false,
  };
}
