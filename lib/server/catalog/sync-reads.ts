import 'server-only';
import { and, asc, count, desc, eq, gte, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Maker } from '@/lib/checkpoints/maker-index';
import type { EvidenceKind, StepEvidenceKind } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { DELETION_STATUSES, FINAL_STATUSES } from './jobs-writes';
import { jobs, packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

// What the sync asks of the catalog to know what is left to do. Nothing here is for a page.

const toRef = (row: { category: JobRef['jobCategory']; name: string }): JobRef => ({
  jobCategory: row.category,
  jobName: row.name,
});

const makerColumns = {
  id: jobs.id,
  category: jobs.category,
  name: jobs.name,
  arn: jobs.arn,
  createdAt: jobs.createdAt,
  status: jobs.status,
  modifiedAt: jobs.modifiedAt,
  deletedAt: jobs.deletedAt,
  endedAt: jobs.endedAt,
  describedAt: jobs.describedAt,
  outputGroup: jobs.outputGroup,
  intermediateGroup: jobs.intermediateGroup,
  outputPath: jobs.outputPath,
  named: jobs.named,
  packagesComplete: jobs.packagesComplete,
};

/** A maker and whether all its packages are known. */
export interface StoredMaker extends Maker {
  packagesComplete: boolean;
}

/**
 * When a job ended, epoch milliseconds; undefined while it may run. AWS may leave out EndTime, and a job that vanished
 * while it ran never gets one: then its last change is the best there is.
 */
export function endOf(job: { status: string; endedAt?: Date | null; modifiedAt: Date; deletedAt?: Date | null }) {
  const over = job.deletedAt || FINAL_STATUSES.includes(job.status) || DELETION_STATUSES.includes(job.status);
  return (job.endedAt ?? (over ? job.modifiedAt : undefined))?.getTime();
}

/** Every training job of a scope as a maker of packages, or those of the given names. */
export async function listMakers(catalog: Catalog, scope: Scope, names?: readonly string[]): Promise<StoredMaker[]> {
  const rows = await catalog.db
    .select(makerColumns)
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.category, 'AgentRFT'), names && inArray(jobs.name, [...names])));
  return rows.map((row) => ({
    id: row.id,
    ref: toRef(row),
    jobArn: row.arn,
    createdMs: row.createdAt.getTime(),
    endedMs: endOf(row),
    described: row.describedAt !== null,
    outputGroup: row.outputGroup ?? undefined,
    intermediateGroup: row.intermediateGroup ?? undefined,
    outputPath: row.outputPath ?? undefined,
    named: row.named ?? [],
    packagesComplete: row.packagesComplete,
  }));
}

/** Jobs never described, or changed since, newest first. */
export async function listToDescribe(catalog: Catalog, scope: Scope, limit: number): Promise<JobRef[]> {
  const rows = await catalog.db
    .select({ category: jobs.category, name: jobs.name })
    .from(jobs)
    .where(
      and(
        eq(jobs.scopeId, scope.id),
        isNull(jobs.deletedAt),
        or(isNull(jobs.describedModifiedAt), sql`${jobs.describedModifiedAt} < ${jobs.modifiedAt}`),
      ),
    )
    .orderBy(desc(jobs.createdAt), desc(jobs.id))
    .limit(limit);
  return rows.map(toRef);
}

/** Jobs that may still change: neither in a final status nor with an end time. */
export async function listLiveJobs(catalog: Catalog, scope: Scope): Promise<JobRef[]> {
  const rows = await catalog.db
    .select({ category: jobs.category, name: jobs.name })
    .from(jobs)
    .where(
      and(
        eq(jobs.scopeId, scope.id),
        isNull(jobs.deletedAt),
        isNull(jobs.endedAt),
        notInArray(jobs.status, FINAL_STATUSES),
      ),
    );
  return rows.map(toRef);
}

/** Names of the jobs of one category that are not known to be deleted and were made before a time. */
export async function listJobNames(
  catalog: Catalog,
  scope: Scope,
  category: JobRef['jobCategory'],
  before: Date,
): Promise<string[]> {
  const rows = await catalog.db
    .select({ name: jobs.name })
    .from(jobs)
    .where(
      and(eq(jobs.scopeId, scope.id), eq(jobs.category, category), isNull(jobs.deletedAt), lte(jobs.createdAt, before)),
    );
  return rows.map(({ name }) => name);
}

