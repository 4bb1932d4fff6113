import 'server-only';
import { and, asc, eq, max } from 'drizzle-orm';
import type { Child, JobDetail, JobRef } from '@/lib/contract/jobs';
import { parseConfigDocument } from '@/lib/jobs/parse-config-document';
import type { Catalog } from './catalog';
import { lineageKind, selectJobs, toJobRow } from './job-rows';
import { configDocuments, jobs, packageGroups, packages, transitions } from './schema';
import type { Scope } from './scopes-store';

/** One job whole as the catalog remembers it, and when AWS last said so; undefined when the catalog has no such job. */
export async function findJob(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef,
): Promise<{ job: JobDetail; asOf: Date } | undefined> {
  const [selected] = await selectJobs(catalog)
    .where(and(eq(jobs.scopeId, scope.id), eq(jobs.category, ref.jobCategory), eq(jobs.name, ref.jobName)))
    .limit(1);
  if (!selected) return undefined;
  const stored = selected.job;
  const [document] = await catalog.db
    .select({ raw: configDocuments.raw })
    .from(configDocuments)
    .where(eq(configDocuments.jobId, stored.id));
  const steps = await catalog.db
    .select()
    .from(transitions)
    .where(eq(transitions.jobId, stored.id))
    .orderBy(asc(transitions.position));
  const { parsed, problem } = parseConfigDocument(document?.raw);
  return {
    asOf: stored.asOf,
    job: {
      ...toJobRow(scope, selected),
      roleArn: stored.roleArn ?? undefined,
      jobConfigSchemaVersion: stored.schemaVersion ?? undefined,
      transitions: steps.map((step) => ({
        status: step.status,
        startTime: step.startedAt.toISOString(),
        endTime: step.endedAt?.toISOString(),
        statusMessage: step.message ?? undefined,
      })),
      tags: stored.tags ?? [],
      config: {
        raw: document?.raw,
        parsed,
        problem: stored.describedAt ? problem : 'Cairn has not described this job yet.',
      },
      groups: { output: stored.outputGroup ?? undefined, intermediate: stored.intermediateGroup ?? undefined },
      outputPackageArn: stored.outputPackageArn ?? undefined,
      lastResumableTime: await findLastResumableTime(catalog, stored.id, stored.lastResumableStep),
      mlflow: stored.mlflow ?? undefined,
      children: await listChildren(catalog, scope, stored.id),
    },
  };
}

async function findLastResumableTime(
  catalog: Catalog,
  jobId: number,
  step: number | null,
): Promise<string | undefined> {
  if (step === null) return undefined;
  const [row] = await catalog.db
    .select({ madeAt: max(packages.createdAt) })
    .from(packages)
    .where(and(eq(packages.jobId, jobId), eq(packages.step, step), eq(packages.kind, 'resumable')));
  return row?.madeAt?.toISOString();
}

/** Jobs that started from a checkpoint of this one, oldest first. */
async function listChildren(catalog: Catalog, scope: Scope, jobId: number): Promise<Child[]> {
  const rows = await catalog.db
    .select({ child: jobs, kind: packages.kind, step: packages.step })
    .from(packages)
    .innerJoin(packageGroups, eq(packageGroups.id, packages.groupId))
    .innerJoin(
      jobs,
      and(eq(jobs.scopeId, scope.id), eq(jobs.inputGroup, packageGroups.name), eq(jobs.inputVersion, packages.version)),
    )
    .where(and(eq(packages.jobId, jobId), eq(packageGroups.scopeId, scope.id)))
    .orderBy(asc(jobs.createdAt), asc(jobs.id));
  return rows.map(({ child, kind, step }) => ({
    jobCategory: child.category,
    jobName: child.name,
    kind: lineageKind(child.category, kind),
    step: step ?? undefined,
    jobStatus: child.status,
    secondaryStatus: child.secondaryStatus,
    creationTime: child.createdAt.toISOString(),
  }));
}
