import { lifeOf } from '../../../world/life';
import { latestMetrics } from '../logged-metrics';
import {
  bodyText,
  bodyTexts,
  bodyWhole,
  cutOffsetPage,
  type MlflowCall,
  type MlflowOperation,
  orNothing,
  pageSize,
  requiredParam,
} from '../mlflow-call';
import { invalid, notFound } from '../mlflow-error';
import { artifactUri, isDeleted, runParams, runStatus, runTags, runView } from '../run-view';
import { findRun, type MlflowRun, runsAt } from '../runs';
import { type Clause, compareValues, parseFilter, parseOrder, satisfies } from '../search-filter';

const DEFAULT_RUNS = 1_000;
const MOST_RUNS = 50_000;

/** GET runs/get. */
export const getRun: MlflowOperation = (call) => ({
  run: runView(findRunOrThrow(call, requiredParam(call.query, 'run_id')), call.now),
});

/** POST runs/search: filter on attributes, tags, params and the latest value of metrics; newest start first. */
export const searchRuns: MlflowOperation = ({ access, now, body }) => {
  const experiments = new Set(bodyTexts(body, 'experiment_ids'));
  const clauses = parseFilter(bodyText(body, 'filter'));
  const orders = parseOrder(bodyTexts(body, 'order_by'));
  const view = bodyText(body, 'run_view_type');
  const found = runsAt(access, now)
    .filter((run) => view === 'ALL' || isDeleted(run) === (view === 'DELETED_ONLY'))
    .filter((run) => experiments.has(run.experimentId))
    .filter((run) => clauses.every((clause) => satisfies(fieldOf(run, clause, now), clause)))
    .reverse();
  for (const order of [...orders].reverse()) {
    found.sort((a, b) => compareValues(fieldOf(a, order, now), fieldOf(b, order, now), order.descending));
  }
  const page = cutOffsetPage(
    found,
    pageSize(bodyWhole(body, 'max_results'), DEFAULT_RUNS, MOST_RUNS),
    bodyText(body, 'page_token'),
  );
  return { runs: orNothing(page.items.map((run) => runView(run, now))), next_page_token: page.next };
};

/** GET artifacts/list: the config a job ran with, and what it wrote at its end. */
export const listArtifacts: MlflowOperation = (call) => {
  const run = findRunOrThrow(call, requiredParam(call.query, 'run_id'));
  const path = call.query.get('path') ?? '';
  const finished = call.now >= lifeOf(run.job).endTime;
  const all = [
    { path: 'config/job-config.json', size: JSON.stringify(run.job.document).length },
    ...(finished ? [{ path: 'summary.json', size: 2_048 }] : []),
  ];
  const inside = path === '' ? '' : `${path.replace(/\/$/, '')}/`;
  const files = new Map<string, { path: string; is_dir: boolean; file_size?: number }>();
  for (const file of all.filter((candidate) => candidate.path.startsWith(inside))) {
    const [name = '', deeper] = file.path.slice(inside.length).split('/');
    const full = inside + name;
    files.set(
      full,
      deeper === undefined ? { path: full, is_dir: false, file_size: file.size } : { path: full, is_dir: true },
    );
  }
  return { root_uri: artifactUri(run), files: orNothing([...files.values()]) };
};

/** The run, or MLflow's 404. */
export function findRunOrThrow({ access, now }: MlflowCall, runId: string): MlflowRun {
  const run = findRun(access, runId, now);
  if (!run) throw notFound(`Run with id=${runId} not found`);
  return run;
}

function fieldOf(
  run: MlflowRun,
  { kind, key }: Pick<Clause, 'kind' | 'key'>,
  now: number,
): string | number | undefined {
  if (kind === 'tag') return runTags(run)[key];
  if (kind === 'param') return runParams(run)[key];
  if (kind === 'metric') return latestMetrics(run.job, now).get(key)?.value;
  const { endTime } = lifeOf(run.job);
  switch (key.toLowerCase()) {
    case 'run_id':
      return run.runId;
    case 'run_name':
    case 'run name':
      return run.runName;
    case 'status':
      return runStatus(run, now);
    case 'user_id':
      return 'sagemaker';
    case 'start_time':
    case 'created':
      return run.startedAt;
    case 'end_time':
      return now >= endTime ? endTime : undefined;
    case 'artifact_uri':
      return artifactUri(run);
    default:
      throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '{'status', 'artifact_uri', 'run_id'}'`);
  }
}
