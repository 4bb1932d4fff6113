import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobDetail } from '@/lib/contract/jobs';
import type { MetricSource } from '@/lib/contract/metrics';
import type { JobCategory } from '@/lib/contract/names';
import { asRecords, asText } from '@/lib/jobs/parse-value';
import { type RawPoint, toRawPoint, toWhole } from '@/lib/metrics/to-series';
import type { MlflowClient } from './mlflow-client';
import type { MlflowTarget } from './mlflow-errors';

const list = z.array(z.unknown()).nullish();
const runSchema = z.object({
  info: z.looseObject({
    run_id: z.string().optional(),
    run_uuid: z.string().optional(),
    experiment_id: z.string().optional(),
    status: z.string().optional(),
    lifecycle_stage: z.string().optional(),
    start_time: z.unknown().optional(),
  }),
  data: z.looseObject({ metrics: list, tags: list, params: list }).nullish(),
});
const getRunSchema = z.looseObject({ run: runSchema });
const searchRunsSchema = z.looseObject({ runs: z.array(runSchema).nullish() });
const experimentSchema = z.looseObject({ experiment_id: z.string() });
const getExperimentSchema = z.looseObject({ experiment: experimentSchema });
const searchExperimentsSchema = z.looseObject({ experiments: z.array(experimentSchema).nullish() });

const CLOCK_SLACK_MS = 60_000;

/** A run as MLflow tells of it, without its histories. */
export interface MlflowRun {
  runId: string;
  experimentId?: string;
  /** FINISHED, FAILED or KILLED: nothing more will be logged. */
  ended: boolean;
  startTimeMs?: number;
  /** The point of the highest step of every metric, by key. */
  latest: Map<string, RawPoint>;
}

export interface FoundRun {
  run: MlflowRun;
  foundBy: NonNullable<MetricSource['foundBy']>;
}

/** Several runs that could all be the job's. */
export interface AmbiguousRuns {
  ambiguous: { name: string; runs: number };
}

