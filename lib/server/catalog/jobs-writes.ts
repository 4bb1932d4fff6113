import 'server-only';
import { createHash } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobRef } from '@/lib/contract/jobs';
import type { JobFacts } from '@/lib/jobs/to-job-facts';
import type { Catalog } from './catalog';
import { cleanJson, cleanText } from './clean-text';
import { configDocuments, jobs, packageGroups, packages, transitions } from './schema';
import type { Scope } from './scopes-store';

/** What a list says of a job. */
export interface JobSummaryInput extends JobRef {
  jobArn: string;
  jobStatus: string;
  secondaryStatus: string;
  creationTime: Date;
  lastModifiedTime: Date;
  endTime?: Date;
}

/** What a description adds. */
export interface JobDescriptionInput extends JobSummaryInput {
  roleArn?: string;
  jobConfigSchemaVersion?: string;
  jobConfigDocument?: string;
  transitions: { status: string; startTime: Date; endTime?: Date; statusMessage?: string }[];
  failureReason?: string;
  tags: { key: string; value: string }[];
}

type Tx = Parameters<Parameters<Catalog['db']['transaction']>[0]>[0];

/** AWS keeps milliseconds and the wire may round them; a job made again under an old name is many seconds younger. */
const SAME_CREATION_MS = 1000;

/**
 * Writes a page of a list. Gives the jobs that are new or said something new. What a description told stays; a page that
 * was asked for before the last description and is older than it changes nothing. A job that was deleted and made again
 * under its old name replaces the old one.
 */
export async function saveSummaries(
  catalog: Catalog,
  scope: Scope,
  summaries: readonly JobSummaryInput[],
  asOf: Date,
): Promise<{ changed: JobRef[]; added: number; replaced: boolean }> {
  if (summaries.length === 0) return { changed: [], added: 0, replaced: false };
  const result = await catalog.db.transaction(async (tx) => {
    const replaced = await dropReplaced(tx, scope, summaries);
    const rows = await tx
      .insert(jobs)
      .values(
        summaries.map((summary) => ({ scopeId: scope.id, asOf, search: searchText(summary), ...columnsOf(summary) })),
      )
      .onConflictDoUpdate({
        target: [jobs.scopeId, jobs.category, jobs.name],
        set: {
          status: sql`excluded.status`,
          secondaryStatus: sql`excluded.secondary_status`,
          modifiedAt: sql`excluded.modified_at`,
          endedAt: sql`excluded.ended_at`,
          asOf: sql`excluded.as_of`,
          deletedAt: sql`NULL`,
          // A status the last description did not tell of: it is asked for again, whatever LastModifiedTime says.
          describedModifiedAt: sql`CASE WHEN ${jobs.status} = excluded.status AND ${jobs.secondaryStatus} = excluded.secondary_status THEN ${jobs.describedModifiedAt} END`,
        },
        setWhere: sql`excluded.modified_at >= ${jobs.modifiedAt} AND (${jobs.status}, ${jobs.secondaryStatus}, ${jobs.modifiedAt}, ${jobs.endedAt}, ${jobs.deletedAt}) IS DISTINCT FROM (excluded.status, excluded.secondary_status, excluded.modified_at, excluded.ended_at, NULL::timestamptz)`,
      })
      .returning({ jobCategory: jobs.category, jobName: jobs.name, added: sql<boolean>`xmax = 0` });
    return {
      changed: rows.map(({ jobCategory, jobName }) => ({ jobCategory, jobName })),
      added: rows.filter(({ added }) => added).length,
      replaced,
    };
  });
  if (result.changed.length > 0) catalog.touch(scope.id);
  return result;
}

/** What the catalog knew of a job before a description, for those who decide what follows from the change. */
export interface SavedDescription {
  id: number;
  changed: boolean;
  /** The job was not described before; and not even listed. */
  first: boolean;
  added: boolean;
  replaced: boolean;
}

