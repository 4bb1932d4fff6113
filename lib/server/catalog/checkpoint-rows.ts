import 'server-only';
import { and, asc, count, desc, eq, gte, inArray, lte, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { formatPackageArn, parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { Checkpoint, EvidenceKind, ListCheckpointsQuery } from '@/lib/contract/checkpoints';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { formatCursor, parseCursor } from './cursor';
import { lineageKind } from './job-rows';
import { DELETED } from './package-edits';
import { jobs, packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

const twin = alias(packages, 'twin');
const twinGroup = alias(packageGroups, 'twin_group');

/** What the reader is told where the evidence has no sentence of its own. */
const EVIDENCE_WORDS: Record<EvidenceKind, string> = {
  job: 'Named by the job (ServiceOutput)',
  package: 'The package names the job',
  path: 'The S3 path holds the job’s name',
  time: 'The only job of this group that ran then',
};

const columns = {
  package: packages,
  group: packageGroups.name,
  jobId: jobs.id,
  jobCategory: jobs.category,
  jobName: jobs.name,
  outputPackageArn: jobs.outputPackageArn,
};

function selectCheckpoints(catalog: Catalog) {
  return catalog.db
    .select(columns)
    .from(packages)
    .innerJoin(packageGroups, eq(packageGroups.id, packages.groupId))
    .leftJoin(jobs, eq(jobs.id, packages.jobId))
    .$dynamic();
}
type Selected = Awaited<ReturnType<typeof selectCheckpoints>>[number];

/** One page of the checkpoints attributed to a job, newest step first, with how many there are. */
export async function listJobCheckpointsPage(
  catalog: Catalog,
  scope: Scope,
  jobId: number,
  query: ListCheckpointsQuery,
): Promise<{ checkpoints: Checkpoint[]; total: number; deleted: number; nextCursor?: string }> {
  const { kind, fromStep, toStep } = query;
  const range = fromStep === undefined && toStep === undefined ? '' : ` ${fromStep ?? ''}-${toStep ?? ''}`;
  const by = `checkpoints ${kind ?? 'all'}${range}${query.deleted === '1' ? ' +' : ''}`;
  const cursor = query.cursor === undefined ? undefined : parseCursor(query.cursor, by);
  const withDeleted = query.deleted === '1';
  const ofJob = and(
    eq(packages.jobId, jobId),
    kind && eq(packages.kind, kind),
    fromStep === undefined ? undefined : gte(packages.step, fromStep),
    toStep === undefined ? undefined : lte(packages.step, toStep),
  );
  // Group ids and versions make one number, so that a place in the list is a step and a number.
  const order = sql`(${packages.groupId}::bigint << 31) + ${packages.version}`;
  const step = sql`coalesce(${packages.step}, -1)`;
  const rows = await selectCheckpoints(catalog)
    .where(
      and(
        ofJob,
        withDeleted ? undefined : ne(packages.status, DELETED),
        cursor && sql`(${step}, ${order}) < (${Math.trunc(Number(cursor.value)) || 0}::bigint, ${cursor.id}::bigint)`,
      ),
    )
    .orderBy(desc(step), desc(order))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const [counted] = await catalog.db
    .select({ all: count(), deleted: sql<number>`count(*) FILTER (WHERE ${packages.status} = ${DELETED})::integer` })
    .from(packages)
    .where(ofJob);
  const { all = 0, deleted = 0 } = counted ?? {};
  return {
    checkpoints: await toCheckpoints(catalog, scope, page),
    total: withDeleted ? all : all - deleted,
    deleted,
    nextCursor:
      rows.length > query.limit && last
        ? formatCursor({
            by,
            value: last.package.step ?? -1,
            id: last.package.groupId * 2 ** 31 + last.package.version,
            go: 'next',
          })
        : undefined,
  };
}

/** One checkpoint by its address, with the jobs that started from it; undefined when the catalog has none there. */
export async function findCheckpoint(catalog: Catalog, scope: Scope, group: string, version: number) {
  const rows = await selectCheckpoints(catalog)
    .where(and(eq(packageGroups.scopeId, scope.id), eq(packageGroups.name, group), eq(packages.version, version)))
    .limit(1);
  const [checkpoint] = await toCheckpoints(catalog, scope, rows);
  if (!checkpoint) return undefined;
  const dependants = await catalog.db
    .select({
      jobCategory: jobs.category,
      jobName: jobs.name,
      jobStatus: jobs.status,
      secondaryStatus: jobs.secondaryStatus,
      createdAt: jobs.createdAt,
      reward: jobs.reward,
    })
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.inputGroup, group), eq(jobs.inputVersion, version)))
    .orderBy(asc(jobs.createdAt));
  return {
    checkpoint,
    dependants: dependants.map(({ createdAt, reward, ...job }) => ({
      ...job,
      kind: lineageKind(job.jobCategory, checkpoint.kind),
      creationTime: createdAt.toISOString(),
      score: job.jobCategory === 'AgentRFTEvaluation' ? reward?.bestValidation?.value : undefined,
    })),
  };
}

