import 'server-only';
import { createHash } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import type { JobRef } from '@/lib/contract/jobs';
import { jobStatusFacts, KNOWN_JOB_STATUSES } from '@/lib/jobs/status';
import type { JobFacts } from '@/lib/jobs/to-job-facts';
import type { Catalog } from './catalog';
import { cleanJson, cleanText } from './clean-text';
import { noteAnyPackages } from './package-changes';
import { rowsOf } from './rows-of';
import {
  configDocuments,
  jobReports,
  jobs,
  keptLogChunks,
  keptLogs,
  packageGroups,
  packages,
  transitions,
} from './schema';
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

/** Only what has ended can be deleted (AWS docs): these words come after an outcome and say nothing about it. */
export const DELETION_STATUSES: readonly string[] = ['Deleting', 'DeleteFailed'];
/** Statuses that tell how a job ended. */
export const FINAL_STATUSES: string[] = KNOWN_JOB_STATUSES.filter((word) => jobStatusFacts(word).final);

const words = (list: readonly string[]) =>
  sql.join(
    list.map((word) => sql`${word}`),
    sql`, `,
  );
/** Whether a stored outcome outlives what a list says now. */
const OUTCOME_STAYS = sql`jobs.status IN (${words(FINAL_STATUSES)}) AND excluded.status IN (${words(DELETION_STATUSES)})`;
const NEXT_STATUS = sql`CASE WHEN ${OUTCOME_STAYS} THEN jobs.status ELSE excluded.status END`;
const NEXT_PHASE = sql`CASE WHEN ${OUTCOME_STAYS} THEN jobs.secondary_status ELSE excluded.secondary_status END`;

const SUMMARY: Record<string, string> = {
  category: 'text',
  name: 'text',
  arn: 'text',
  status: 'text',
  secondary_status: 'text',
  created_at: 'timestamptz',
  modified_at: 'timestamptz',
  ended_at: 'timestamptz',
};

/**
 * Writes a page of a list. Gives the jobs that are new or said something new. What a description told stays; a page that
 * was asked for before the last description and is older than it changes nothing. A job that was deleted and made again
 * under its old name replaces the old one. How a job ended stays when it is being deleted.
 */
