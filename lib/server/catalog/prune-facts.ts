import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobCategory } from '@/lib/contract/names';
import { jobStatusFacts } from '@/lib/jobs/status';
import { REWARD } from '@/lib/metrics/reward-keys';
import {
  COMPLETED,
  emptyColumns,
  FAILED,
  type PackageColumns,
  packageKey,
  putPackage,
  UNFINISHED,
} from '@/lib/prune/package-columns';
import type { JobRewards, PackageAddress, PruneJob } from '@/lib/prune/prune-facts';
import type { Catalog } from './catalog';
import { unpackPoints } from './metric-points';
import { rowsOf } from './rows-of';
import { jobs, metricSeries, packageGroups, packageNotes, packagePins } from './schema';
import type { Scope } from './scopes-store';

// What a clean-up must know. Nothing here asks AWS.

const STATUS_CODES: Record<string, number> = { Completed: COMPLETED, Failed: FAILED };
/** Numbers of one package in the text below. */
const FIELDS = 9;

/**
 * Packages of a scope that are still there, of all jobs or of some, newest job first and then by step: the order they are
 * shown and deleted in. 200,000 rows cross over as one text of numbers for each job: as rows they take seconds.
 */
export async function loadPackageColumns(
  catalog: Catalog,
  scope: Scope,
  jobIds?: readonly number[],
): Promise<PackageColumns> {
  if (jobIds?.length === 0) return emptyColumns(0);
  const { rows } = await catalog.db.execute<{ job_id: number | null; numbers: string }>(sql`
    SELECT p.job_id, string_agg(concat_ws(',', p.group_id, p.version, coalesce(p.step, -1),
      (extract(epoch FROM p.created_at) * 1000)::bigint, p.kind,
      CASE p.status WHEN 'Completed' THEN 1 WHEN 'Failed' THEN 2 ELSE 0 END,
      (p.approval IS NOT DISTINCT FROM 'Approved')::integer, p.evidence, p.step_evidence), ',') AS numbers
    FROM packages p JOIN package_groups g ON g.id = p.group_id
    WHERE g.scope_id = ${scope.id} AND p.status <> 'Deleted'
      ${jobIds ? sql`AND p.job_id IN ${[...jobIds]}` : sql``}
    GROUP BY p.job_id`);
  const parts = rows.map(({ job_id, numbers }) => ({ jobId: job_id ?? 0, numbers: parseNumbers(numbers) }));
  const columns = emptyColumns(parts.reduce((sum, { numbers }) => sum + numbers.length / FIELDS, 0));
  let at = 0;
  // Ids of jobs grow with every job that is met; the first fill meets the newest first, so times decide where it matters.
  const newest = ({ numbers }: { numbers: Float64Array }) => numbers[3] ?? 0;
  for (const { jobId, numbers } of parts.sort((a, b) => newest(b) - newest(a))) {
    for (const place of byStep(numbers)) {
      const [
        groupId = 0,
        version = 0,
        step = -1,
        createdMs = 0,
        kind = 0,
        status = 0,
        approved = 0,
        evidence = 0,
        stepEvidence = 0,
      ] = numbers.subarray(place, place + FIELDS);
      putPackage(columns, at, {
        groupId,
        version,
        jobId: jobId === 0 ? undefined : jobId,
        step: step < 0 ? undefined : step,
        createdMs,
        kind,
        status,
        approved: approved === 1,
        // `time` and `counted` are the weakest of their kinds.
        weak: evidence === 1 || stepEvidence === 1,
      });
      at += 1;
    }
  }
  return columns;
}

function parseNumbers(text: string): Float64Array {
  return Float64Array.from(text.split(','), Number);
}

/** Where each package of a job begins, by step and then by kind. */
function byStep(numbers: Float64Array): number[] {
  const places = Array.from({ length: numbers.length / FIELDS }, (_, i) => i * FIELDS);
  return places.sort(
    (a, b) =>
      (numbers[a + 2] ?? 0) - (numbers[b + 2] ?? 0) ||
      (numbers[a + 4] ?? 0) - (numbers[b + 4] ?? 0) ||
      (numbers[a + 1] ?? 0) - (numbers[b + 1] ?? 0),
  );
}

/** What AWS's word for a package's status means here. */
export const statusCode = (word: string): number =>
  Object.hasOwn(STATUS_CODES, word) ? (STATUS_CODES[word] ?? UNFINISHED) : UNFINISHED;

/** Every job of a scope, also those AWS does not have any more. `root` is the job's own id: lineage is not read here. */
export async function listPruneJobs(catalog: Catalog, scope: Scope): Promise<Map<number, PruneJob>> {
  const rows = await catalog.db
    .select({
      id: jobs.id,
      category: jobs.category,
      name: jobs.name,
      status: jobs.status,
      createdAt: jobs.createdAt,
      endedAt: jobs.endedAt,
      deletedAt: jobs.deletedAt,
      describedAt: jobs.describedAt,
      inputGroup: jobs.inputGroup,
      inputVersion: jobs.inputVersion,
      inputArn: jobs.inputPackageArn,
      outputArn: jobs.outputPackageArn,
    })
    .from(jobs)
    .where(eq(jobs.scopeId, scope.id));
  return new Map(
    rows.map((row) => {
      const deleted = row.deletedAt !== null;
      const job: PruneJob = {
        id: row.id,
        ref: { jobCategory: row.category, jobName: row.name },
        createdMs: row.createdAt.getTime(),
        status: row.status,
        live: !deleted && row.endedAt === null && !jobStatusFacts(row.status).final,
        deleted,
        described: row.describedAt !== null,
        input:
          row.inputGroup !== null && row.inputVersion !== null
            ? { group: row.inputGroup, version: row.inputVersion }
            : ownAddress(row.inputArn, scope),
        output: ownAddress(row.outputArn, scope),
        root: row.id,
      };
      return [row.id, job];
    }),
  );
}

