import type { MlflowOperation } from './mlflow-call';
import { getExperiment, getExperimentByName, searchExperiments } from './operations/experiments';
import { getMetricHistory, getMetricHistoryBulk, getMetricHistoryBulkInterval } from './operations/metrics';
import { getRun, listArtifacts, searchRuns } from './operations/runs';
import { searchTraces, searchTracesLegacy } from './operations/search-traces';
import { batchGetTraces, getTrace, getTraceArtifact, getTraceInfo, getTraceInfoLegacy } from './operations/traces';

export interface MlflowRoute {
  method: 'GET' | 'POST';
  /** Matched against the path behind `/api/` or `/ajax-api/`. */
  path: RegExp;
  /** The name in call counts and faults. */
  name: string;
  perform: MlflowOperation;
}

const route = (method: 'GET' | 'POST', path: string, name: string, perform: MlflowOperation): MlflowRoute => ({
  method,
  path: new RegExp(`^${path.replace('{id}', '([^/]+)')}$`),
  name,
  perform,
});

/** Every emulated call of the tracking API. Literal paths stand before those with a variable part. */
export const MLFLOW_ROUTES: readonly MlflowRoute[] = [
  route('GET', '2.0/mlflow/experiments/get-by-name', 'GetExperimentByName', getExperimentByName),
  route('GET', '2.0/mlflow/experiments/get', 'GetExperiment', getExperiment),
  route('POST', '2.0/mlflow/experiments/search', 'SearchExperiments', searchExperiments),
  route('GET', '2.0/mlflow/runs/get', 'GetRun', getRun),
  route('POST', '2.0/mlflow/runs/search', 'SearchRuns', searchRuns),
  route('GET', '2.0/mlflow/metrics/get-history', 'GetMetricHistory', getMetricHistory),
  route('GET', '2.0/mlflow/metrics/get-history-bulk', 'GetMetricHistoryBulk', getMetricHistoryBulk),
  route(
    'GET',
    '2.0/mlflow/metrics/get-history-bulk-interval',
    'GetMetricHistoryBulkInterval',
    getMetricHistoryBulkInterval,
  ),
  route('GET', '2.0/mlflow/artifacts/list', 'ListArtifacts', listArtifacts),
  route('POST', '3.0/mlflow/traces/search', 'SearchTraces', searchTraces),
  route('GET', '3.0/mlflow/traces/get', 'GetTrace', getTrace),
  route('GET', '3.0/mlflow/traces/batchGet', 'BatchGetTraces', batchGetTraces),
  route('GET', '3.0/mlflow/traces/{id}', 'GetTraceInfo', getTraceInfo),
  route('GET', '3.0/mlflow/get-trace-artifact', 'GetTraceArtifact', getTraceArtifact),
  route('GET', '2.0/mlflow/get-trace-artifact', 'GetTraceArtifact', getTraceArtifact),
  route('GET', '2.0/mlflow/traces', 'SearchTracesLegacy', searchTracesLegacy),
  route('GET', '2.0/mlflow/traces/{id}/info', 'GetTraceInfoLegacy', getTraceInfoLegacy),
];

const API = /^\/(?:ajax-)?api\/(.+)$/;

/** The route of a request and the variable parts of its path. */
export function findMlflowRoute(method: string, path: string): { route: MlflowRoute; params: string[] } | undefined {
  const rest = API.exec(path)?.[1];
  if (rest === undefined) return undefined;
  for (const candidate of MLFLOW_ROUTES) {
    const found = candidate.method === method ? candidate.path.exec(rest) : null;
    if (found) return { route: candidate, params: found.slice(1).map(decodeURIComponent) };
  }
  return undefined;
}
