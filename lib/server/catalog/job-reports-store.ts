import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanJson } from './clean-text';
import { jobReports } from './schema';
import type { Scope } from './scopes-store';

export type ReportKind = 'story' | 'diagnosis' | 'trouble' | 'lake-calls';

/** What was kept for a job, as it was written; the reader checks the shape, since another version may have written it. */
export async function findReport(
  catalog: Catalog,
  scope: Scope,
  { jobCategory, jobName }: JobRef,
  kind: ReportKind,
): Promise<unknown> {
  const [row] = await catalog.db
    .select({ report: jobReports.report })
    .from(jobReports)
    .where(
      and(
        eq(jobReports.scopeId, scope.id),
        eq(jobReports.category, jobCategory),
        eq(jobReports.name, jobName),
        eq(jobReports.kind, kind),
      ),
    );
  return row?.report;
}

/** Keeps a JSON value for a job, in place of the one before. */
export async function saveReport(
  catalog: Catalog,
  scope: Scope,
  { jobCategory: category, jobName: name }: JobRef,
  kind: ReportKind,
  value: unknown,
): Promise<void> {
  const report = cleanJson(value);
  await catalog.db
    .insert(jobReports)
    .values({ scopeId: scope.id, category, name, kind, report, madeAt: new Date() })
    .onConflictDoUpdate({
      target: [jobReports.scopeId, jobReports.category, jobReports.name, jobReports.kind],
      set: { report, madeAt: new Date() },
    });
}