function ownAddress(arn: string | null, scope: Scope): PackageAddress | undefined {
  const address = arn === null ? undefined : parsePackageArn(arn);
  return address?.account === scope.account && address.region === scope.region ? address : undefined;
}

/** Pins, and packages somebody wrote about. */
export async function listMarked(catalog: Catalog, scope: Scope) {
  const pinned = await catalog.db
    .select({ group: packagePins.groupName, version: packagePins.version })
    .from(packagePins)
    .where(eq(packagePins.scopeId, scope.id));
  const noted = await catalog.db
    .selectDistinct({ group: packageNotes.groupName, version: packageNotes.version })
    .from(packageNotes)
    .where(eq(packageNotes.scopeId, scope.id));
  return { pinned, noted };
}

/**
 * What jobs are being created from by the ledger: the call is under way, its answer was lost, or the job is made and the
 * catalog has not met it yet.
 */
export async function listCreating(catalog: Catalog, scope: Scope): Promise<PackageAddress[]> {
  const { rows } = await catalog.db.execute<{ source: string | null }>(sql`
    SELECT a.detail->>'from' AS source FROM actions a
    WHERE a.scope_id = ${scope.id} AND a.action = 'create' AND a.state <> 'failed' AND (
      a.state = 'started' OR NOT EXISTS (
        SELECT 1 FROM jobs j WHERE j.scope_id = a.scope_id AND j.category = a.category AND j.name = a.name
          AND j.described_at IS NOT NULL
      ))`);
  return rows.flatMap(({ source }) => {
    const [, group, version] = /^([^/:]+)\/(\d+)$/.exec(source ?? '') ?? [];
    return group && version ? [{ group, version: Number(version) }] : [];
  });
}

/** Ids of groups with their names, and whether each was read from end to end. */
export async function listGroupFacts(catalog: Catalog, scope: Scope) {
  const rows = await catalog.db
    .select({ id: packageGroups.id, name: packageGroups.name, read: packageGroups.complete })
    .from(packageGroups)
    .where(eq(packageGroups.scopeId, scope.id));
  return new Map(rows.map(({ id, ...group }) => [id, group]));
}

/** The reward of jobs by step, as far as it was read. */
export async function listRewards(catalog: Catalog, jobIds: readonly number[]): Promise<Map<number, JobRewards>> {
  const rewards = new Map<number, JobRewards>();
  if (jobIds.length === 0) return rewards;
  const rows = await catalog.db
    .select({
      jobId: metricSeries.jobId,
      key: metricSeries.key,
      whole: metricSeries.whole,
      total: metricSeries.total,
      points: metricSeries.points,
    })
    .from(metricSeries)
    .where(and(inArray(metricSeries.jobId, [...jobIds]), inArray(metricSeries.key, [REWARD.validation, REWARD.mean])));
  for (const { jobId, key, whole, total, points } of rows) {
    const { steps, values } = unpackPoints(points, total);
    const known = rewards.get(jobId) ?? {};
    rewards.set(jobId, { ...known, [key === REWARD.validation ? 'validation' : 'reward']: { steps, values, whole } });
  }
  return rewards;
}

/** When the newest job of a category was created that the catalog has met. AWS's clock. */
export async function newestJobAt(catalog: Catalog, scope: Scope, category: JobCategory): Promise<Date | undefined> {
  const [row] = await catalog.db
    .select({ at: sql<Date | null>`max(${jobs.createdAt})`.mapWith(jobs.createdAt) })
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.category, category)));
  return row?.at ?? undefined;
}

/** AWS's words for the status of packages, by their number. */
export async function findStatusWords(
  catalog: Catalog,
  wanted: readonly { groupId: number; version: number }[],
): Promise<Map<number, string>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await catalog.db.execute<{ group_id: number; version: number; status: string }>(sql`
    SELECT p.group_id, p.version, p.status FROM ${rowsOf(
      { group_id: 'integer', version: 'integer' },
      wanted.map(({ groupId, version }) => ({ group_id: groupId, version })),
    )} JOIN packages p ON p.group_id = input.group_id AND p.version = input.version`);
  return new Map(rows.map(({ group_id, version, status }) => [packageKey(group_id, version), status]));
}

/**
 * Whether a job that AWS has started from a package, or is being created from it, at this very moment of the catalog: one
 * sentence why it must stay, or undefined.
 */
export async function findNeed(catalog: Catalog, scope: Scope, ref: PackageAddress): Promise<string | undefined> {
  const { rows } = await catalog.db.execute<{ name: string }>(sql`
    SELECT name FROM jobs WHERE scope_id = ${scope.id} AND deleted_at IS NULL
      AND lower(input_group) = ${ref.group.toLowerCase()} AND input_version = ${ref.version} LIMIT 1`);
  if (rows[0]) return `${rows[0].name} started from it.`;
  const creating = await listCreating(catalog, scope);
  const wanted = creating.some(
    ({ group, version }) => group.toLowerCase() === ref.group.toLowerCase() && version === ref.version,
  );
  return wanted ? 'A job is being created from it.' : undefined;
}
