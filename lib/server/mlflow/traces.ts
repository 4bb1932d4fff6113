import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { asRecord } from '@/lib/jobs/parse-value';
import type { MlflowClient } from './mlflow-client';
import type { MlflowTarget } from './mlflow-errors';

const searchSchema = z.looseObject({
  traces: z.array(z.unknown()).nullish(),
  next_page_token: z.string().nullish(),
});
const traceSchema = z.looseObject({
  trace: z.looseObject({ trace_info: z.unknown(), spans: z.array(z.unknown()).nullish() }),
});
const infoSchema = z.looseObject({ trace: z.looseObject({ trace_info: z.unknown() }) });
const artifactSchema = z.looseObject({ spans: z.array(z.unknown()).nullish() });

/** The most that one search gives (MLflow source). */
const PAGE = 500;
/** A trace of 30,000 spans is about 15 MB; what is larger is for MLflow's own pages. */
const MAX_TRACE_BYTES = 40 * 1024 * 1024;

export interface TraceSearch {
  experimentId: string;
  runId?: string;
  fromMs?: number;
  toMs?: number;
}

export interface TracePage {
  /** TraceInfos as they came. */
  infos: unknown[];
  nextToken?: string;
}

/** One page of the traces of an experiment, newest first, narrowed to a run and a stretch of time. */
export async function searchTraces(
  client: MlflowClient,
  target: MlflowTarget,
  search: TraceSearch,
  token?: string,
): Promise<TracePage> {
  const clauses = [
    ...(search.runId ? [`run_id = '${search.runId.replaceAll("'", '')}'`] : []),
    ...(search.fromMs !== undefined ? [`timestamp_ms >= ${Math.floor(search.fromMs)}`] : []),
    ...(search.toMs !== undefined ? [`timestamp_ms <= ${Math.ceil(search.toMs)}`] : []),
  ];
  const answer = await client.call(
    target,
    {
      operation: 'SearchTraces',
      method: 'POST',
      path: '/api/3.0/mlflow/traces/search',
      body: {
        locations: [{ type: 'MLFLOW_EXPERIMENT', mlflow_experiment: { experiment_id: search.experimentId } }],
        ...(clauses.length > 0 && { filter: clauses.join(' AND ') }),
        max_results: PAGE,
        order_by: ['timestamp_ms DESC'],
        ...(token && { page_token: token }),
      },
      maxBytes: 24 * 1024 * 1024,
    },
    searchSchema,
  );
  return { infos: answer.traces ?? [], nextToken: answer.next_page_token || undefined };
}

/** One trace with its spans, wherever MLflow keeps them. Throws `not_found`, and `too_large` beyond 40 MB. */
export async function getTrace(
  client: MlflowClient,
  target: MlflowTarget,
  traceId: string,
): Promise<{ info: unknown; spans: unknown[] }> {
  const whole = await client
    .call(
      target,
      {
        operation: 'GetTrace',
        method: 'GET',
        path: '/api/3.0/mlflow/traces/get',
        query: { trace_id: traceId, allow_partial: 'true' },
        maxBytes: MAX_TRACE_BYTES,
      },
      traceSchema,
    )
    .catch((error: unknown) => {
      // Releases before 3.5 do not have this route and take "get" for an id (assumption); the older ones say the rest.
      if (error instanceof AppError && error.code === 'too_large') throw error;
      return undefined;
    });
  if (whole?.trace.spans?.length) return { info: whole.trace.trace_info, spans: whole.trace.spans };
  const info = whole?.trace.trace_info ?? (await getInfo(client, target, traceId));
  const { spans } = await client.call(
    target,
    {
      operation: 'GetTraceArtifact',
      method: 'GET',
      // The route of MLflow's own pages: it has no other address.
      path: '/ajax-api/3.0/mlflow/get-trace-artifact',
      query: { request_id: traceId },
      maxBytes: MAX_TRACE_BYTES,
    },
    artifactSchema,
  );
  return { info, spans: spans ?? [] };
}

async function getInfo(client: MlflowClient, target: MlflowTarget, traceId: string): Promise<unknown> {
  const { trace } = await client.call(
    target,
    { operation: 'GetTraceInfo', method: 'GET', path: `/api/3.0/mlflow/traces/${encodeURIComponent(traceId)}` },
    infoSchema,
  );
  return asRecord(trace.trace_info);
}
