import 'server-only';
import { and, desc, eq, gte, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { PackageRef } from '@/lib/contract/action-log';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { configDocuments, jobs } from './schema';
import type { Scope } from './scopes-store';

/** A document may have 256 kB, and what is looked for is most likely recent. */
const MAX_DOCUMENTS = 50;

/** The config documents of the newest jobs that started from a package. */
export async function listDocumentsFrom(
  catalog: Catalog,
  scope: Scope,
  { group, version }: PackageRef,
): Promise<{ job: JobRef; raw: string }[]> {
  const rows = await catalog.db
    .select({ jobCategory: jobs.category, jobName: jobs.name, raw: configDocuments.raw })
    .from(jobs)
    .innerJoin(configDocuments, eq(configDocuments.jobId, jobs.id))
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.inputGroup, group), eq(jobs.inputVersion, version)))
    .orderBy(desc(jobs.createdAt))
    .limit(MAX_DOCUMENTS);
  return rows.map(({ raw, ...job }) => ({ job, raw }));
}

/** The config documents that hold a text, of the newest other jobs that were there at some time of a stretch. */
export async function listDocumentsDuring(
  catalog: Catalog,
  scope: Scope,
  other: JobRef,
  { from, to, holds }: { from: Date; to: Date; holds: string },
): Promise<{ job: JobRef; raw: string }[]> {
  const end = sql`coalesce(${jobs.endedAt}, ${jobs.deletedAt})`;
  const rows = await catalog.db
    .select({ jobCategory: jobs.category, jobName: jobs.name, raw: configDocuments.raw })
    .from(jobs)
    .innerJoin(configDocuments, eq(configDocuments.jobId, jobs.id))
    .where(
      and(
        eq(jobs.scopeId, scope.id),
        or(ne(jobs.category, other.jobCategory), ne(jobs.name, other.jobName)),
        lte(jobs.createdAt, to),
        or(isNull(end), gte(end, from)),
        sql`strpos(${configDocuments.raw}, ${holds}) > 0`,
      ),
    )
    .orderBy(desc(jobs.createdAt))
    .limit(MAX_DOCUMENTS);
  return rows.map(({ raw, ...job }) => ({ job, raw }));
}