/** What is known of where a job logs. */
export interface RunClues {
  jobCategory: JobCategory;
  jobName: string;
  createdAtMs: number;
  /** Of a job that is over: a run that began later is another job's. */
  endedAtMs?: number;
  mlflow: NonNullable<JobDetail['mlflow']>;
  /** Which of these runs the service names as those of other jobs; nothing is known when absent. */
  takenByOthers?(runIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * The run of a job: the id that the service names, else the run of the config's name, else one named like the job, in
 * the experiment that is named, else in any. Undefined when there is none yet, and said to be ambiguous when several would
 * do and none says whose it is. Throws `not_found` for an id that MLflow does not have, or had.
 */
export async function findRun(
  client: MlflowClient,
  target: MlflowTarget,
  clues: RunClues,
): Promise<FoundRun | AmbiguousRuns | undefined> {
  const { mlflow } = clues;
  if (mlflow.runId) return { run: await getRun(client, target, mlflow.runId), foundBy: 'service_output' };
  const experimentIds = await findExperiments(client, target, mlflow);
  if (experimentIds.length === 0) return undefined;
  const ways = [
    ['config', mlflow.runName],
    ['run_name', clues.jobName],
  ] as const;
  for (const [foundBy, name] of ways) {
    if (!name) continue;
    const [run, ...others] = await searchByName(client, target, experimentIds, name, clues);
    if (others.length > 0) return { ambiguous: { name, runs: others.length + 1 } };
    if (run) return { run, foundBy };
  }
  return undefined;
}

/** One run. Throws `not_found` when it does not exist or lies in MLflow's trash. */
export async function getRun(client: MlflowClient, target: MlflowTarget, runId: string): Promise<MlflowRun> {
  const { run } = await client.call(
    target,
    { operation: 'GetRun', method: 'GET', path: '/api/2.0/mlflow/runs/get', query: { run_id: runId } },
    getRunSchema,
  );
  if (run.info.lifecycle_stage === 'deleted') {
    throw new AppError('not_found', 'The run of this job was deleted in MLflow.', {
      hint: 'It can be restored there for a while. What Cairn read before stays.',
    });
  }
  return toRun(run, runId);
}

async function findExperiments(
  client: MlflowClient,
  target: MlflowTarget,
  { experimentId, experimentName }: RunClues['mlflow'],
): Promise<string[]> {
  if (experimentId) return [experimentId];
  if (experimentName) {
    try {
      const { experiment } = await client.call(
        target,
        {
          operation: 'GetExperimentByName',
          method: 'GET',
          path: '/api/2.0/mlflow/experiments/get-by-name',
          query: { experiment_name: experimentName },
        },
        getExperimentSchema,
      );
      return [experiment.experiment_id];
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return [];
      throw error;
    }
  }
  const { experiments } = await client.call(
    target,
    {
      operation: 'SearchExperiments',
      method: 'POST',
      path: '/api/2.0/mlflow/experiments/search',
      body: { max_results: 1_000 },
    },
    searchExperimentsSchema,
  );
  return (experiments ?? []).map(({ experiment_id }) => experiment_id);
}

/**
 * The runs of that name that may be the job's: one that names the job, if there is one; else those that began while the
 * job was there, with a minute of slack for the clocks, and that neither name another job nor are known to be another's.
 */
async function searchByName(
  client: MlflowClient,
  target: MlflowTarget,
  experimentIds: string[],
  name: string,
  clues: RunClues,
): Promise<MlflowRun[]> {
  const { createdAtMs, endedAtMs = Number.POSITIVE_INFINITY } = clues;
  const sinceMs = createdAtMs - CLOCK_SLACK_MS;
  // A filter has no escapes: a name with both kinds of quotes cannot be asked for.
  const quote = name.includes("'") ? '"' : "'";
  if (name.includes(quote)) return [];
  const { runs } = await client.call(
    target,
    {
      operation: 'SearchRuns',
      method: 'POST',
      path: '/api/2.0/mlflow/runs/search',
      body: {
        experiment_ids: experimentIds,
        filter: `attributes.run_name = ${quote}${name}${quote} AND attributes.start_time >= ${Math.max(0, sinceMs)}`,
        order_by: ['attributes.start_time ASC'],
        max_results: 200,
      },
    },
    searchRunsSchema,
  );
  const began = (runs ?? [])
    .map((run) => ({ run: toRun(run), whose: whoseRun(run, clues) }))
    .filter(
      ({ run: { runId, startTimeMs = 0 } }) =>
        runId && startTimeMs >= sinceMs && startTimeMs <= endedAtMs + CLOCK_SLACK_MS,
    );
  // Of a job that began twice the first run is the one that its config names.
  const named = began.find(({ whose }) => whose === 'own');
  if (named) return [named.run];
  const open = began.filter(({ whose }) => whose === undefined).map(({ run }) => run);
  const within = open.filter(({ startTimeMs = 0 }) => startTimeMs >= createdAtMs && startTimeMs <= endedAtMs);
  const candidates = within.length > 0 ? within : open;
  if (candidates.length < 2) return candidates;
  const taken = await clues.takenByOthers?.(candidates.map(({ runId }) => runId));
  return candidates.filter(({ runId }) => !taken?.has(runId));
}

/** The end of a job's ARN (API model). */
const JOB_ARN = /^arn:[^:]+:sagemaker:[^:]*:\d*:job\/([A-Za-z]+)\/([A-Za-z0-9-]{1,63})$/;

/**
 * Whose run it is, when one of its tags or parameters holds a job's ARN, whatever it is called: which of them AWS writes is
 * not documented (assumption: the ARN, if any).
 */
function whoseRun(
  { data }: z.infer<typeof runSchema>,
  { jobCategory, jobName }: RunClues,
): 'own' | 'another' | undefined {
  const said = asRecords([...(data?.tags ?? []), ...(data?.params ?? [])]).flatMap(({ value }) => {
    const [, category, name] = JOB_ARN.exec(asText(value) ?? '') ?? [];
    return category ? [category === jobCategory && name === jobName] : [];
  });
  if (said.length === 0) return undefined;
  return said.includes(true) ? 'own' : 'another';
}

function toRun({ info, data }: z.infer<typeof runSchema>, asked = ''): MlflowRun {
  const points = (data?.metrics ?? []).flatMap((metric) => {
    const key = (metric as { key?: unknown } | null)?.key;
    const point = toRawPoint(metric);
    return typeof key === 'string' && point ? [[key, point] as const] : [];
  });
  return {
    runId: info.run_id ?? info.run_uuid ?? asked,
    experimentId: info.experiment_id,
    ended: ['FINISHED', 'FAILED', 'KILLED'].includes(info.status ?? ''),
    startTimeMs: toWhole(info.start_time),
    latest: new Map(points),
  };
}
