import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { type GetRolloutResponse, ROLLOUT_PAGE, type Rollout, type TurnPart } from '@/lib/contract/metrics';
import { countTurns, rootAttributes, toTurnParts } from '@/lib/metrics/to-turn-parts';
import { toRollout } from '@/lib/metrics/trace-facts';
import { toSpans } from '@/lib/metrics/trace-spans';
import type { Deployment } from '../deployment';
import { PageCache } from '../logs/page-cache';
import { getTrace } from '../mlflow/traces';
import { bringSeries, getMetricJob } from './get-metrics';

/** The conversations of one open page, with room for the largest. */
const CACHE_CHARS = 48_000_000;
/** More failures than a reader steps through one by one. */
const FAILED_SHOWN = 200;

interface Conversation {
  rollout: Rollout;
  parts: TurnPart[];
}

const caches = new WeakMap<Deployment, PageCache<Conversation>>();

export const rolloutQuerySchema = z.object({
  /** The first entry of the page, as `nextCursor` gave it. */
  cursor: z
    .string()
    .regex(/^\d{1,7}$/, { error: 'is not a place in this rollout' })
    .optional(),
});

/** The id of a trace as MLflow makes them: `tr-` and 32 hex digits, or an older one. */
export const traceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_:.-]{1,200}$/, { error: 'must be the id of an MLflow trace' });

/**
 * One rollout as a conversation, a hundred entries at a time. The trace is read once and kept for a while when it has
 * ended. Throws `not_found` for a job or trace that is not there, `too_large`, and MLflow's refusals.
 */
export async function getRollout(
  d: Deployment,
  region: string,
  ref: JobRef,
  traceId: string,
  cursor: string | undefined,
): Promise<GetRolloutResponse> {
  const job = await getMetricJob(d, region, ref);
  const target = d.metrics.targetOf(job);
  if (!target) {
    const { message, hint } = await bringSeries(d, region, job, []);
    throw new AppError('not_found', message ?? 'This job has no rollouts in MLflow.', { hint });
  }
  const { rollout, parts } = await cacheOf(d).get(`${region} ${job.id} ${traceId}`, async () => {
    const { info, spans: raw } = await getTrace(d.mlflow(region), target, traceId);
    const spans = toSpans(raw);
    const found = toRollout(info, rootAttributes(spans)) ?? { traceId, state: 'unknown' as const };
    const turns = found.turns ?? (spans.length > 0 ? countTurns(spans) : undefined);
    return { rollout: { ...found, turns }, parts: toTurnParts(spans) };
  });
  const start = cursor === undefined ? 0 : Number(cursor);
  const end = start + ROLLOUT_PAGE;
  return {
    awsNow: d.awsNow(region).toISOString(),
    rollout,
    parts: parts.slice(start, end),
    totalParts: parts.length,
    failedParts: parts.flatMap(({ error }, at) => (error === undefined ? [] : [at])).slice(0, FAILED_SHOWN),
    nextCursor: end < parts.length ? String(end) : undefined,
  };
}

function cacheOf(d: Deployment): PageCache<Conversation> {
  const cache = caches.get(d) ?? new PageCache<Conversation>(CACHE_CHARS, sizeOf);
  caches.set(d, cache);
  return cache;
}

/** A trace that is still being written is not kept. */
function sizeOf({ rollout, parts }: Conversation): number | undefined {
  if (rollout.state !== 'ok' && rollout.state !== 'error') return undefined;
  return parts.reduce((sum, { text }) => sum + text.length + 200, 500);
}