/** Writes a description with what was read out of its document, its transitions and the document itself: all or nothing. */
export async function saveDescription(
  catalog: Catalog,
  scope: Scope,
  job: JobDescriptionInput,
  facts: JobFacts,
  now: Date,
): Promise<SavedDescription> {
  const contentHash = createHash('sha256').update(JSON.stringify(job)).digest('base64');
  const saved = await catalog.db.transaction(async (tx) => {
    const replaced = await dropReplaced(tx, scope, [job]);
    const [known] = await tx
      .select({ id: jobs.id, contentHash: jobs.contentHash, deletedAt: jobs.deletedAt, describedAt: jobs.describedAt })
      .from(jobs)
      .where(isJob(scope, job));
    const stamp = { asOf: now, describedAt: now, describedModifiedAt: job.lastModifiedTime };
    if (known && known.contentHash === contentHash && !known.deletedAt) {
      await tx
        .update(jobs)
        .set({ ...stamp, ...columnsOf(job) })
        .where(eq(jobs.id, known.id));
      return { id: known.id, changed: false, first: false, added: false, replaced };
    }
    const values = {
      scopeId: scope.id,
      ...stamp,
      ...columnsOf(job),
      ...(await factColumns(tx, scope, job, facts)),
      contentHash,
      deletedAt: null,
    };
    const [row] = await tx
      .insert(jobs)
      .values(values)
      .onConflictDoUpdate({ target: [jobs.scopeId, jobs.category, jobs.name], set: values })
      .returning({ id: jobs.id });
    if (!row) throw new Error('the catalog returned no job');
    await saveDocument(tx, row.id, job);
    return { id: row.id, changed: true, first: !known?.describedAt, added: !known, replaced };
  });
  if (saved.changed) catalog.touch(scope.id);
  return saved;
}

/** Notes that AWS does not have a job any more. Everything about it is kept. False when that was known. */
export async function markDeleted(catalog: Catalog, scope: Scope, ref: JobRef, now: Date): Promise<boolean> {
  const rows = await catalog.db
    .update(jobs)
    .set({ deletedAt: now, asOf: now })
    .where(and(isJob(scope, ref), sql`${jobs.deletedAt} IS NULL`))
    .returning({ id: jobs.id });
  if (rows.length > 0) catalog.touch(scope.id);
  return rows.length > 0;
}

/** Notes which jobs have all their packages in the catalog: nothing will be read for them again. */
export async function markPackagesComplete(catalog: Catalog, scope: Scope, jobIds: readonly number[]): Promise<void> {
  if (jobIds.length === 0) return;
  await catalog.db
    .update(jobs)
    .set({ packagesComplete: true })
    .where(inArray(jobs.id, [...jobIds]));
  catalog.touch(scope.id);
}

export const isJob = (scope: Scope, ref: JobRef) =>
  and(eq(jobs.scopeId, scope.id), eq(jobs.category, ref.jobCategory), eq(jobs.name, ref.jobName));

function columnsOf(job: JobSummaryInput) {
  return {
    category: job.jobCategory,
    name: job.jobName,
    arn: job.jobArn,
    status: cleanText(job.jobStatus),
    secondaryStatus: cleanText(job.secondaryStatus),
    createdAt: job.creationTime,
    modifiedAt: job.lastModifiedTime,
    endedAt: job.endTime ?? null,
  };
}

