import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { JobRow, LineageKind, Parent, Tokens } from '@/lib/contract/jobs';
import { toProgress } from '@/lib/jobs/progress';
import type { Catalog } from './catalog';
import { jobs, packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

const maker = alias(jobs, 'maker');

/** What a row of a list needs beside the job itself: its input package, and the job that made that. */
const rowColumns = {
  job: jobs,
  inputKind: packages.kind,
  inputStep: packages.step,
  makerCategory: maker.category,
  makerName: maker.name,
};

/** Jobs with what they started from; add `where`, order and limit. */
export function selectJobs(catalog: Catalog) {
  return catalog.db
    .select(rowColumns)
    .from(jobs)
    .leftJoin(packageGroups, and(eq(packageGroups.scopeId, jobs.scopeId), eq(packageGroups.name, jobs.inputGroup)))
    .leftJoin(packages, and(eq(packages.groupId, packageGroups.id), eq(packages.version, jobs.inputVersion)))
    .leftJoin(maker, eq(maker.id, packages.jobId))
    .$dynamic();
}

export type SelectedJob = Awaited<ReturnType<typeof selectJobs>>[number];
export type StoredJob = typeof jobs.$inferSelect;

/** Billable tokens of a job altogether, for sorting: -1 where nothing is known. */
export const totalTokens = sql<number>`(CASE WHEN ${jobs.tokensTrain} IS NULL AND ${jobs.tokensPrefill} IS NULL AND ${jobs.tokensSample} IS NULL THEN -1 ELSE coalesce(${jobs.tokensTrain}, 0) + coalesce(${jobs.tokensPrefill}, 0) + coalesce(${jobs.tokensSample}, 0) END)`;

/** A stored job as the API shows a row of the list. */
export function toJobRow(scope: Scope, selected: SelectedJob): JobRow {
  const { job } = selected;
  const parent = toParent(selected);
  const startStep = parent?.kind === 'resume' ? parent.step : undefined;
  return {
    region: scope.region,
    jobName: job.name,
    jobCategory: job.category,
    jobArn: job.arn,
    jobStatus: job.status,
    secondaryStatus: job.secondaryStatus,
    creationTime: job.createdAt.toISOString(),
    lastModifiedTime: job.modifiedAt.toISOString(),
    endTime: job.endedAt?.toISOString(),
    described: job.describedAt !== null,
    failureReason: job.failureReason ?? undefined,
    baseModel: job.baseModel ?? undefined,
    dataset: job.dataset ?? undefined,
    progress: job.progress
      ? toProgress(job.progress, { jobCategory: job.category, jobStatus: job.status, startStep })
      : undefined,
    tokens: toTokens(job),
    parent,
    checkpoints: {
      resumable: job.resumableCount,
      model: job.modelCount,
      lastResumableStep: job.lastResumableStep ?? undefined,
    },
    reward: job.reward ?? undefined,
    deletedAt: job.deletedAt?.toISOString(),
  };
}

/** How a job came from its input package. Not classified yet, deleted or of another account: `unknown`, never a guess. */
export function lineageKind(category: JobRow['jobCategory'], packageKind: string | null): LineageKind {
  if (category === 'AgentRFTEvaluation') return 'evaluate';
  if (packageKind === 'resumable') return 'resume';
  return packageKind === 'model' ? 'iterate' : 'unknown';
}

function toParent({ job, inputKind, inputStep, makerCategory, makerName }: SelectedJob): Parent | undefined {
  if (!job.inputPackageArn) return undefined;
  return {
    kind: lineageKind(job.category, inputKind),
    packageArn: job.inputPackageArn,
    group: job.inputGroup ?? undefined,
    version: job.inputVersion ?? undefined,
    step: inputStep ?? undefined,
    job: makerCategory && makerName ? { jobCategory: makerCategory, jobName: makerName } : undefined,
  };
}

function toTokens({ tokensTrain, tokensPrefill, tokensSample }: StoredJob): Tokens | undefined {
  if (tokensTrain === null && tokensPrefill === null && tokensSample === null) return undefined;
  return {
    train: tokensTrain ?? undefined,
    prefill: tokensPrefill ?? undefined,
    sample: tokensSample ?? undefined,
  };
}
