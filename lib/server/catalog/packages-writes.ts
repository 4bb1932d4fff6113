import 'server-only';
import { and, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { CheckpointKind, EvidenceKind, StepEvidenceKind } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanJson, cleanText } from './clean-text';
import { type GroupPosition, savePosition } from './package-groups-store';
import { packages } from './schema';

/** A package as a list tells it. */
export interface ListedPackage {
  version: number;
  creationTime: Date;
  packageStatus: string;
  approvalStatus?: string;
  registrationType?: string;
}

/** Who made a package and of which step it is, as far as there is evidence. */
export interface PackageFinding {
  jobId?: number;
  evidence?: EvidenceKind;
  /** Only where the kind of evidence does not say it all. */
  evidenceDetail?: string;
  step?: number;
  stepEvidence?: StepEvidenceKind;
}

/** A package as a description tells it, with what follows from that. */
export interface DescribedPackage extends ListedPackage, PackageFinding {
  kind: CheckpointKind;
  /** False while AWS is still making it: it is asked for again. */
  settled: boolean;
  s3Uri?: string;
  baseModel?: string;
}

/** A page of one group: packages that were only listed, packages that were described too, and how far that is. */
export interface PackagesPage {
  groupId: number;
  listed: readonly ListedPackage[];
  described: readonly DescribedPackage[];
  position?: GroupPosition;
  asOf: Date;
}

type Tx = Parameters<Parameters<Catalog['db']['transaction']>[0]>[0];

const SAME_CREATION_MS = 1000;

/**
 * Writes a page of packages and the position after it, all or nothing: a server that dies goes on exactly there. A
 * version whose creation time is another one belongs to a group that was deleted and made again: what the old group
 * held goes.
 */
export async function savePackagesPage(
  catalog: Catalog,
  page: PackagesPage,
): Promise<{ added: number; described: number }> {
  return catalog.db.transaction(async (tx) => {
    let added = 0;
    await dropOldGroup(tx, page);
    if (page.listed.length > 0) {
      const rows = await tx
        .insert(packages)
        .values(page.listed.map((one) => ({ ...listedColumns(page.groupId, one), ...NOTHING_KNOWN })))
        .onConflictDoUpdate({
          target: [packages.groupId, packages.version],
          set: {
            status: sql`excluded.status`,
            approval: sql`excluded.approval`,
            registration: sql`excluded.registration`,
          },
          setWhere: sql`(${packages.status}, ${packages.approval}, ${packages.registration}) IS DISTINCT FROM (excluded.status, excluded.approval, excluded.registration)`,
        })
        .returning(ADDED);
      added += rows.filter((row) => row.added).length;
    }
    if (page.described.length > 0) {
      const values = page.described.map((one) => ({
        ...listedColumns(page.groupId, one),
        kind: one.kind,
        described: one.settled,
        s3Uri: cleanText(one.s3Uri) ?? null,
        baseModel: cleanText(one.baseModel) ?? null,
        ...findingColumns(one),
      }));
      const rows = await tx
        .insert(packages)
        .values(values)
        .onConflictDoUpdate({ target: [packages.groupId, packages.version], set: FROM_EXCLUDED })
        .returning(ADDED);
      added += rows.filter((row) => row.added).length;
    }
    if (page.position) await savePosition(tx, page.groupId, page.position, page.asOf);
    return { added, described: page.described.filter(({ settled }) => settled).length };
  });
}

/** Of a row that came back: whether it was inserted and not updated. */
const ADDED = { added: sql<boolean>`xmax = 0` };

const NOTHING_KNOWN = { kind: 'unknown', evidence: 'none', stepEvidence: 'none' } as const;

const FROM_EXCLUDED = Object.fromEntries(
  (
    [
      ['createdAt', 'created_at'],
      ['status', 'status'],
      ['approval', 'approval'],
      ['registration', 'registration'],
      ['kind', 'kind'],
      ['described', 'described'],
      ['s3Uri', 's3_uri'],
      ['baseModel', 'base_model'],
      ['jobId', 'job_id'],
      ['evidence', 'evidence'],
      ['evidenceDetail', 'evidence_detail'],
      ['step', 'step'],
      ['stepEvidence', 'step_evidence'],
    ] as const
  ).map(([key, column]) => [key, sql.raw(`excluded.${column}`)]),
);

/** New findings about packages of one group; `carriers` marks them as inspected. */
export interface FindingUpdate extends PackageFinding {
  version: number;
  carriers?: Record<string, string>;
}

/** Writes who made packages, where that is known now and was not, or is known better. */
export async function saveFindings(
  catalog: Catalog,
  groupId: number,
  updates: readonly FindingUpdate[],
): Promise<void> {
  if (updates.length === 0) return;
  await catalog.db.transaction(async (tx) => {
    for (const { version, carriers, ...finding } of updates) {
      await tx
        .update(packages)
        .set({ ...findingColumns(finding), ...(carriers && { carriers: cleanJson(carriers), inspected: true }) })
        .where(and(eq(packages.groupId, groupId), eq(packages.version, version)));
    }
  });
}