export async function saveSummaries(
  catalog: Catalog,
  scope: Scope,
  summaries: readonly JobSummaryInput[],
  asOf: Date,
): Promise<{ changed: JobRef[]; added: number; replaced: boolean }> {
  if (summaries.length === 0) return { changed: [], added: 0, replaced: false };
  const result = await catalog.db.transaction(async (tx) => {
    const known = await findCreationTimes(tx, scope, summaries);
    const replaced = await dropReplaced(tx, scope, summaries, known);
    const names = sql.raw(Object.keys(SUMMARY).join(', '));
    const { rows } = await tx.execute<{ category: JobRef['jobCategory']; name: string; added: boolean }>(sql`
      INSERT INTO jobs (scope_id, as_of, search, ${names})
      SELECT ${scope.id}::integer, ${asOf.toISOString()}::timestamptz, lower(name), ${names}
      FROM ${rowsOf(SUMMARY, summaries.map(summaryRow))}
      ON CONFLICT (scope_id, category, name) DO UPDATE SET
        status = ${NEXT_STATUS}, secondary_status = ${NEXT_PHASE},
        modified_at = excluded.modified_at, ended_at = excluded.ended_at, as_of = excluded.as_of, deleted_at = NULL,
        -- A status the last description did not tell of: it is asked for again, whatever LastModifiedTime says.
        described_modified_at = CASE
          WHEN (jobs.status, jobs.secondary_status) = (${NEXT_STATUS}, ${NEXT_PHASE})
          THEN jobs.described_modified_at END
      WHERE excluded.modified_at >= jobs.modified_at
        AND (jobs.status, jobs.secondary_status, jobs.modified_at, jobs.ended_at, jobs.deleted_at)
          IS DISTINCT FROM
          (${NEXT_STATUS}, ${NEXT_PHASE}, excluded.modified_at, excluded.ended_at, NULL::timestamptz)
      RETURNING category, name, xmax = 0 AS added`);
    return {
      changed: rows.map(({ category, name }) => ({ jobCategory: category, jobName: name })),
      added: rows.filter(({ added }) => added).length,
      replaced,
    };
  });
  if (result.replaced) noteAnyPackages(catalog);
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

/**
 * Writes a description with what was read out of its document, its transitions and the document itself: all or nothing.
 * `nameOf` gives the name a group already has in the catalog: AWS may write it in lower case inside ARNs.
 */
export async function saveDescription(
  catalog: Catalog,
  scope: Scope,
  job: JobDescriptionInput,
  facts: JobFacts,
  now: Date,
  nameOf: (group: string) => string,
): Promise<SavedDescription> {
  const contentHash = createHash('sha256').update(JSON.stringify(job)).digest('base64');
  const saved = await catalog.db.transaction(async (tx) => {
    const all = await findCreationTimes(tx, scope, [job]);
    const replaced = await dropReplaced(tx, scope, [job], all);
    const known = replaced ? undefined : all.find(({ category }) => category === job.jobCategory);
    const stamp = { asOf: now, describedAt: now, describedModifiedAt: job.lastModifiedTime };
    if (known && known.contentHash === contentHash && !known.deletedAt) {
      await tx
        .update(jobs)
        .set({ ...stamp, ...columnsOf(job), ...outcomeOf(known, job) })
        .where(eq(jobs.id, known.id));
      return { id: known.id, changed: false, first: false, added: false, replaced };
    }
    const values = {
      scopeId: scope.id,
      ...stamp,
      ...columnsOf(job),
      ...factColumns(scope, job, facts, nameOf),
      ...outcomeOf(known, job),
      contentHash,
      deletedAt: null,
    };
    const [row] = known
      ? await tx.update(jobs).set(values).where(eq(jobs.id, known.id)).returning({ id: jobs.id })
      : await tx.insert(jobs).values(values).returning({ id: jobs.id });
    if (!row) throw new Error('the catalog returned no job');
    await saveDocument(tx, row.id, job, Boolean(known?.describedAt));
    return { id: row.id, changed: true, first: !known?.describedAt, added: !known, replaced };
  });
  if (saved.replaced) noteAnyPackages(catalog);
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

/** What is known of how a job ended, when what is said now is about its deletion. */
function outcomeOf(known: KnownJob | undefined, job: JobSummaryInput) {
  if (!known || !FINAL_STATUSES.includes(known.status) || !DELETION_STATUSES.includes(job.jobStatus)) return {};
  const { status, secondaryStatus, failureReason } = known;
  return { status, secondaryStatus, failureReason };
}

function summaryRow(job: JobSummaryInput) {
  return {
    category: job.jobCategory,
    name: job.jobName,
    arn: job.jobArn,
    status: cleanText(job.jobStatus),
    secondary_status: cleanText(job.secondaryStatus),
    created_at: job.creationTime,
    modified_at: job.lastModifiedTime,
    ended_at: job.endTime,
  };
}

function factColumns(scope: Scope, job: JobDescriptionInput, facts: JobFacts, nameOf: (group: string) => string) {
  const input = facts.inputPackageArn === undefined ? undefined : parsePackageArn(facts.inputPackageArn);
  const own = input && input.account === scope.account && input.region === scope.region ? input : undefined;
  const stored = (group: string | undefined) => (group === undefined ? null : nameOf(group));
  return cleanJson({
    roleArn: job.roleArn ?? null,
    schemaVersion: job.jobConfigSchemaVersion ?? null,
    failureReason: job.failureReason || null,
    tags: job.tags,
    baseModel: facts.baseModel ?? null,
    dataset: facts.dataset ?? null,
    outputGroup: stored(facts.outputGroup),
    intermediateGroup: stored(facts.intermediateGroup),
    outputPath: facts.outputPath ?? null,
    outputPackageArn: facts.outputPackageArn ?? null,
    inputPackageArn: facts.inputPackageArn ?? null,
    inputGroup: stored(own?.group),
    inputVersion: own && own.version <= MAX_INTEGER ? own.version : null,
    mlflow: facts.mlflow ?? null,
    named: facts.named,
    progress: facts.progress ?? null,
    tokensTrain: facts.tokens?.train ?? null,
    tokensPrefill: facts.tokens?.prefill ?? null,
    tokensSample: facts.tokens?.sample ?? null,
    saveEvery: facts.saveEvery !== undefined && facts.saveEvery <= MAX_INTEGER ? facts.saveEvery : null,
    search: searchText(job, facts),
  });
}

const MAX_INTEGER = 2147483647;

async function saveDocument(tx: Tx, jobId: number, job: JobDescriptionInput, again: boolean): Promise<void> {
  const { jobConfigDocument } = job;
  if (again && jobConfigDocument === undefined)
    await tx.delete(configDocuments).where(eq(configDocuments.jobId, jobId));
  if (jobConfigDocument !== undefined) {
    const raw = cleanText(jobConfigDocument);
    await tx
      .insert(configDocuments)
      .values({ jobId, raw })
      .onConflictDoUpdate({ target: configDocuments.jobId, set: { raw } });
  }
  if (again) await tx.delete(transitions).where(eq(transitions.jobId, jobId));
  if (job.transitions.length === 0) return;
  const columns = {
    position: 'smallint',
    status: 'text',
    started_at: 'timestamptz',
    ended_at: 'timestamptz',
    message: 'text',
  };
  const rows = job.transitions.map((transition, position) => ({
    position,
    status: cleanText(transition.status),
    started_at: transition.startTime,
    ended_at: transition.endTime,
    message: cleanText(transition.statusMessage),
  }));
  const names = sql.raw(Object.keys(columns).join(', '));
  await tx.execute(
    sql`INSERT INTO transitions (job_id, ${names}) SELECT ${jobId}::integer, ${names} FROM ${rowsOf(columns, rows)}`,
  );
}

function searchText(job: JobRef & Partial<JobDescriptionInput>, facts?: JobFacts): string {
  const tags = (job.tags ?? []).flatMap(({ key, value }) => [key, value]);
  const words = [job.jobName, facts?.baseModel, facts?.dataset, ...tags, job.failureReason];
  return cleanText(words.filter((word) => word).join('\n')).toLowerCase();
}

/** The jobs of some names as they stand, both categories. */
function findCreationTimes(tx: Tx, scope: Scope, seen: readonly JobRef[]) {
  return tx
    .select({
      id: jobs.id,
      category: jobs.category,
      name: jobs.name,
      status: jobs.status,
      secondaryStatus: jobs.secondaryStatus,
      failureReason: jobs.failureReason,
      createdAt: jobs.createdAt,
      describedAt: jobs.describedAt,
      deletedAt: jobs.deletedAt,
      contentHash: jobs.contentHash,
      outputGroup: jobs.outputGroup,
      intermediateGroup: jobs.intermediateGroup,
    })
    .from(jobs)
    .where(and(eq(jobs.scopeId, scope.id), inArray(jobs.name, [...new Set(seen.map(({ jobName }) => jobName))])));
}

type KnownJob = Awaited<ReturnType<typeof findCreationTimes>>[number];

/** Forgets jobs whose names now belong to younger ones, and has their groups read anew: they may be new as well. */
async function dropReplaced(
  tx: Tx,
  scope: Scope,
  seen: readonly JobSummaryInput[],
  known: readonly KnownJob[],
): Promise<boolean> {
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
  const groups = old.flatMap(({ outputGroup, intermediateGroup }) => [outputGroup, intermediateGroup]);
  const names = [...new Set(groups.filter((group) => group !== null))];
  await tx
    .update(packages)
    .set({ jobId: null, evidence: 'none', evidenceDetail: null })
    .where(inArray(packages.jobId, ids));
  await tx.delete(jobs).where(inArray(jobs.id, ids));
  await dropWhatNamesKeep(tx, scope, old);
  await tx
    .update(packageGroups)
    .set({ complete: false, listedUntil: null, filledFrom: null, readAt: null })
    .where(and(eq(packageGroups.scopeId, scope.id), inArray(packageGroups.name, names)));
  return true;
}

/** What is kept under a job's name and not under its row: stories, diagnoses, logs. The younger job has its own. */
async function dropWhatNamesKeep(tx: Tx, scope: Scope, old: readonly KnownJob[]): Promise<void> {
  for (const table of [jobReports, keptLogChunks, keptLogs]) {
    for (const { category, name } of old) {
      await tx
        .delete(table)
        .where(and(eq(table.scopeId, scope.id), eq(table.category, category), eq(table.name, name)));
    }
  }
}