export interface ScopeCounts {
  jobs: number;
  described: number;
  packages: number;
  packagesDescribed: number;
}

/** How much of a scope the catalog has. */
export async function countScope(catalog: Catalog, scope: Scope): Promise<ScopeCounts> {
  const [ofJobs] = await catalog.db
    .select({ all: count(), described: count(jobs.describedAt) })
    .from(jobs)
    .where(eq(jobs.scopeId, scope.id));
  const [ofPackages] = await catalog.db
    .select({ all: count(), described: sql<number>`count(*) FILTER (WHERE ${packages.described})::integer` })
    .from(packages)
    .innerJoin(packageGroups, eq(packageGroups.id, packages.groupId))
    .where(eq(packageGroups.scopeId, scope.id));
  return {
    jobs: ofJobs?.all ?? 0,
    described: ofJobs?.described ?? 0,
    packages: ofPackages?.all ?? 0,
    packagesDescribed: ofPackages?.described ?? 0,
  };
}

/** Versions of a group that were listed and not described, newest first. */
export async function listUndescribed(catalog: Catalog, groupId: number, limit: number): Promise<number[]> {
  const rows = await catalog.db
    .select({ version: packages.version })
    .from(packages)
    .where(and(eq(packages.groupId, groupId), eq(packages.described, false)))
    .orderBy(desc(packages.version))
    .limit(limit);
  return rows.map(({ version }) => version);
}

/** A stored package with all its clues. */
export interface StoredClues {
  version: number;
  createdAt: Date;
  s3Uri?: string;
  carriers?: Record<string, string>;
  jobId?: number;
  evidence: EvidenceKind | 'none';
  evidenceDetail?: string;
  step?: number;
  stepEvidence: StepEvidenceKind | 'none';
}

const clueColumns = {
  version: packages.version,
  createdAt: packages.createdAt,
  s3Uri: packages.s3Uri,
  carriers: packages.carriers,
  jobId: packages.jobId,
  evidence: packages.evidence,
  evidenceDetail: packages.evidenceDetail,
  step: packages.step,
  stepEvidence: packages.stepEvidence,
};

function toClues(row: {
  version: number;
  createdAt: Date;
  s3Uri: string | null;
  carriers: Record<string, string> | null;
  jobId: number | null;
  evidence: StoredClues['evidence'];
  evidenceDetail: string | null;
  step: number | null;
  stepEvidence: StoredClues['stepEvidence'];
}): StoredClues {
  return {
    ...row,
    s3Uri: row.s3Uri ?? undefined,
    carriers: row.carriers ?? undefined,
    jobId: row.jobId ?? undefined,
    evidenceDetail: row.evidenceDetail ?? undefined,
    step: row.step ?? undefined,
  };
}

const unresolved = sql`${packages.evidence} < 2`;

/** Packages of a group that nobody is known to have made, or only by time, created in a window, oldest first. */
export async function listUnresolved(
  catalog: Catalog,
  groupId: number,
  window: { from: Date; to: Date; after?: { createdAt: Date; version: number } },
  limit: number,
): Promise<StoredClues[]> {
  const { from, to, after } = window;
  const rows = await catalog.db
    .select(clueColumns)
    .from(packages)
    .where(
      and(
        eq(packages.groupId, groupId),
        unresolved,
        gte(packages.createdAt, from),
        lte(packages.createdAt, to),
        after &&
          sql`(${packages.createdAt}, ${packages.version}) > (${after.createdAt.toISOString()}::timestamptz, ${after.version})`,
      ),
    )
    .orderBy(asc(packages.createdAt), asc(packages.version))
    .limit(limit);
  return rows.map(toClues);
}

/** Packages by their versions, with their clues. */
export async function listClues(
  catalog: Catalog,
  groupId: number,
  versions: readonly number[],
): Promise<StoredClues[]> {
  if (versions.length === 0) return [];
  const rows = await catalog.db
    .select(clueColumns)
    .from(packages)
    .where(and(eq(packages.groupId, groupId), inArray(packages.version, [...versions])));
  return rows.map(toClues);
}

