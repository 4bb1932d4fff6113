import type { MetricPoint } from '../../../world/metrics';
import { loggedHistory } from '../logged-metrics';
import {
  cutOffsetPage,
  type MlflowCall,
  type MlflowOperation,
  orNothing,
  requiredParam,
  wholeParam,
} from '../mlflow-call';
import { invalid } from '../mlflow-error';
import { metricView } from '../run-view';
import type { MlflowRun } from '../runs';
import { findRunOrThrow } from './runs';

/** Where MLflow caps what one answer may hold (MLflow source). */
const MOST_POINTS = 25_000;
const MOST_RUNS = 100;
const MOST_INTERVAL_POINTS = 2_500;

/** GET metrics/get-history: one metric of one run. Everything at once unless `max_results` asks for pages. */
export const getMetricHistory: MlflowOperation = (call) => {
  const run = findRunOrThrow(call, requiredParam(call.query, 'run_id'));
  const key = requiredParam(call.query, 'metric_key');
  const size = wholeParam(call.query, 'max_results');
  if (size !== undefined && size < 1) throw invalid(`Invalid value ${size} for parameter 'max_results'.`);
  const points = loggedHistory(run.job, key, call.now);
  const page = cutOffsetPage(points, Math.min(size ?? MOST_POINTS, MOST_POINTS), call.query.get('page_token'));
  return { metrics: orNothing(page.items.map((point) => metricView(key, point))), next_page_token: page.next };
};

/** GET metrics/get-history-bulk: one metric of up to 100 runs, ordered by run, timestamp and step. */
export const getMetricHistoryBulk: MlflowOperation = (call) => {
  const runs = runsOf(call, 'run_id');
  const key = requiredParam(call.query, 'metric_key');
  const most = Math.min(wholeParam(call.query, 'max_results') ?? MOST_POINTS, MOST_POINTS);
  const points = [...runs]
    .sort((a, b) => (a.runId < b.runId ? -1 : 1))
    .flatMap((run) => loggedHistory(run.job, key, call.now).map((point) => metricView(key, point, run.runId)));
  return { metrics: points.slice(0, most) };
};

/** GET metrics/get-history-bulk-interval: the same, thinned evenly by step; the first and last step always stay. */
export const getMetricHistoryBulkInterval: MlflowOperation = (call) => {
  const runs = runsOf(call, 'run_ids');
  const key = requiredParam(call.query, 'metric_key');
  const start = wholeParam(call.query, 'start_step');
  const end = wholeParam(call.query, 'end_step');
  if ((start === undefined) !== (end === undefined)) {
    throw invalid('If either start step or end step are specified, both must be specified.');
  }
  if (start !== undefined && end !== undefined && start > end) {
    throw invalid(`end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`);
  }
  const most = wholeParam(call.query, 'max_results') ?? MOST_INTERVAL_POINTS;
  if (most < 1 || most > MOST_INTERVAL_POINTS) {
    throw invalid(`max_results must be between 1 and ${MOST_INTERVAL_POINTS}. Found max_results=${most}.`);
  }
  const histories = runs.map((run) => ({
    run,
    points: loggedHistory(run.job, key, call.now).filter(
      (point) => point.step >= (start ?? 0) && point.step <= (end ?? Number.POSITIVE_INFINITY),
    ),
  }));
  const metrics = histories.flatMap(({ run, points }) => {
    const kept = sampledSteps(points, most);
    return points.filter((point) => kept.has(point.step)).map((point) => metricView(key, point, run.runId));
  });
  return { metrics: orNothing(metrics) };
};

function runsOf(call: MlflowCall, param: string): MlflowRun[] {
  const ids = call.query.getAll(param);
  if (ids.length === 0) throw invalid(`Missing value for required parameter '${param}'.`);
  if (ids.length > MOST_RUNS) throw invalid(`GetMetricHistoryBulk request must specify at most ${MOST_RUNS} run_ids.`);
  return ids.map((id) => findRunOrThrow(call, id));
}

/** About `most` steps, evenly spread, with both ends. */
function sampledSteps(points: readonly MetricPoint[], most: number): Set<number> {
  const steps = [...new Set(points.map((point) => point.step))].sort((a, b) => a - b);
  if (steps.length <= most) return new Set(steps);
  const stride = (steps.length - 1) / Math.max(1, most - 1);
  const kept = Array.from({ length: most }, (_, i) => steps[Math.round(i * stride)] ?? 0);
  return new Set([...kept, steps.at(-1) ?? 0]);
}
