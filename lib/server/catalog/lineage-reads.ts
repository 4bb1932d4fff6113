import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { JobCategory } from '@/lib/contract/names';
import type { RewardSummary } from '@/lib/contract/reward-summary';
import type { RawProgress } from '@/lib/jobs/progress';
import type { Catalog } from './catalog';
import { rowsOf } from './rows-of';
import { jobs, KIND_CODES, packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

/** A job as lineage needs it: no document, no search text. */
export interface LineageJobRow {
  id: number;
  category: JobCategory;
  name: string;
  status: string;
  secondaryStatus: string;
  createdAt: Date;
  endedAt: Date | null;
  deletedAt: Date | null;
  baseModel: string | null;
  dataset: string | null;
  inputArn: string | null;
  inputGroup: string | null;
  inputVersion: number | null;
  inputKind: (typeof KIND_CODES)[number] | null;
  inputStep: number | null;
  inputWrittenAt: Date | null;
  makerId: number | null;
  progress: RawProgress | null;
  resumableCount: number;
  modelCount: number;
  lastResumableStep: number | null;
  reward: RewardSummary | null;
}

const input = alias(packages, 'input_package');

/** Every job of a scope with what it started from. One query, whatever the account. */
export async function listLineageJobs(catalog: Catalog, scope: Scope): Promise<LineageJobRow[]> {
  return catalog.db
    .select({
      id: jobs.id,
      category: jobs.category,
      name: jobs.name,
      status: jobs.status,
      secondaryStatus: jobs.secondaryStatus,
      createdAt: jobs.createdAt,
      endedAt: jobs.endedAt,
      deletedAt: jobs.deletedAt,
      baseModel: jobs.baseModel,
      dataset: jobs.dataset,
      inputArn: jobs.inputPackageArn,
      inputGroup: jobs.inputGroup,
      inputVersion: jobs.inputVersion,
      inputKind: input.kind,
      inputStep: input.step,
      inputWrittenAt: input.createdAt,
      makerId: input.jobId,
      progress: jobs.progress,
      resumableCount: jobs.resumableCount,
      modelCount: jobs.modelCount,
      lastResumableStep: jobs.lastResumableStep,
      reward: jobs.reward,
    })
    .from(jobs)
    .leftJoin(packageGroups, and(eq(packageGroups.scopeId, jobs.scopeId), eq(packageGroups.name, jobs.inputGroup)))
    .leftJoin(input, and(eq(input.groupId, packageGroups.id), eq(input.version, jobs.inputVersion)))
    .where(eq(jobs.scopeId, scope.id));
}

/** First and last step of a job, and how many checkpoints lie in each of up to `buckets` ranges of equal size. */
export interface StepCounts {
  jobId: number;
  from: number;
  last: number;
  size: number;
  /** Bucket, packages in it, when the last of them was written. */
  buckets: { bucket: number; count: number; lastAt: Date }[];
}

/** Of jobs, by their ids. Two queries; jobs without an attributed step are absent. */
export async function countSteps(catalog: Catalog, jobIds: readonly number[], buckets: number): Promise<StepCounts[]> {
  if (jobIds.length === 0) return [];
  const wanted = rowsOf(
    { job_id: 'integer' },
    jobIds.map((id) => ({ job_id: id })),
  );
  const ranges = await catalog.db.execute<{ job_id: number; first: number; last: number }>(sql`
    SELECT input.job_id, low.step AS first, high.step AS last FROM ${wanted}
    CROSS JOIN LATERAL (SELECT step FROM packages p WHERE p.job_id = input.job_id AND step IS NOT NULL AND status <> 'Deleted' ORDER BY step LIMIT 1) low
    CROSS JOIN LATERAL (SELECT step FROM packages p WHERE p.job_id = input.job_id AND step IS NOT NULL AND status <> 'Deleted' ORDER BY step DESC LIMIT 1) high`);
  const found = new Map<number, StepCounts>(
    ranges.rows.map(({ job_id, first, last }) => [
      job_id,
      { jobId: job_id, from: first, last, size: Math.max(1, Math.ceil((last - first + 1) / buckets)), buckets: [] },
    ]),
  );
  if (found.size === 0) return [];
  const sized = rowsOf(
    { job_id: 'integer', first: 'integer', size: 'integer' },
    [...found.values()].map(({ jobId, from, size }) => ({ job_id: jobId, first: from, size })),
  );
  const counted = await catalog.db.execute<{ job_id: number; bucket: number; count: number; last_at: number }>(sql`
    SELECT p.job_id, (p.step - input.first) / input.size AS bucket, count(*)::integer AS count, (extract(epoch FROM max(p.created_at)) * 1000)::double precision AS last_at
    FROM ${sized} JOIN packages p ON p.job_id = input.job_id
    WHERE p.step IS NOT NULL AND p.status <> 'Deleted' GROUP BY 1, 2 ORDER BY 1, 2`);
  for (const { job_id, bucket, count, last_at } of counted.rows) {
    found.get(job_id)?.buckets.push({ bucket, count, lastAt: new Date(last_at) });
  }
  return [...found.values()];
}

export interface StepPackage {
  jobId: number;
  step: number;
  group: string;
  version: number;
  kind: (typeof KIND_CODES)[number];
  createdAt: Date;
}

/** The packages of some steps of some jobs that are still there, oldest version first. One query. */
export async function listStepPackages(
  catalog: Catalog,
  steps: readonly { jobId: number; step: number }[],
): Promise<StepPackage[]> {
  if (steps.length === 0) return [];
  const wanted = rowsOf(
    { job_id: 'integer', step: 'integer' },
    steps.map(({ jobId, step }) => ({ job_id: jobId, step })),
  );
  const { rows } = await catalog.db.execute<{
    job_id: number;
    step: number;
    name: string;
    version: number;
    kind: number;
    created_at: number;
  }>(sql`
    SELECT p.job_id, p.step, g.name, p.version, p.kind, (extract(epoch FROM p.created_at) * 1000)::double precision AS created_at
    FROM ${wanted} JOIN packages p ON p.job_id = input.job_id AND p.step = input.step AND p.status <> 'Deleted'
    JOIN package_groups g ON g.id = p.group_id ORDER BY p.version`);
  return rows.map((row) => ({
    jobId: row.job_id,
    step: row.step,
    group: row.name,
    version: row.version,
    kind: KIND_CODES[row.kind] ?? 'unknown',
    createdAt: new Date(row.created_at),
  }));
}

/** Packages of the scope that no job could be found for. */
export async function countUnattributed(catalog: Catalog, scope: Scope): Promise<number> {
  const { rows } = await catalog.db.execute<{ count: number }>(sql`
    SELECT count(*)::integer AS count FROM packages p JOIN package_groups g ON g.id = p.group_id
    WHERE g.scope_id = ${scope.id} AND p.job_id IS NULL AND p.status <> 'Deleted'`);
  return rows[0]?.count ?? 0;
}

/** The job and step of a package, and its kind; undefined when the catalog has no such package. */
export async function findPackagePlace(catalog: Catalog, scope: Scope, group: string, version: number) {
  const [row] = await catalog.db
    .select({ jobId: packages.jobId, step: packages.step })
    .from(packages)
    .innerJoin(packageGroups, eq(packageGroups.id, packages.groupId))
    .where(and(eq(packageGroups.scopeId, scope.id), eq(packageGroups.name, group), eq(packages.version, version)));
  return row;
}
