import 'server-only';
import { and, desc, eq, inArray, isNotNull, isNull, ne, notInArray, sql } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import type { RewardSummary } from '@/lib/contract/reward-summary';
import type { SeriesColumns } from '@/lib/metrics/to-series';
import type { Catalog } from './catalog';
import { cleanJson } from './clean-text';
import { packPoints, unpackPoints } from './metric-points';
import { jobs, metricRuns, metricSeries } from './schema';
import type { Scope } from './scopes-store';

export type StoredRun = typeof metricRuns.$inferSelect;

/** A job as reading its metrics needs it. */
export interface MetricJob extends JobRef {
  id: number;
  status: string;
  createdAt: Date;
  endedAt: Date | null;
  described: boolean;
  mlflow: typeof jobs.$inferSelect.mlflow;
  run: StoredRun | null;
}

/** How much of a series is in the catalog. */
export interface SeriesState {
  key: string;
  total: number;
  whole: boolean;
  lastStep: number | null;
  lastTimeMs: number | null;
}

const jobColumns = {
  id: jobs.id,
  jobCategory: jobs.category,
  jobName: jobs.name,
  status: jobs.status,
  createdAt: jobs.createdAt,
  endedAt: jobs.endedAt,
  described: sql<boolean>`${jobs.describedAt} IS NOT NULL`,
  mlflow: jobs.mlflow,
  run: metricRuns,
};

const selectJobs = (catalog: Catalog) =>
  catalog.db.select(jobColumns).from(jobs).leftJoin(metricRuns, eq(metricRuns.jobId, jobs.id)).$dynamic();

/** Jobs by name, those the catalog has. */
export async function findMetricJobs(catalog: Catalog, scope: Scope, refs: readonly JobRef[]): Promise<MetricJob[]> {
  if (refs.length === 0) return [];
  const found = await selectJobs(catalog).where(
    and(eq(jobs.scopeId, scope.id), inArray(jobs.name, [...new Set(refs.map(({ jobName }) => jobName))])),
  );
  return found.filter((job) => refs.some((ref) => ref.jobName === job.jobName && ref.jobCategory === job.jobCategory));
}

/** Jobs by their ids. */
export async function listMetricJobs(catalog: Catalog, scope: Scope, ids: readonly number[]): Promise<MetricJob[]> {
  if (ids.length === 0) return [];
  return selectJobs(catalog).where(and(eq(jobs.scopeId, scope.id), inArray(jobs.id, [...ids])));
}

export interface IncompleteWish {
  live: boolean;
  limit: number;
  /** Jobs that are waited with. */
  exceptIds: readonly number[];
  /** MLflow resources that are waited with, by ARN. */
  exceptResources: readonly string[];
}

/** Jobs whose metrics are not read to the end, the newest first. */
export async function listIncompleteJobs(
  catalog: Catalog,
  scope: Scope,
  { live, limit, exceptIds, exceptResources }: IncompleteWish,
): Promise<MetricJob[]> {
  return selectJobs(catalog)
    .where(
      and(
        eq(jobs.scopeId, scope.id),
        sql`${jobs.describedAt} IS NOT NULL AND NOT coalesce(${metricRuns.complete}, false)`,
        live ? isNull(jobs.endedAt) : isNotNull(jobs.endedAt),
        exceptIds.length > 0 ? notInArray(jobs.id, [...exceptIds]) : undefined,
        exceptResources.length > 0
          ? sql`coalesce(${jobs.mlflow}->>'resourceArn', '') NOT IN ${[...exceptResources]}`
          : undefined,
      ),
    )
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(limit);
}

/** Which of these runs the service names as the run of another job. */
export async function runsOfOthers(
  catalog: Catalog,
  scope: Scope,
  jobId: number,
  runIds: readonly string[],
): Promise<Set<string>> {
  if (runIds.length === 0) return new Set();
  const rows = await catalog.db
    .select({ runId: sql<string>`${jobs.mlflow}->>'runId'` })
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), ne(jobs.id, jobId), sql`${jobs.mlflow}->>'runId' IN ${[...runIds]}`));
  return new Set(rows.map(({ runId }) => runId));
}

/** What is kept of each of these keys of a job, without the points; all keys when none are named. */
export async function listSeriesStates(catalog: Catalog, jobId: number, keys?: readonly string[]) {
  if (keys?.length === 0) return new Map<string, SeriesState>();
  const rows: SeriesState[] = await catalog.db
    .select({
      key: metricSeries.key,
      total: metricSeries.total,
      whole: metricSeries.whole,
      lastStep: metricSeries.lastStep,
      lastTimeMs: metricSeries.lastTimeMs,
    })
    .from(metricSeries)
    .where(and(eq(metricSeries.jobId, jobId), keys && inArray(metricSeries.key, [...keys])));
  return new Map(rows.map((row) => [row.key, row]));
}

/** The series of several jobs under these keys; what is not kept is not in it. */
export async function listSeries(
  catalog: Catalog,
  jobIds: readonly number[],
  keys: readonly string[],
): Promise<{ jobId: number; key: string; series: SeriesColumns }[]> {
  if (jobIds.length === 0 || keys.length === 0) return [];
  const rows = await catalog.db
    .select({
      jobId: metricSeries.jobId,
      key: metricSeries.key,
      total: metricSeries.total,
      points: metricSeries.points,
    })
    .from(metricSeries)
    .where(and(inArray(metricSeries.jobId, [...jobIds]), inArray(metricSeries.key, [...keys])));
  return rows.map(({ jobId, key, total, points }) => ({ jobId, key, series: unpackPoints(points, total) }));
}

/** Keeps what was learnt of a run. A job that is gone from the catalog meanwhile is passed over. */
export async function saveRun(catalog: Catalog, run: StoredRun): Promise<void> {
  const row = cleanJson(run);
  await catalog.db.transaction(async (tx) => {
    const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, run.jobId));
    if (!job) return;
    await tx.insert(metricRuns).values(row).onConflictDoUpdate({ target: metricRuns.jobId, set: row });
  });
}

/** Keeps a series in place of what was kept under its key. */
export async function saveSeries(
  catalog: Catalog,
  { jobId, key, whole, series }: { jobId: number; key: string; whole: boolean; series: SeriesColumns },
): Promise<void> {
  const row = {
    jobId,
    key,
    whole,
    count: series.steps.length,
    total: series.total,
    lastStep: series.steps.at(-1) ?? null,
    lastTimeMs: series.timesMs.at(-1) ?? null,
    points: packPoints(series),
  };
  await catalog.db.transaction(async (tx) => {
    const [job] = await tx.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId));
    if (!job) return;
    await tx
      .insert(metricSeries)
      .values(row)
      .onConflictDoUpdate({ target: [metricSeries.jobId, metricSeries.key], set: row });
  });
}

/** Keeps what the jobs list shows of reward. Gives whether that changed: only then the catalog counts as touched. */
export async function saveReward(
  catalog: Catalog,
  scope: Scope,
  jobId: number,
  reward: RewardSummary | undefined,
): Promise<boolean> {
  const json = reward ? JSON.stringify(reward) : null;
  const rows = await catalog.db
    .update(jobs)
    .set({ reward: reward ?? null })
    .where(and(eq(jobs.id, jobId), sql`${jobs.reward} IS DISTINCT FROM ${json}::jsonb`))
    .returning({ id: jobs.id });
  if (rows.length === 0) return false;
  catalog.touch(scope.id);
  return true;
}
