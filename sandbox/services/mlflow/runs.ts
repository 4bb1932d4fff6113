import { asText } from '../../world/hyperparameters';
import { lifeOf } from '../../world/life';
import { experimentIdOf, mlflowConfigOf, mlflowDetailsOf } from '../../world/service-output';
import type { Job } from '../../world/types';
import type { MlflowAccess } from './access';

/** The run of a job. Every job has its own, also a resumed one; runs outlive their jobs. */
export interface MlflowRun {
  job: Job;
  runId: string;
  runName: string;
  experimentId: string;
  experimentName: string;
  startedAt: number;
}

export interface MlflowExperiment {
  id: string;
  name: string;
  createdAt: number;
  updatedAt: number;
}

/** MLflow starts with this one, and nothing is in it. */
const DEFAULT_EXPERIMENT = { id: '0', name: 'Default' };

/** The runs of an app or server that had started by `t`, oldest first. */
export function runsAt({ region, arn }: MlflowAccess, t: number): MlflowRun[] {
  return region
    .jobsByTime()
    .map((job) => runOf(job, arn))
    .filter((run): run is MlflowRun => run !== undefined && run.startedAt <= t)
    .sort((a, b) => a.startedAt - b.startedAt);
}

export function findRun(access: MlflowAccess, runId: string, t: number): MlflowRun | undefined {
  return runsAt(access, t).find((run) => run.runId === runId);
}

/** The run of a job in an app or server; undefined when it logs elsewhere or never got that far. */
export function runOf(job: Job, arn: string): MlflowRun | undefined {
  if (asText(mlflowConfigOf(job)?.MlflowResourceArn) !== arn || lifeOf(job).workStart === undefined) return undefined;
  const details = mlflowDetailsOf(job);
  return (
    details && {
      job,
      runId: details.RunId,
      runName: details.RunName,
      experimentId: details.ExperimentId,
      experimentName: details.ExperimentName,
      startedAt: job.createdAt + job.quirks.serviceOutputAfterMs,
    }
  );
}

/** The experiments of an app or server, newest first as MLflow lists them. */
export function experimentsAt(access: MlflowAccess, t: number): MlflowExperiment[] {
  const found = new Map<string, MlflowExperiment>();
  const runs = runsAt(access, t);
  const first = runs[0]?.startedAt ?? t;
  found.set(DEFAULT_EXPERIMENT.id, {
    ...DEFAULT_EXPERIMENT,
    createdAt: first - 86_400_000,
    updatedAt: first - 86_400_000,
  });
  for (const run of runs) {
    const known = found.get(run.experimentId);
    if (known) known.updatedAt = run.startedAt;
    else {
      found.set(run.experimentId, {
        id: experimentIdOf(run.experimentName),
        name: run.experimentName,
        createdAt: run.startedAt,
        updatedAt: run.startedAt,
      });
    }
  }
  return [...found.values()].sort((a, b) => b.updatedAt - a.updatedAt);
}
