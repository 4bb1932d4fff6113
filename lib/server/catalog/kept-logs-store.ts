import 'server-only';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { jobs, keptLogChunks, keptLogs } from './schema';
import type { Scope } from './scopes-store';

/** A kept log without its lines. */
export interface KeptLogRow {
  streams: string[];
  lines: number;
  bytes: number;
  whole: boolean;
  keptAt: Date;
}

export interface KeptChunk {
  seq: number;
  /** Time of its first and of its last line, epoch ms. */
  fromMs: number;
  toMs: number;
  lines: number;
}

const isLog = (scope: Scope, ref: JobRef, source: string) =>
  and(
    eq(keptLogs.scopeId, scope.id),
    eq(keptLogs.category, ref.jobCategory),
    eq(keptLogs.name, ref.jobName),
    eq(keptLogs.source, source),
  );
const isChunkOf = (scope: Scope, ref: JobRef, source: string) =>
  and(
    eq(keptLogChunks.scopeId, scope.id),
    eq(keptLogChunks.category, ref.jobCategory),
    eq(keptLogChunks.name, ref.jobName),
    eq(keptLogChunks.source, source),
  );

/** What is kept of one source of a job, and where its stretches begin and end; undefined when nothing is. */
export async function findKeptLog(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  source: string,
): Promise<(KeptLogRow & { chunks: KeptChunk[] }) | undefined> {
  const [row] = await catalog.db
    .select()
    .from(keptLogs)
    .where(isLog(scope, ref, source));
  if (!row) return undefined;
  const chunks = await catalog.db
    .select({
      seq: keptLogChunks.seq,
      fromMs: keptLogChunks.fromMs,
      toMs: keptLogChunks.toMs,
      lines: keptLogChunks.lines,
    })
    .from(keptLogChunks)
    .where(isChunkOf(scope, ref, source))
    .orderBy(asc(keptLogChunks.seq));
  const { streams, lines, bytes, whole, keptAt } = row;
  return { streams, lines, bytes, whole, keptAt, chunks };
}

/** When a source of a job was kept; undefined when it was not. */
export async function findKeptAt(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  source: string,
): Promise<Date | undefined> {
  const [row] = await catalog.db
    .select({ keptAt: keptLogs.keptAt })
    .from(keptLogs)
    .where(isLog(scope, ref, source));
  return row?.keptAt;
}

/** The compressed lines of one stretch; undefined when it is gone. */
export async function readKeptChunk(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  source: string,
  seq: number,
): Promise<Uint8Array | undefined> {
  const [row] = await catalog.db
    .select({ body: keptLogChunks.body })
    .from(keptLogChunks)
    .where(and(isChunkOf(scope, ref, source), eq(keptLogChunks.seq, seq)));
  return row?.body;
}

/** Keeps a log, in place of what was kept before. */
export async function saveKeptLog(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
  source: string,
  row: Omit<KeptLogRow, 'keptAt'>,
  chunks: readonly (KeptChunk & { body: Uint8Array })[],
): Promise<void> {
  const key = { scopeId: scope.id, category: ref.jobCategory, name: ref.jobName, source };
  await catalog.db.transaction(async (tx) => {
    await tx.delete(keptLogChunks).where(isChunkOf(scope, ref, source));
    await tx.delete(keptLogs).where(isLog(scope, ref, source));
    await tx.insert(keptLogs).values({ ...key, ...row, keptAt: new Date() });
    for (const chunk of chunks) await tx.insert(keptLogChunks).values({ ...key, ...chunk });
  });
}

/** Finished jobs whose own log was not kept yet and that ended before a time, those that ended last first. */
export async function listJobsWithoutKeptLog(
  catalog: Catalog,
  scope: Scope,
  endedBefore: Date,
  limit: number,
): Promise<JobRef[]> {
  const rows = await catalog.db
    .select({ jobCategory: jobs.category, jobName: jobs.name })
    .from(jobs)
    .leftJoin(
      keptLogs,
      and(
        eq(keptLogs.scopeId, jobs.scopeId),
        eq(keptLogs.category, jobs.category),
        eq(keptLogs.name, jobs.name),
        eq(keptLogs.source, 'job'),
      ),
    )
    .where(and(eq(jobs.scopeId, scope.id), isNull(keptLogs.name), sql`${jobs.endedAt} < ${endedBefore.toISOString()}`))
    .orderBy(desc(jobs.endedAt))
    .limit(limit);
  return rows;
}
