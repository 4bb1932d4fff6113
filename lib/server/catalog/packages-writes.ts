import 'server-only';
import { and, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { CheckpointKind, EvidenceKind, StepEvidenceKind } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanJson, cleanText } from './clean-text';
import { noteAnyPackages, notePackageChanges } from './package-changes';
import { type GroupPosition, savePosition } from './package-groups-store';
import { rowsOf } from './rows-of';
import { EVIDENCE_CODES, KIND_CODES, packages, STEP_EVIDENCE_CODES } from './schema';

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

/** A page that was asked for before a deletion and is written after it must not bring the package back. */
const STILL_THERE = sql`packages.status <> 'Deleted'`;

/** AWS keeps milliseconds and the wire may round them; a version made again is many seconds younger. */
const SAME_CREATION_MS = 1000;

const LISTED: Record<string, string> = {
  version: 'integer',
  created_at: 'timestamptz',
  status: 'text',
  approval: 'text',
  registration: 'text',
};
const FINDING: Record<string, string> = {
  job_id: 'integer',
  evidence: 'smallint',
  evidence_detail: 'text',
  step: 'integer',
  step_evidence: 'smallint',
};
const DESCRIBED: Record<string, string> = {
  ...LISTED,
  kind: 'smallint',
  described: 'boolean',
  s3_uri: 'text',
  base_model: 'text',
  ...FINDING,
};

/**
 * Writes a page of packages and the position after it, all or nothing: a server that dies goes on exactly there. Gives
 * how many packages are new. A version whose creation time is another one belongs to a group that was deleted and made
 * again: what the old group held goes.
 */
export async function savePackagesPage(catalog: Catalog, page: PackagesPage): Promise<{ added: number }> {
  const { groupId, listed, described, position } = page;
  const written = await catalog.db.transaction(async (tx) => {
    const dropped = await dropOldGroup(tx, page);
    const counts = [
      await upsert(
        tx,
        groupId,
        LISTED,
        listed.map(listedRow),
        sql`status = excluded.status, approval = excluded.approval, registration = excluded.registration
          WHERE ${STILL_THERE} AND (packages.status, packages.approval, packages.registration)
            IS DISTINCT FROM (excluded.status, excluded.approval, excluded.registration)`,
      ),
      await upsert(
        tx,
        groupId,
        DESCRIBED,
        described.map((one) => ({
          ...listedRow(one),
          kind: KIND_CODES.indexOf(one.kind),
          described: one.settled,
          s3_uri: cleanText(one.s3Uri),
          base_model: cleanText(one.baseModel),
          ...findingRow(one),
        })),
        sql
          .raw(
            Object.keys(DESCRIBED)
              .map((column) => `${column} = excluded.${column}`)
              .join(', '),
          )
          .append(sql` WHERE ${STILL_THERE}`),
      ),
    ];
    if (position) await savePosition(tx, groupId, position, page.asOf);
    const sum = (of: 'added' | 'written') => counts.reduce((all, one) => all + one[of], 0);
    return { added: sum('added'), changed: sum('written') > 0, dropped };
  });
  if (written.dropped) noteAnyPackages(catalog);
  else if (written.changed) {
    notePackageChanges(catalog, groupId, versionsOf([...listed, ...described]));
  }
  return { added: written.added };
}

async function upsert(
  tx: Tx,
  groupId: number,
  columns: Record<string, string>,
  rows: Record<string, unknown>[],
  set: SQL,
): Promise<{ added: number; written: number }> {
  if (rows.length === 0) return { added: 0, written: 0 };
  const names = sql.raw(Object.keys(columns).join(', '));
  const result = await tx.execute<{ added: number; written: number }>(sql`
    WITH written AS (
      INSERT INTO packages (group_id, ${names})
      SELECT ${groupId}::integer, ${names} FROM ${rowsOf(columns, rows)}
      ON CONFLICT (group_id, version) DO UPDATE SET ${set}
      RETURNING xmax = 0 AS inserted
    ) SELECT count(*) FILTER (WHERE inserted)::integer AS added, count(*)::integer AS written
    FROM written`);
  return result.rows[0] ?? { added: 0, written: 0 };
}

/** New findings about a package of a group; `carriers` marks it as inspected. */
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
  const rows = updates.map((update) => ({
    version: update.version,
    carriers: cleanJson(update.carriers),
    ...findingRow(update),
  }));
  await catalog.db.execute(sql`
    UPDATE packages SET job_id = input.job_id, evidence = input.evidence, evidence_detail = input.evidence_detail,
      step = input.step, step_evidence = input.step_evidence,
      carriers = coalesce(input.carriers, packages.carriers),
      inspected = packages.inspected OR input.carriers IS NOT NULL
    FROM ${rowsOf({ version: 'integer', carriers: 'jsonb', ...FINDING }, rows)}
    WHERE packages.group_id = ${groupId} AND packages.version = input.version`);
  notePackageChanges(catalog, groupId, versionsOf(updates));
}

