import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { type RawPoint, toRawPoint } from '@/lib/metrics/to-series';
import type { MlflowClient } from './mlflow-client';
import type { MlflowTarget } from './mlflow-errors';

const historySchema = z.looseObject({
  metrics: z.array(z.unknown()).nullish(),
  next_page_token: z.string().nullish(),
});

/** The store's own limit of a page (MLflow source). */
const PAGE = 25_000;
/** Two and a half million points: beyond it something answers in circles. */
const MAX_PAGES = 100;
/** The most steps that one interval call gives before it thins (MLflow source). */
const INTERVAL_STEPS = 2_500;
/** Steps of an interval have 32 bits (MLflow source), those of a history 64. */
const LAST_STEP = 2_147_483_647;

/**
 * Every point of one metric, page by page: a server without paging answers all at once. One metric a call on every
 * route that MLflow has.
 */
export async function getHistory(
  client: MlflowClient,
  target: MlflowTarget,
  runId: string,
  key: string,
): Promise<RawPoint[]> {
  const points: RawPoint[] = [];
  const seen = new Set<string>();
  let token: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await client.call(
      target,
      {
        operation: 'GetMetricHistory',
        method: 'GET',
        path: '/api/2.0/mlflow/metrics/get-history',
        query: { run_id: runId, metric_key: key, max_results: String(PAGE), ...(token && { page_token: token }) },
        // A server that does not know max_results answers everything.
        maxBytes: 64 * 1024 * 1024,
      },
      historySchema,
    );
    for (const metric of answer.metrics ?? []) {
      const point = toRawPoint(metric);
      if (point) points.push(point);
    }
    token = answer.next_page_token || undefined;
    if (token === undefined || seen.has(token)) return points;
    seen.add(token);
  }
  return points;
}

/**
 * The points from a step on, for a metric that grew. Undefined when they may be incomplete: too many, so that MLflow
 * thinned them, or a server without this route. Then the whole history is to be read.
 */
export async function getTail(
  client: MlflowClient,
  target: MlflowTarget,
  wish: { runId: string; key: string; fromStep: number; toStep?: number },
): Promise<RawPoint[] | undefined> {
  if (Math.max(wish.fromStep, wish.toStep ?? 0) > LAST_STEP) return undefined;
  try {
    const { metrics } = await client.call(
      target,
      {
        // Which permission lets this one in is not documented (assumption: the same).
        operation: 'GetMetricHistory',
        method: 'GET',
        path: '/api/2.0/mlflow/metrics/get-history-bulk-interval',
        query: {
          run_ids: wish.runId,
          metric_key: wish.key,
          start_step: String(Math.max(0, wish.fromStep)),
          end_step: String(LAST_STEP),
          max_results: String(INTERVAL_STEPS),
        },
      },
      historySchema,
    );
    const points = (metrics ?? []).map(toRawPoint).filter((point) => point !== undefined);
    return new Set(points.map(({ step }) => step)).size < INTERVAL_STEPS - 1 ? points : undefined;
  } catch (error) {
    // A run that is gone says so again when its history is read.
    if (
      error instanceof AppError &&
      ['not_found', 'aws_failed', 'unprocessable', 'access_denied'].includes(error.code)
    ) {
      return undefined;
    }
    throw error;
  }
}
