import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import type { LineageKind } from '@/lib/contract/jobs';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import type { Catalog } from './catalog';
import { lineageKind } from './job-rows';
import { listMetricJobs, type MetricJob } from './metrics-store';
import { configDocuments, jobs, KIND_CODES } from './schema';
import type { Scope } from './scopes-store';

/** What a job started from, as far as the catalog knows. */
export interface StoredOrigin {
  kind: LineageKind;
  group: string;
  version: number;
  step?: number;
}

export interface StoredHop {
  job: MetricJob;
  from?: StoredOrigin;
  /** The job names an input package, whether or not anything is known of it. */
  hasInput: boolean;
}

/** Nobody resumes a job a hundred times; a circle of packages must end somewhere. */
const MAX_HOPS = 100;

interface Origin {
  id: number;
  arn: string | null;
  group: string | null;
  version: number | null;
  kind: string | null;
  step: number | null;
  makerId: number | null;
}

/**
 * For each job the jobs it comes from by their input packages, the oldest first and the job itself last, by its id. Two
 * queries, however many jobs and hops there are.
 */
export async function listBranches(
  catalog: Catalog,
  scope: Scope,
  leaves: readonly MetricJob[],
): Promise<Map<number, StoredHop[]>> {
  const origins = new Map(
    (
      await listOrigins(
        catalog,
        scope,
        leaves.map(({ id }) => id),
      )
    ).map((origin) => [origin.id, origin]),
  );
  const known = new Map(leaves.map((job) => [job.id, job]));
  const missing = [...origins.keys()].filter((id) => !known.has(id));
  for (const job of await listMetricJobs(catalog, scope, missing)) known.set(job.id, job);
  return new Map(leaves.map(({ id }) => [id, climb(id, origins, known)]));
}

function climb(id: number, origins: Map<number, Origin>, known: Map<number, MetricJob>): StoredHop[] {
  const hops: StoredHop[] = [];
  const seen = new Set<number>();
  let next: number | undefined = id;
  while (next !== undefined && !seen.has(next) && hops.length < MAX_HOPS) {
    seen.add(next);
    const job = known.get(next);
    const origin = origins.get(next);
    if (!job || !origin) break;
    const { arn, group, version, kind, step, makerId } = origin;
    const from =
      group === null || version === null
        ? undefined
        : { kind: lineageKind(job.jobCategory, kind), group, version, step: step ?? undefined };
    hops.unshift({ job, hasInput: arn !== null, ...(from && { from }) });
    next = makerId ?? undefined;
  }
  return hops;
}

/** The jobs and everything above them. UNION takes each job once, so a circle of packages ends by itself. */
async function listOrigins(catalog: Catalog, scope: Scope, ids: readonly number[]): Promise<Origin[]> {
  if (ids.length === 0) return [];
  const { rows } = await catalog.db.execute<Origin & Record<string, unknown>>(sql`
    WITH RECURSIVE above (id) AS (
      SELECT id FROM jobs WHERE id IN ${[...ids]}
      UNION
      SELECT p.job_id
      FROM above
      JOIN jobs j ON j.id = above.id
      JOIN package_groups g ON g.scope_id = ${scope.id} AND g.name = j.input_group
      JOIN packages p ON p.group_id = g.id AND p.version = j.input_version
      WHERE p.job_id IS NOT NULL
    )
    SELECT j.id, j.input_package_arn AS arn, j.input_group AS "group", j.input_version AS version,
      p.kind, p.step, p.job_id AS "makerId"
    FROM above
    JOIN jobs j ON j.id = above.id
    LEFT JOIN package_groups g ON g.scope_id = ${scope.id} AND g.name = j.input_group
    LEFT JOIN packages p ON p.group_id = g.id AND p.version = j.input_version
  `);
  return rows.map((row) => ({ ...row, kind: row.kind === null ? null : (KIND_CODES[Number(row.kind)] ?? null) }));
}

/** The config documents of jobs, opened, with their base models; a broken one is undefined. */
export async function listDocuments(
  catalog: Catalog,
  jobIds: readonly number[],
): Promise<Map<number, { document?: Record<string, unknown>; baseModel?: string }>> {
  if (jobIds.length === 0) return new Map();
  const rows = await catalog.db
    .select({ id: jobs.id, baseModel: jobs.baseModel, raw: configDocuments.raw })
    .from(jobs)
    .leftJoin(configDocuments, eq(configDocuments.jobId, jobs.id))
    .where(inArray(jobs.id, [...jobIds]));
  return new Map(
    rows.map(({ id, baseModel, raw }) => [
      id,
      { document: parseConfigDocument(raw ?? undefined).parsed, baseModel: baseModel ?? undefined },
    ]),
  );
}