/** Whether a job is described and every group its document names was read from end to end. */
const groupsRead = sql<boolean>`${jobs.describedAt} IS NOT NULL AND num_nonnulls(${jobs.outputGroup}, ${jobs.intermediateGroup}) = (
  SELECT count(*) FROM ${packageGroups}
  WHERE ${packageGroups.scopeId} = ${jobs.scopeId} AND ${packageGroups.complete}
    AND ${packageGroups.name} IN (${jobs.outputGroup}, ${jobs.intermediateGroup})
)`;

/** The catalog's id of a job and whether its groups were read to the end; undefined when it has no such job. */
export async function findJobId(catalog: Catalog, scope: Scope, ref: JobRef) {
  const [row] = await catalog.db
    .select({ id: jobs.id, complete: groupsRead, asOf: jobs.asOf })
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.category, ref.jobCategory), eq(jobs.name, ref.jobName)));
  return row;
}

/** A job may have two packages of one kind at its last step, the second promoted; the twin is the first. */
async function toCheckpoints(catalog: Catalog, scope: Scope, rows: Selected[]): Promise<Checkpoint[]> {
  const jobIds = [...new Set(rows.flatMap(({ package: { jobId } }) => jobId ?? []))];
  const steps = [...new Set(rows.flatMap(({ package: { step } }) => step ?? []))];
  const candidates =
    jobIds.length > 0 && steps.length > 0
      ? await catalog.db
          .select({ jobId: twin.jobId, step: twin.step, kind: twin.kind, version: twin.version, group: twinGroup.name })
          .from(twin)
          .innerJoin(twinGroup, eq(twinGroup.id, twin.groupId))
          .where(and(inArray(twin.jobId, jobIds), inArray(twin.step, steps), ne(twin.status, DELETED)))
          .orderBy(asc(twin.version))
      : [];
  const arnOf = (group: string, version: number) => formatPackageArn({ ...scope, group, version });
  return rows.map((row) => {
    const { package: stored, group } = row;
    const other = candidates.find(
      (candidate) =>
        candidate.jobId === stored.jobId &&
        candidate.step === stored.step &&
        candidate.kind !== stored.kind &&
        candidate.kind !== 'unknown' &&
        stored.kind !== 'unknown',
    );
    const output = row.outputPackageArn ? parsePackageArn(row.outputPackageArn) : undefined;
    return {
      group,
      version: stored.version,
      packageArn: arnOf(group, stored.version),
      kind: stored.kind,
      packageStatus: stored.status,
      approvalStatus: stored.approval ?? undefined,
      registrationType: stored.registration ?? undefined,
      creationTime: stored.createdAt.toISOString(),
      step: stored.step ?? undefined,
      stepEvidence: stored.stepEvidence === 'none' ? undefined : stored.stepEvidence,
      job: row.jobCategory && row.jobName ? { jobCategory: row.jobCategory, jobName: row.jobName } : undefined,
      evidence:
        stored.evidence === 'none' || !row.jobName
          ? undefined
          : { by: stored.evidence, detail: stored.evidenceDetail ?? EVIDENCE_WORDS[stored.evidence] },
      s3Uri: stored.s3Uri ?? undefined,
      baseModel: stored.baseModel ?? undefined,
      twin: other && {
        group: other.group,
        version: other.version,
        packageArn: arnOf(other.group, other.version),
      },
      isOutput: output?.group === group && output.version === stored.version,
    };
  });
}
