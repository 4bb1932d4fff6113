import 'server-only';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobCategory } from '@/lib/contract/names';
import type { PruneRules } from '@/lib/contract/prune';
import { jobStatusFacts } from '@/lib/jobs/status';
import { REWARD } from '@/lib/metrics/reward-keys';
import { packageKey } from '@/lib/prune/package-columns';
import type { JobRewards, PackageAddress, PruneJob } from '@/lib/prune/prune-facts';
import type { Catalog } from './catalog';
import { unpackPoints } from './metric-points';
import { rowsOf } from './rows-of';
import { jobs, metricSeries, packageGroups, packageNotes, packagePins } from './schema';
import type { Scope } from './scopes-store';

// What a clean-up must know. Nothing here asks AWS.

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
      baseModel: jobs.baseModel,
      outputGroup: jobs.outputGroup,
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
        inputKnown: row.describedAt !== null && isInputKnown(row),
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

/**
 * Whether a job's document was understood: its input can be read, or there is none and the members that every document must
 * have (BaseModelArn, and for training the output group: job configuration schemas) stand where they are looked for.
 */
function isInputKnown(row: {
  category: JobCategory;
  baseModel: string | null;
  outputGroup: string | null;
  inputArn: string | null;
}): boolean {
  if (row.inputArn !== null) return parsePackageArn(row.inputArn) !== undefined;
  return row.baseModel !== null && (row.category === 'AgentRFTEvaluation' || row.outputGroup !== null);
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
    WHERE a.scope_id = ${scope.id} AND a.action = 'create' AND a.name IS NOT NULL AND a.state <> 'failed' AND (
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

/** Which jobs some packages are of by now; 0 for those of nobody. */
export async function jobsOfPackages(
  catalog: Catalog,
  touched: readonly { groupId: number; version: number }[],
): Promise<number[]> {
  const { rows } = await catalog.db.execute<{ job_id: number }>(sql`
    SELECT DISTINCT coalesce(p.job_id, 0) AS job_id FROM ${packagesAt(touched)}`);
  return rows.map(({ job_id }) => job_id);
}

const packagesAt = (list: readonly { groupId: number; version: number }[]) =>
  sql`${rowsOf(
    { group_id: 'integer', version: 'integer' },
    list.map(({ groupId, version }) => ({ group_id: groupId, version })),
  )} JOIN packages p ON p.group_id = input.group_id AND p.version = input.version`;

/** AWS's words for the status of packages, by their number. */
export async function findStatusWords(
  catalog: Catalog,
  wanted: readonly { groupId: number; version: number }[],
): Promise<Map<number, string>> {
  if (wanted.length === 0) return new Map();
  const { rows } = await catalog.db.execute<{ group_id: number; version: number; status: string }>(sql`
    SELECT p.group_id, p.version, p.status FROM ${packagesAt(wanted)}`);
  return new Map(rows.map(({ group_id, version, status }) => [packageKey(group_id, version), status]));
}

/**
 * Why a package must stay at this very moment of the catalog, as a sentence, or undefined: a job started from it or is being
 * created from it, or somebody has pinned or approved it since it was judged.
 */
export async function findNeed(
  catalog: Catalog,
  scope: Scope,
  ref: PackageAddress,
  { approved }: Pick<PruneRules, 'approved'>,
): Promise<string | undefined> {
  const group = ref.group.toLowerCase();
  const { rows } = await catalog.db.execute<{ need: string }>(sql`
    SELECT name || ' started from it.' AS need FROM jobs WHERE scope_id = ${scope.id} AND deleted_at IS NULL
      AND lower(input_group) = ${group} AND input_version = ${ref.version}
    UNION ALL
    SELECT 'Somebody wants it kept.' FROM package_pins WHERE scope_id = ${scope.id}
      AND lower(group_name) = ${group} AND version = ${ref.version}
    UNION ALL
    SELECT 'Approved in the model registry.' FROM packages p JOIN package_groups g ON g.id = p.group_id
      WHERE ${approved === '1'} AND g.scope_id = ${scope.id} AND lower(g.name) = ${group} AND p.version = ${ref.version}
        AND p.approval = 'Approved'
    LIMIT 1`);
  if (rows[0]) return rows[0].need;
  const creating = await listCreating(catalog, scope);
  const wanted = creating.some((one) => one.group.toLowerCase() === group && one.version === ref.version);
  return wanted ? 'A job is being created from it.' : undefined;
}