async function factColumns(tx: Tx, scope: Scope, job: JobDescriptionInput, facts: JobFacts) {
  const input = facts.inputPackageArn === undefined ? undefined : parsePackageArn(facts.inputPackageArn);
  const own = input && input.account === scope.account && input.region === scope.region ? input : undefined;
  return cleanJson({
    roleArn: job.roleArn ?? null,
    schemaVersion: job.jobConfigSchemaVersion ?? null,
    failureReason: job.failureReason || null,
    tags: job.tags,
    baseModel: facts.baseModel ?? null,
    dataset: facts.dataset ?? null,
    outputGroup: await storedGroupName(tx, scope, facts.outputGroup),
    intermediateGroup: await storedGroupName(tx, scope, facts.intermediateGroup),
    outputPath: facts.outputPath ?? null,
    outputPackageArn: facts.outputPackageArn ?? null,
    inputPackageArn: facts.inputPackageArn ?? null,
    inputGroup: await storedGroupName(tx, scope, own?.group),
    inputVersion: own && own.version <= 2147483647 ? own.version : null,
    mlflow: facts.mlflow ?? null,
    named: facts.named,
    progress: facts.progress ?? null,
    tokensTrain: facts.tokens?.train ?? null,
    tokensPrefill: facts.tokens?.prefill ?? null,
    tokensSample: facts.tokens?.sample ?? null,
    saveEvery: facts.saveEvery ?? null,
    search: searchText(job, facts),
  });
}

/** The name a group has in the catalog: AWS may write it in lower case inside ARNs, and it is the same group. */
async function storedGroupName(tx: Tx, scope: Scope, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null;
  const [known] = await tx
    .select({ name: packageGroups.name })
    .from(packageGroups)
    .where(and(eq(packageGroups.scopeId, scope.id), sql`lower(${packageGroups.name}) = ${name.toLowerCase()}`));
  return known?.name ?? name;
}

async function saveDocument(tx: Tx, jobId: number, job: JobDescriptionInput): Promise<void> {
  await tx.delete(configDocuments).where(eq(configDocuments.jobId, jobId));
  if (job.jobConfigDocument !== undefined) {
    await tx.insert(configDocuments).values({ jobId, raw: cleanText(job.jobConfigDocument) });
  }
  await tx.delete(transitions).where(eq(transitions.jobId, jobId));
  if (job.transitions.length === 0) return;
  await tx.insert(transitions).values(
    job.transitions.map((transition, position) => ({
      jobId,
      position,
      status: cleanText(transition.status),
      startedAt: transition.startTime,
      endedAt: transition.endTime ?? null,
      message: cleanText(transition.statusMessage) ?? null,
    })),
  );
}

function searchText(job: JobRef & Partial<JobDescriptionInput>, facts?: JobFacts): string {
  const tags = (job.tags ?? []).flatMap(({ key, value }) => [key, value]);
  const words = [job.jobName, facts?.baseModel, facts?.dataset, ...tags, job.failureReason];
  return cleanText(words.filter((word) => word).join('\n')).toLowerCase();
}

/** Forgets jobs whose names now belong to younger ones, and has their groups read anew: they may be new as well. */
async function dropReplaced(tx: Tx, scope: Scope, seen: readonly JobSummaryInput[]): Promise<boolean> {
  const known = await tx
    .select()
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), inArray(jobs.name, [...new Set(seen.map(({ jobName }) => jobName))])));
  const old = known.filter((job) =>
    seen.some(
      (one) =>
        one.jobName === job.name &&
        one.jobCategory === job.category &&
        one.creationTime.getTime() - job.createdAt.getTime() > SAME_CREATION_MS,
    ),
  );
  if (old.length === 0) return false;
  const ids = old.map(({ id }) => id);
  const groups = [...new Set(old.flatMap(({ outputGroup, intermediateGroup }) => [outputGroup, intermediateGroup]))];
  await tx
    .update(packages)
    .set({ jobId: null, evidence: 'none', evidenceDetail: null })
    .where(inArray(packages.jobId, ids));
  await tx.delete(jobs).where(inArray(jobs.id, ids));
  await tx
    .update(packageGroups)
    .set({ complete: false, listedUntil: null, filledFrom: null, readAt: null })
    .where(
      and(
        eq(packageGroups.scopeId, scope.id),
        inArray(
          packageGroups.name,
          groups.filter((group) => group !== null),
        ),
      ),
    );
  return true;
}