/** Writes steps alone, of packages whose maker stays. */
export async function saveSteps(
  catalog: Catalog,
  groupId: number,
  steps: readonly { version: number; step?: number; stepEvidence?: StepEvidenceKind }[],
): Promise<void> {
  if (steps.length === 0) return;
  await catalog.db.transaction(async (tx) => {
    for (const { version, step, stepEvidence } of steps) {
      await tx
        .update(packages)
        .set({ step: step ?? null, stepEvidence: stepEvidence ?? 'none' })
        .where(and(eq(packages.groupId, groupId), eq(packages.version, version)));
    }
  });
}

/** Counts the checkpoints of jobs anew. Gives the jobs whose numbers changed. */
export async function recountJobs(catalog: Catalog, scopeId: number, jobIds: readonly number[]): Promise<JobRef[]> {
  if (jobIds.length === 0) return [];
  const ids = sql.join(
    jobIds.map((id) => sql`${id}::integer`),
    sql`, `,
  );
  const { rows } = await catalog.db.execute<{ category: JobRef['jobCategory']; name: string }>(sql`
    UPDATE jobs SET resumable_count = counted.resumable, model_count = counted.model, last_resumable_step = counted.step
    FROM (
      SELECT ids.id,
        count(*) FILTER (WHERE packages.kind = 1)::integer AS resumable,
        count(*) FILTER (WHERE packages.kind = 2)::integer AS model,
        max(packages.step) FILTER (WHERE packages.kind = 1 AND packages.status = 'Completed') AS step
      FROM unnest(ARRAY[${ids}]) AS ids(id) LEFT JOIN packages ON packages.job_id = ids.id
      GROUP BY ids.id
    ) AS counted
    WHERE jobs.id = counted.id
      AND (jobs.resumable_count, jobs.model_count, jobs.last_resumable_step)
        IS DISTINCT FROM (counted.resumable, counted.model, counted.step)
    RETURNING jobs.category, jobs.name`);
  if (rows.length > 0) catalog.touch(scopeId);
  return rows.map(({ category, name }) => ({ jobCategory: category, jobName: name }));
}

function listedColumns(groupId: number, one: ListedPackage) {
  return {
    groupId,
    version: one.version,
    createdAt: one.creationTime,
    status: cleanText(one.packageStatus),
    approval: cleanText(one.approvalStatus) ?? null,
    registration: cleanText(one.registrationType) ?? null,
  };
}

function findingColumns(finding: PackageFinding) {
  return {
    jobId: finding.jobId ?? null,
    evidence: finding.evidence ?? 'none',
    evidenceDetail: cleanText(finding.evidenceDetail) ?? null,
    step: finding.step ?? null,
    stepEvidence: finding.stepEvidence ?? 'none',
  } as const;
}

async function dropOldGroup(tx: Tx, { groupId, listed, described }: PackagesPage): Promise<void> {
  const page = [...listed, ...described];
  if (page.length === 0) return;
  const known = await tx
    .select({ version: packages.version, createdAt: packages.createdAt })
    .from(packages)
    .where(
      and(
        eq(packages.groupId, groupId),
        inArray(
          packages.version,
          page.map(({ version }) => version),
        ),
      ),
    );
  const times = new Map(page.map(({ version, creationTime }) => [version, creationTime.getTime()]));
  const other = known.filter(
    ({ version, createdAt }) => (times.get(version) ?? 0) - createdAt.getTime() > SAME_CREATION_MS,
  );
  if (other.length === 0) return;
  const oldest = new Date(Math.min(...times.values()));
  const versions = other.map(({ version }) => version);
  await tx
    .delete(packages)
    .where(and(eq(packages.groupId, groupId), or(lt(packages.createdAt, oldest), inArray(packages.version, versions))));
}

/** Of the versions given, those the catalog has described already and AWS has not changed the status of. */
export async function listKnownVersions(
  catalog: Catalog,
  groupId: number,
  listed: readonly ListedPackage[],
): Promise<Set<number>> {
  const [first] = listed;
  if (!first) return new Set();
  const oldest = listed.reduce((time, { creationTime }) => Math.min(time, creationTime.getTime()), Number.MAX_VALUE);
  const rows = await catalog.db
    .select({ version: packages.version, createdAt: packages.createdAt, status: packages.status })
    .from(packages)
    .where(
      and(
        eq(packages.groupId, groupId),
        eq(packages.described, true),
        gte(packages.createdAt, new Date(oldest - SAME_CREATION_MS)),
        inArray(
          packages.version,
          listed.map(({ version }) => version),
        ),
      ),
    );
  const byVersion = new Map(listed.map((one) => [one.version, one]));
  return new Set(
    rows
      .filter(({ version, createdAt, status }) => {
        const one = byVersion.get(version);
        return (
          one &&
          one.packageStatus === status &&
          Math.abs(one.creationTime.getTime() - createdAt.getTime()) <= SAME_CREATION_MS
        );
      })
      .map(({ version }) => version),
  );
}
