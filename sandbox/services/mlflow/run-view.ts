import { ACCOUNT_ID, jobArn } from '../../world/arns';
import { effectiveHyperParameters, sentHyperParameters } from '../../world/hyperparameters';
import { stateAt } from '../../world/job-state';
import { lifeOf } from '../../world/life';
import type { MetricPoint } from '../../world/metrics';
import { latestMetrics } from './logged-metrics';
import { orNothing } from './mlflow-call';
import type { MlflowExperiment, MlflowRun } from './runs';

export const artifactRoot = (experimentId: string) => `s3://example-mlflow-artifacts/${experimentId}`;
export const artifactUri = (run: MlflowRun) => `${artifactRoot(run.experimentId)}/${run.runId}/artifacts`;

/** An experiment as MLflow shows it. */
export function experimentView(experiment: MlflowExperiment) {
  return {
    experiment_id: experiment.id,
    name: experiment.name,
    artifact_location: artifactRoot(experiment.id),
    lifecycle_stage: 'active',
    last_update_time: experiment.updatedAt,
    creation_time: experiment.createdAt,
  };
}

/** A run as MLflow shows it: info, and of each metric the last point. */
export function runView(run: MlflowRun, t: number) {
  const metrics = [...latestMetrics(run.job, t)].map(([key, point]) => metricView(key, point));
  return {
    info: runInfo(run, t),
    data: {
      metrics: orNothing(metrics),
      params: orNothing(Object.entries(runParams(run)).map(([key, value]) => ({ key, value }))),
      tags: Object.entries(runTags(run)).map(([key, value]) => ({ key, value })),
    },
    inputs: {},
    outputs: {},
  };
}

export function runInfo(run: MlflowRun, t: number) {
  const { endTime } = lifeOf(run.job);
  return {
    run_uuid: run.runId,
    experiment_id: run.experimentId,
    run_name: run.runName,
    user_id: 'sagemaker',
    status: runStatus(run, t),
    start_time: run.startedAt,
    end_time: t >= endTime ? endTime : undefined,
    artifact_uri: artifactUri(run),
    lifecycle_stage: isDeleted(run) ? 'deleted' : 'active',
    run_id: run.runId,
  };
}

/** The run lies in MLflow's trash: its id still finds it, no search does. */
export const isDeleted = ({ job }: MlflowRun) => job.overrides?.mlflow?.runDeleted === true;

/** MLflow's word for how a run stands. */
export function runStatus(run: MlflowRun, t: number): 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED' {
  const { endTime, finalStatus } = lifeOf(run.job);
  if (t < endTime && !stateAt(run.job, t).final) return 'RUNNING';
  return finalStatus === 'Completed' ? 'FINISHED' : finalStatus === 'Failed' ? 'FAILED' : 'KILLED';
}

/** The effective hyperparameters as texts, the way `log_params` keeps them. */
export function runParams({ job }: MlflowRun): Record<string, string> {
  const values = effectiveHyperParameters(job.category, job.baseModel, sentHyperParameters(job.document));
  const texts = [...values].map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]);
  return { base_model: job.baseModel, ...Object.fromEntries(texts) };
}

export function runTags({ job, runName }: MlflowRun): Record<string, string> {
  const common = { 'mlflow.runName': runName, 'mlflow.user': 'sagemaker', 'mlflow.source.type': 'JOB' };
  if (job.overrides?.mlflow?.runUntagged) return common;
  return {
    ...common,
    'mlflow.source.name': jobArn(job.region, job.category, job.name),
    'sagemaker.account_id': ACCOUNT_ID,
    'sagemaker.job_name': job.name,
  };
}

/** A point on the wire: a value that is no number travels as the text "NaN" (MLflow source). */
export function metricView(key: string, point: MetricPoint, runId?: string) {
  return {
    key,
    value: Number.isNaN(point.value) ? 'NaN' : point.value,
    timestamp: point.timestamp,
    step: point.step,
    run_id: runId,
  };
}
