import 'server-only';
import type { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { ListRolloutsResponse, listRolloutsQuerySchema, MetricSource, Rollout } from '@/lib/contract/metrics';
import { HEADLINE_KEYS } from '@/lib/metrics/curated-keys';
import type { SeriesColumns } from '@/lib/metrics/to-series';
import { listSeries, type MetricJob } from '../catalog/metrics-store';
import type { Deployment } from '../deployment';
import { PageCache } from '../logs/page-cache';
import { bringSeries, getMetricJob } from './get-metrics';
import { isOver } from './job-metrics';
import { loadBatch, type RolloutBatch } from './rollout-batches';
import { formatRolloutCursor, parseRolloutCursor } from './rollout-cursor';
import { toSource } from './source-of';

type Query = z.infer<typeof listRolloutsQuerySchema>;

/** 2,000 rollouts are about a million characters: some dozens of batches are kept, whoever asks next. */
const CACHE_CHARS = 24_000_000;
/** What a live job rolled out is asked for again after this long, however many look on. */
const LIVE_MS = 15_000;
/** The clocks of agent and trainer are two. */
const SLACK_MS = 2_000;
const FACTS = ['step', 'reward', 'turns', 'tokens'] as const;

const caches = new WeakMap<Deployment, PageCache<RolloutBatch>>();

/**
 * Rollouts of a job, of one step when it is named: sorted and filtered over everything MLflow has of that step, or over
 * the newest 2,000 of the run. When MLflow fails, `source` says why and the list is empty. Throws `not_found` for a job
 * that is not there and `bad_request` for a cursor that is none.
 */
export async function listRollouts(
  d: Deployment,
  region: string,
  ref: JobRef,
  query: Query,
): Promise<ListRolloutsResponse> {
  const cursor = parseRolloutCursor(query.cursor);
  const job = await getMetricJob(d, region, ref);
  const [headline] = HEADLINE_KEYS[job.jobCategory];
  const source = await bringSeries(d, region, job, [headline]);
  const clock = { asOf: source.readAt, awsNow: d.awsNow(region).toISOString() };
  const nothing = (said: MetricSource): ListRolloutsResponse => ({ ...clock, source: said, rollouts: [], missing: [] });
  const target = d.metrics.targetOf(job);
  const { runId, experimentId } = source;
  if (!target || !runId || !experimentId || !job.run?.latest) return nothing(source);
  const window = await windowOf(d, job, headline, query.step);
  if (window === undefined) return { ...nothing(source), total: 0 };

  let batch: RolloutBatch;
  try {
    const bucket = job.run.settled ? '' : ` ${Math.floor(Date.now() / LIVE_MS)}`;
    batch = await cacheOf(d).get(
      `${region} ${job.id} ${runId} ${query.step ?? ''} ${cursor.token ?? ''} ${cursor.foundBy ?? ''}${bucket}`,
      () => loadBatch(d.mlflow(region), target, { runId, experimentId, ...window }, cursor),
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return nothing(toSource(job, null, error));
  }
  const told = batch.rollouts.filter(
    ({ step }) => query.step === undefined || step === undefined || step === query.step,
  );
  const chosen = sort(
    told.filter((rollout) => isOutcome(rollout, query.outcome)),
    query.sort,
  );
  const end = cursor.offset + query.limit;
  return {
    ...clock,
    source,
    rollouts: chosen.slice(cursor.offset, end),
    total: chosen.length,
    foundBy: batch.foundBy,
    missing: told.length === 0 ? [] : FACTS.filter((fact) => told.every((rollout) => rollout[fact] === undefined)),
    nextCursor: nextCursor(chosen.length, end, cursor, batch),
  };
}

function cacheOf(d: Deployment): PageCache<RolloutBatch> {
  const cache =
    caches.get(d) ?? new PageCache<RolloutBatch>(CACHE_CHARS, ({ rollouts }) => 200 + 400 * rollouts.length);
  caches.set(d, cache);
  return cache;
}

/**
 * When the rollouts of a step began: after the step before it was done and before it was done itself, by the times of the
 * headline metric. The whole time of the job without a step; undefined for a step that nothing was logged of.
 */
async function windowOf(
  d: Deployment,
  job: MetricJob,
  headline: string,
  step: number | undefined,
): Promise<{ fromMs?: number; toMs?: number } | undefined> {
  const whole = {
    fromMs: job.createdAt.getTime() - SLACK_MS,
    ...(isOver(job) && job.endedAt && { toMs: job.endedAt.getTime() + SLACK_MS }),
  };
  if (step === undefined || job.jobCategory !== 'AgentRFT') return whole;
  const [stored] = await listSeries(d.catalog, [job.id], [headline]);
  const times = stored && timesOf(stored.series, step);
  if (!times) return step === 0 ? { ...whole, ...firstOf(stored?.series) } : undefined;
  return { fromMs: (times.fromMs ?? whole.fromMs) - SLACK_MS, toMs: times.toMs + SLACK_MS };
}

function timesOf({ steps, timesMs }: SeriesColumns, step: number): { fromMs?: number; toMs: number } | undefined {
  const at = steps.indexOf(step);
  const toMs = timesMs[at];
  // The step under way has no point yet.
  if (toMs === undefined) {
    return step === (steps.at(-1) ?? -1) + 1 ? { fromMs: timesMs.at(-1), toMs: 8.64e15 } : undefined;
  }
  // A step that was collected twice began before the first of its points: one more step is looked at, and told apart by its number.
  return { fromMs: timesMs[at - 1], toMs };
}

/** The baseline validation, step 0, runs before step 1 is logged. */
const firstOf = (series: SeriesColumns | undefined) =>
  series?.timesMs[0] === undefined ? {} : { toMs: series.timesMs[0] };

function isOutcome({ state, reward }: Rollout, outcome: Query['outcome']): boolean {
  if (outcome === 'error') return state === 'error';
  if (outcome === 'zero') return reward === 0;
  return outcome === 'all' || (reward !== undefined && reward > 0);
}

function sort(rollouts: Rollout[], by: Query['sort']): Rollout[] {
  const time = ({ startTime }: Rollout) => (startTime === undefined ? 0 : Date.parse(startTime));
  const worth: Record<Query['sort'], (rollout: Rollout) => number> = {
    time: (rollout) => -time(rollout),
    // What nobody scored is neither good nor bad: it comes last.
    worst: ({ reward }) => reward ?? Number.MAX_VALUE,
    best: ({ reward }) => -(reward ?? -Number.MAX_VALUE),
    longest: ({ durationMs }) => -(durationMs ?? -1),
  };
  const of = worth[by];
  return [...rollouts].sort((a, b) => of(a) - of(b) || time(b) - time(a) || (a.traceId < b.traceId ? -1 : 1));
}

function nextCursor(
  total: number,
  end: number,
  { token }: { token?: string },
  { foundBy, nextToken }: RolloutBatch,
): string | undefined {
  if (end < total) return formatRolloutCursor({ offset: end, token, foundBy });
  return nextToken === undefined ? undefined : formatRolloutCursor({ offset: 0, token: nextToken, foundBy });
}