/** How many packages of a group were inspected so far, and how many would still tell something. */
export async function countInspected(catalog: Catalog, groupId: number): Promise<{ done: number; left: number }> {
  const [row] = await catalog.db
    .select({
      done: sql<number>`count(*) FILTER (WHERE ${packages.inspected})::integer`,
      left: sql<number>`count(*) FILTER (WHERE ${UNINSPECTED})::integer`,
    })
    .from(packages)
    .where(eq(packages.groupId, groupId));
  return row ?? { done: 0, left: 0 };
}

/** Described, its maker or step not known well, and never inspected. As the index `packages_uninspected` has it. */
const UNINSPECTED = sql`${packages.described} AND NOT ${packages.inspected} AND (${packages.evidence} < 2 OR ${packages.stepEvidence} < 2)`;

/** Described packages of a group whose maker or step is not known well and that were never inspected, newest first. */
export async function listUninspected(catalog: Catalog, groupId: number, limit: number): Promise<StoredClues[]> {
  const rows = await catalog.db
    .select(clueColumns)
    .from(packages)
    .where(and(eq(packages.groupId, groupId), UNINSPECTED))
    .orderBy(desc(packages.createdAt), desc(packages.version))
    .limit(limit);
  return rows.map(toClues);
}

/** Jobs that have packages in a group whose step is not known, or only counted. */
export async function listJobsToCount(catalog: Catalog, groupId: number): Promise<number[]> {
  const rows = await catalog.db
    .selectDistinct({ jobId: packages.jobId })
    .from(packages)
    .where(
      and(
        eq(packages.groupId, groupId),
        sql`${packages.jobId} IS NOT NULL AND (${packages.step} IS NULL OR ${packages.stepEvidence} = 1)`,
      ),
    );
  return rows.flatMap(({ jobId }) => jobId ?? []);
}

/** What counting the steps of a job needs beside its packages. */
export async function findCountFacts(catalog: Catalog, jobId: number) {
  const [row] = await catalog.db
    .select({
      status: jobs.status,
      endedAt: jobs.endedAt,
      baseModel: jobs.baseModel,
      saveEvery: jobs.saveEvery,
      progress: jobs.progress,
      outputPackageArn: jobs.outputPackageArn,
      inputPackageArn: jobs.inputPackageArn,
      inputKind: packages.kind,
      inputStep: packages.step,
    })
    .from(jobs)
    .leftJoin(packageGroups, and(eq(packageGroups.scopeId, jobs.scopeId), eq(packageGroups.name, jobs.inputGroup)))
    .leftJoin(packages, and(eq(packages.groupId, packageGroups.id), eq(packages.version, jobs.inputVersion)))
    .where(eq(jobs.id, jobId));
  return row;
}

/** The packages of one job in one group, oldest version first, as counting needs them. */
export async function listJobSteps(catalog: Catalog, jobId: number, groupId: number) {
  return catalog.db
    .select({ version: packages.version, step: packages.step, stepEvidence: packages.stepEvidence })
    .from(packages)
    .where(and(eq(packages.jobId, jobId), eq(packages.groupId, groupId)))
    .orderBy(asc(packages.version));
}

/** Packages that jobs started from and the catalog does not hold. */
export async function listMissingInputs(catalog: Catalog, scope: Scope): Promise<{ group: string; version: number }[]> {
  const rows = await catalog.db
    .selectDistinct({ group: jobs.inputGroup, version: jobs.inputVersion })
    .from(jobs)
    .leftJoin(packageGroups, and(eq(packageGroups.scopeId, jobs.scopeId), eq(packageGroups.name, jobs.inputGroup)))
    .leftJoin(packages, and(eq(packages.groupId, packageGroups.id), eq(packages.version, jobs.inputVersion)))
    .where(and(eq(jobs.scopeId, scope.id), sql`${jobs.inputGroup} IS NOT NULL`, isNull(packages.groupId)));
  return rows.flatMap(({ group, version }) => (group !== null && version !== null ? [{ group, version }] : []));
}
