import {
  bodyText,
  bodyTexts,
  bodyWhole,
  formatOffset,
  type MlflowCall,
  type MlflowOperation,
  orNothing,
  pageSize,
  readOffset,
  wholeParam,
} from '../mlflow-call';
import { invalid } from '../mlflow-error';
import { runsAt } from '../runs';
import { type Clause, compareValues, type Order, parseFilter, parseOrder, satisfies } from '../search-filter';
import { traceIdOf } from '../traces/spans';
import { legacyTraceInfo, TRACE_NAME, type Trace, traceInfo, traceMetadata, traceTags } from '../traces/trace-info';
import { tracesOf } from '../traces/trace-list';
import { traceQuirksOf } from '../traces/trace-quirks';

const DEFAULT_TRACES = 100;
const MOST_TRACES = 500;

interface Search {
  experiments: readonly string[];
  filter: string | undefined;
  orderBy: readonly string[];
  size: number;
  token: string | null | undefined;
}

/** POST 3.0 traces/search. */
export const searchTraces: MlflowOperation = (call) => {
  const { body } = call;
  const page = search(call, {
    experiments: experimentsIn(body.locations),
    filter: bodyText(body, 'filter'),
    orderBy: bodyTexts(body, 'order_by'),
    size: pageSize(bodyWhole(body, 'max_results'), DEFAULT_TRACES, MOST_TRACES),
    token: bodyText(body, 'page_token'),
  });
  return { traces: orNothing(page.traces.map(traceInfo)), next_page_token: page.next };
};

/** GET 2.0 traces: the same search with the answers of the older form. */
export const searchTracesLegacy: MlflowOperation = (call) => {
  const { query } = call;
  const page = search(call, {
    experiments: query.getAll('experiment_ids'),
    filter: query.get('filter') ?? undefined,
    orderBy: query.getAll('order_by'),
    size: pageSize(wholeParam(query, 'max_results'), DEFAULT_TRACES, MOST_TRACES),
    token: query.get('page_token'),
  });
  return { traces: orNothing(page.traces.map(legacyTraceInfo)), next_page_token: page.next };
};

function search({ access, now }: MlflowCall, wish: Search): { traces: Trace[]; next?: string } {
  const clauses = parseFilter(wish.filter);
  const orders = parseOrder(wish.orderBy);
  const runs = runsAt(access, now).filter(
    (run) =>
      wish.experiments.includes(run.experimentId) &&
      // Naming the run narrows the search before any trace is made.
      clauses.every((clause) => !isRun(clause) || (traceQuirksOf(run.job).namesRun && satisfies(run.runId, clause))),
  );
  const [first] = orders;
  const byTime = first === undefined || isTime(first);
  const traces = matching(tracesOf(runs, now, first?.descending === false && byTime), clauses);
  return cut(byTime ? traces : sorted(traces, orders), readOffset(wish.token), wish.size);
}

function* matching(traces: Iterable<Trace>, clauses: readonly Clause[]): Generator<Trace> {
  for (const trace of traces) {
    if (clauses.every((clause) => satisfies(fieldOf(trace, clause), clause))) yield trace;
  }
}

function sorted(traces: Iterable<Trace>, orders: readonly Order[]): Trace[] {
  const all = [...traces];
  for (const order of [...orders].reverse()) {
    all.sort((a, b) => compareValues(fieldOf(a, order), fieldOf(b, order), order.descending));
  }
  return all;
}

function cut(traces: Iterable<Trace>, offset: number, size: number): { traces: Trace[]; next?: string } {
  const page: Trace[] = [];
  let seen = 0;
  for (const trace of traces) {
    if (seen === offset + size) return { traces: page, next: formatOffset(seen) };
    if (seen >= offset) page.push(trace);
    seen += 1;
  }
  return { traces: page };
}

const isTime = ({ kind, key }: Pick<Clause, 'kind' | 'key'>) =>
  kind === 'attribute' && ['timestamp', 'timestamp_ms', 'request_time'].includes(key);
const isRun = ({ kind, key }: Pick<Clause, 'kind' | 'key'>) =>
  (kind === 'attribute' && key === 'run_id') || (kind === 'metadata' && key === 'mlflow.sourceRun');

function fieldOf(trace: Trace, { kind, key }: Pick<Clause, 'kind' | 'key'>): string | number | undefined {
  const { rollout } = trace;
  if (kind === 'tag') return traceTags(trace)[key];
  if (kind === 'metadata') return traceMetadata(trace)[key];
  switch (key) {
    case 'request_id':
    case 'trace_id':
      return traceIdOf(rollout);
    case 'timestamp':
    case 'timestamp_ms':
    case 'request_time':
      return rollout.startedAt;
    case 'execution_time':
    case 'execution_time_ms':
      return rollout.durationMs;
    case 'status':
    case 'state':
      return rollout.status;
    case 'name':
      return TRACE_NAME;
    case 'run_id':
      return traceMetadata(trace)['mlflow.sourceRun'];
    default:
      throw invalid(`Invalid attribute key '${key}' specified.`);
  }
}

function experimentsIn(locations: unknown): string[] {
  if (!Array.isArray(locations) || locations.length === 0) {
    throw invalid("At least one location must be specified for parameter 'locations'.");
  }
  return locations.map((location: { mlflow_experiment?: { experiment_id?: unknown } } | null) => {
    const id = location?.mlflow_experiment?.experiment_id;
    if (typeof id !== 'string')
      throw invalid('Only locations of type MLFLOW_EXPERIMENT with an experiment_id are known.');
    return id;
  });
}