/** Writes steps alone, of packages whose maker stays. */
export async function saveSteps(
  catalog: Catalog,
  groupId: number,
  steps: readonly Pick<FindingUpdate, 'version' | 'step' | 'stepEvidence'>[],
): Promise<void> {
  if (steps.length === 0) return;
  const rows = steps.map(({ version, ...finding }) => ({ version, ...findingRow(finding) }));
  await catalog.db.execute(sql`
    UPDATE packages SET step = input.step, step_evidence = input.step_evidence
    FROM ${rowsOf({ version: 'integer', step: 'integer', step_evidence: 'smallint' }, rows)}
    WHERE packages.group_id = ${groupId} AND packages.version = input.version`);
  notePackageChanges(catalog, groupId, versionsOf(steps));
}

const versionsOf = (list: readonly { version: number }[]) => list.map(({ version }) => version);

/**
 * Counts the checkpoints of jobs anew, job by job: joined in one go the planner reads every package there is. Gives the
 * jobs whose numbers changed.
 */
export async function recountJobs(catalog: Catalog, scopeId: number, jobIds: readonly number[]): Promise<JobRef[]> {
  if (jobIds.length === 0) return [];
  const { rows } = await catalog.db.execute<{ category: JobRef['jobCategory']; name: string }>(sql`
    UPDATE jobs SET resumable_count = counted.resumable, model_count = counted.model, last_resumable_step = counted.step
    FROM (
      SELECT input.id, of_job.*
      FROM ${rowsOf(
        { id: 'integer' },
        jobIds.map((id) => ({ id })),
      )} CROSS JOIN LATERAL (
        SELECT
          count(*) FILTER (WHERE packages.kind = 1 AND packages.status <> 'Deleted')::integer AS resumable,
          count(*) FILTER (WHERE packages.kind = 2 AND packages.status <> 'Deleted')::integer AS model,
          max(packages.step) FILTER (WHERE packages.kind = 1 AND packages.status = 'Completed') AS step
        FROM packages WHERE packages.job_id = input.id
      ) AS of_job
    ) AS counted
    WHERE jobs.id = counted.id
      AND (jobs.resumable_count, jobs.model_count, jobs.last_resumable_step)
        IS DISTINCT FROM (counted.resumable, counted.model, counted.step)
    RETURNING jobs.category, jobs.name`);
  if (rows.length > 0) catalog.touch(scopeId);
  return rows.map(({ category, name }) => ({ jobCategory: category, jobName: name }));
}

function listedRow(one: ListedPackage) {
  return {
    version: one.version,
    created_at: one.creationTime,
    status: cleanText(one.packageStatus),
    approval: cleanText(one.approvalStatus),
    registration: cleanText(one.registrationType),
  };
}

function findingRow(finding: PackageFinding) {
  return {
    job_id: finding.jobId,
    evidence: EVIDENCE_CODES.indexOf(finding.evidence ?? 'none'),
    evidence_detail: cleanText(finding.evidenceDetail),
    step: finding.step,
    step_evidence: STEP_EVIDENCE_CODES.indexOf(finding.stepEvidence ?? 'none'),
  };
}

async function dropOldGroup(tx: Tx, { groupId, listed, described }: PackagesPage): Promise<boolean> {
  const page = [...listed, ...described];
  if (page.length === 0) return false;
  const { rows } = await tx.execute<{ version: number }>(sql`
    SELECT packages.version FROM packages
    JOIN ${rowsOf({ version: 'integer', created_at: 'timestamptz' }, page.map(listedRow))}
      ON packages.version = input.version
    WHERE packages.group_id = ${groupId}
      AND input.created_at - packages.created_at > ${SAME_CREATION_MS} * interval '1 millisecond'`);
  if (rows.length === 0) return false;
  const oldest = new Date(Math.min(...page.map(({ creationTime }) => creationTime.getTime())));
  const versions = rows.map(({ version }) => version);
  await tx
    .delete(packages)
    .where(and(eq(packages.groupId, groupId), or(lt(packages.createdAt, oldest), inArray(packages.version, versions))));
  return true;
}

/** Of the packages of a list, the versions that the catalog holds described, in the very state the list tells. */
export async function listKnownVersions(
  catalog: Catalog,
  groupId: number,
  listed: readonly ListedPackage[],
): Promise<Set<number>> {
  if (listed.length === 0) return new Set();
  const { rows } = await catalog.db.execute<{ version: number }>(sql`
    SELECT packages.version FROM packages
    JOIN ${rowsOf({ version: 'integer', created_at: 'timestamptz', status: 'text' }, listed.map(listedRow))}
      ON packages.version = input.version
    WHERE packages.group_id = ${groupId} AND packages.described AND packages.status = input.status
      AND abs(extract(epoch FROM packages.created_at - input.created_at)) * 1000 <= ${SAME_CREATION_MS}`);
  return new Set(rows.map(({ version }) => version));
}
