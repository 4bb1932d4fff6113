import 'server-only';
import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import { ITEM_STATES, type ItemState, type PruneItem, type PruneRules, type PruneRun } from '@/lib/contract/prune';
import type { Catalog } from './catalog';
import { cleanText } from './clean-text';
import { jobs, packageGroups, packages, pruneItems, pruneRuns } from './schema';
import type { Scope } from './scopes-store';

export interface NewRun {
  /** What was started, so that the same start again is told from another. */
  startToken: string;
  actionId: number;
  who?: string;
  rules: PruneRules;
  dropped: number;
  items: readonly { groupId: number; version: number; createdMs: number; jobId: number }[];
}

/** Items are written in portions: one text of 200,000 is more than the database likes. */
const PORTION = 10_000;
const code = (state: ItemState) => ITEM_STATES.indexOf(state);

/**
 * Writes a run with all its items, or nothing. Undefined when another run of the scope is open: the database has a unique
 * index for that, so that of two starts at once one comes through.
 */
export async function createRun(catalog: Catalog, scope: Scope, run: NewRun): Promise<number | undefined> {
  const now = new Date();
  return catalog.db.transaction(async (tx) => {
    const [made] = await tx
      .insert(pruneRuns)
      .values({
        scopeId: scope.id,
        startToken: run.startToken,
        actionId: run.actionId,
        state: 'running',
        who: cleanText(run.who),
        rules: run.rules,
        dropped: run.dropped,
        total: run.items.length,
        startedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: pruneRuns.id });
    if (!made) return undefined;
    for (let start = 0; start < run.items.length; start += PORTION) {
      const part = run.items.slice(start, start + PORTION);
      const list = (numbers: number[]) => `{${numbers.join(',')}}`;
      await tx.execute(sql`
        INSERT INTO prune_items (run_id, position, group_id, version, created_at, job_id, changed_at)
        SELECT ${made.id}::integer, ${start}::integer + place - 1, group_id, version, to_timestamp(created_ms / 1000), job_id,
          ${now.toISOString()}::timestamptz
        FROM unnest(${list(part.map(({ groupId }) => groupId))}::integer[], ${list(part.map(({ version }) => version))}::integer[],
          ${list(part.map(({ createdMs }) => createdMs))}::double precision[], ${list(part.map(({ jobId }) => jobId))}::integer[])
          WITH ORDINALITY AS item (group_id, version, created_ms, job_id, place)`);
    }
    return made.id;
  });
}

/** A run that is not over, with what it was started by. */
export type OpenRun = PruneRun & { startToken: string };

const ofScope = (scope: Scope, id: number) => and(eq(pruneRuns.scopeId, scope.id), eq(pruneRuns.id, id));

/** Runs of a scope, newest first, with how their items stand. */
export async function listRuns(catalog: Catalog, scope: Scope, limit = 50): Promise<PruneRun[]> {
  const rows = await catalog.db
    .select()
    .from(pruneRuns)
    .where(eq(pruneRuns.scopeId, scope.id))
    .orderBy(desc(pruneRuns.id))
    .limit(limit);
  return withCounts(catalog, rows);
}

/** One run; undefined when the scope has none of that number. */
export async function findRun(catalog: Catalog, scope: Scope, id: number): Promise<PruneRun | undefined> {
  return (await withCounts(catalog, await catalog.db.select().from(pruneRuns).where(ofScope(scope, id))))[0];
}

/** The run that is not over, if there is one. */
export async function findOpenRun(catalog: Catalog, scope: Scope): Promise<OpenRun | undefined> {
  const rows = await catalog.db
    .select()
    .from(pruneRuns)
    .where(and(eq(pruneRuns.scopeId, scope.id), inArray(pruneRuns.state, ['running', 'paused'])));
  const [run] = await withCounts(catalog, rows);
  return run && { ...run, startToken: rows[0]?.startToken ?? '' };
}

/** The run that is not over, without counting its items: asked every second. */
export async function peekOpenRun(catalog: Catalog, scope: Scope): Promise<RunToDo | undefined> {
  const [row] = await catalog.db
    .select({ id: pruneRuns.id, state: pruneRuns.state, rules: pruneRuns.rules, who: pruneRuns.who })
    .from(pruneRuns)
    .where(and(eq(pruneRuns.scopeId, scope.id), inArray(pruneRuns.state, ['running', 'paused'])));
  return row && { ...row, who: row.who ?? undefined };
}

/** A run as whoever carries it out needs it. */
export type RunToDo = Pick<PruneRun, 'id' | 'state' | 'rules' | 'who'>;

/** The ledger entry of a run, which its end closes. */
export async function findRunAction(catalog: Catalog, scope: Scope, id: number): Promise<number | undefined> {
  const [row] = await catalog.db.select({ actionId: pruneRuns.actionId }).from(pruneRuns).where(ofScope(scope, id));
  return row?.actionId ?? undefined;
}

async function withCounts(catalog: Catalog, rows: (typeof pruneRuns.$inferSelect)[]): Promise<PruneRun[]> {
  if (rows.length === 0) return [];
  const counted = await catalog.db
    .select({ runId: pruneItems.runId, state: pruneItems.state, count: sql<number>`count(*)::integer` })
    .from(pruneItems)
    .where(
      inArray(
        pruneItems.runId,
        rows.map(({ id }) => id),
      ),
    )
    .groupBy(pruneItems.runId, pruneItems.state);
  return rows.map((row) => {
    const counts = Object.fromEntries(ITEM_STATES.map((state) => [state, 0])) as Record<ItemState, number>;
    for (const { runId, state, count } of counted) if (runId === row.id) counts[state] = count;
    return {
      id: row.id,
      state: row.state,
      who: row.who ?? undefined,
      rules: row.rules,
      dropped: row.dropped,
      total: row.total,
      counts,
      startTime: row.startedAt.toISOString(),
      endTime: row.finishedAt?.toISOString(),
    };
  });
}

/** One stretch of a run's items in their order, of one state or of all. */
export async function listItems(
  catalog: Catalog,
  runId: number,
  { state, offset, limit }: { state?: ItemState; offset: number; limit: number },
): Promise<PruneItem[]> {
  const rows = await catalog.db
    .select({
      item: pruneItems,
      group: packageGroups.name,
      kind: packages.kind,
      step: packages.step,
      jobCategory: jobs.category,
      jobName: jobs.name,
    })
    .from(pruneItems)
    .innerJoin(packageGroups, eq(packageGroups.id, pruneItems.groupId))
    .leftJoin(packages, and(eq(packages.groupId, pruneItems.groupId), eq(packages.version, pruneItems.version)))
    .leftJoin(jobs, eq(jobs.id, packages.jobId))
    .where(and(eq(pruneItems.runId, runId), state && eq(pruneItems.state, state)))
    .orderBy(pruneItems.position)
    .offset(offset)
    .limit(limit);
  return rows.map(({ item, group, kind, step, jobCategory, jobName }) => ({
    group,
    version: item.version,
    kind: kind ?? 'unknown',
    step: step ?? undefined,
    job: jobCategory && jobName ? { jobCategory, jobName } : undefined,
    state: item.state,
    reason: item.reason ?? undefined,
    attempts: item.attempts,
    time: item.changedAt.toISOString(),
  }));
}

/** An item as whoever deletes needs it. */
export interface DueItem {
  position: number;
  groupId: number;
  group: string;
  version: number;
  /** What was confirmed. */
  createdMs: number;
  jobId: number;
  attempts: number;
}

/** The next items of a run that wait. */
export async function listDueItems(catalog: Catalog, runId: number, limit: number): Promise<DueItem[]> {
  const rows = await catalog.db
    .select({
      position: pruneItems.position,
      groupId: pruneItems.groupId,
      group: packageGroups.name,
      version: pruneItems.version,
      createdAt: pruneItems.createdAt,
      jobId: pruneItems.jobId,
      attempts: pruneItems.attempts,
    })
    .from(pruneItems)
    .innerJoin(packageGroups, eq(packageGroups.id, pruneItems.groupId))
    .where(and(eq(pruneItems.runId, runId), eq(pruneItems.state, 'waiting')))
    .orderBy(pruneItems.position)
    .limit(limit);
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdMs: createdAt.getTime() }));
}

/** Takes a waiting item to delete it now. False when it does not wait any more, or the run does not run. */
export async function takeItem(catalog: Catalog, runId: number, position: number): Promise<boolean> {
  const { rows } = await catalog.db.execute(sql`
    UPDATE prune_items SET state = ${code('deleting')}, attempts = attempts + 1, changed_at = ${now()}::timestamptz
    WHERE run_id = ${runId} AND position = ${position} AND state = ${code('waiting')}
      AND EXISTS (SELECT 1 FROM prune_runs WHERE id = ${runId} AND state = 'running')
    RETURNING position`);
  return rows.length > 0;
}

const now = () => new Date().toISOString();

/** Writes down what came of an item. */
export async function settleItem(
  catalog: Catalog,
  runId: number,
  position: number,
  state: Exclude<ItemState, 'deleting'>,
  reason?: string,
): Promise<void> {
  await catalog.db
    .update(pruneItems)
    .set({ state, reason: cleanText(reason) ?? null, changedAt: new Date() })
    .where(and(eq(pruneItems.runId, runId), eq(pruneItems.position, position)));
}

/** Moves all items of a state, of one group or of all, to another. Gives how many. */
export async function moveItems(
  catalog: Catalog,
  runId: number,
  from: ItemState,
  to: ItemState,
  { reason, groupId }: { reason?: string; groupId?: number } = {},
): Promise<number> {
  const moved = await catalog.db
    .update(pruneItems)
    .set({ state: to, reason: cleanText(reason) ?? null, changedAt: new Date() })
    .where(
      and(
        eq(pruneItems.runId, runId),
        eq(pruneItems.state, from),
        groupId === undefined ? undefined : eq(pruneItems.groupId, groupId),
      ),
    )
    .returning({ position: pruneItems.position });
  return moved.length;
}

/**
 * Settles what a process that died left half deleted in runs that are over: nobody takes those up again by itself. What the
 * open run left is its worker's.
 */
export async function settleLost(catalog: Catalog, scope: Scope, reason: string): Promise<void> {
  await catalog.db.execute(sql`
    UPDATE prune_items SET state = ${code('failed')}, reason = ${reason}, changed_at = ${now()}::timestamptz
    WHERE state = ${code('deleting')} AND run_id IN (
      SELECT id FROM prune_runs WHERE scope_id = ${scope.id} AND state IN ('done', 'ended'))`);
}

/** Changes the state of a run that is in one of `from`. False when it is not. */
export async function moveRun(
  catalog: Catalog,
  scope: Scope,
  id: number,
  from: readonly PruneRun['state'][],
  to: PruneRun['state'],
): Promise<boolean> {
  const over = to === 'done' || to === 'ended';
  const moved = await catalog.db
    .update(pruneRuns)
    .set({ state: to, finishedAt: over ? new Date() : null })
    .where(and(ofScope(scope, id), inArray(pruneRuns.state, [...from])))
    .returning({ id: pruneRuns.id });
  return moved.length > 0;
}

/** What clean-ups took of one job, a line for each. What AWS did not have any more was somebody else's doing. */
export async function listPrunesOfJob(
  catalog: Catalog,
  scope: Scope,
  { jobCategory, jobName }: JobRef,
): Promise<{ runId: number; who?: string; deleted: number; lastAt: Date }[]> {
  const rows = await catalog.db
    .select({
      runId: pruneItems.runId,
      who: pruneRuns.who,
      deleted: sql<number>`count(*)::integer`,
      lastAt: sql<Date>`max(${pruneItems.changedAt})`.mapWith(pruneItems.changedAt),
    })
    .from(pruneItems)
    .innerJoin(pruneRuns, eq(pruneRuns.id, pruneItems.runId))
    .innerJoin(jobs, eq(jobs.id, pruneItems.jobId))
    .where(
      and(
        eq(jobs.scopeId, scope.id),
        eq(jobs.category, jobCategory),
        eq(jobs.name, jobName),
        eq(pruneItems.state, 'deleted'),
        isNull(pruneItems.reason),
      ),
    )
    .groupBy(pruneItems.runId, pruneRuns.who);
  return rows.map(({ who, ...row }) => ({ ...row, who: who ?? undefined }));
}

/** Whether a package is being deleted this moment, or is gone. */
export async function isGoing(
  catalog: Catalog,
  scope: Scope,
  ref: { group: string; version: number },
): Promise<boolean> {
  const { rows } = await catalog.db.execute(sql`
    SELECT 1 FROM packages p JOIN package_groups g ON g.id = p.group_id
    WHERE g.scope_id = ${scope.id} AND lower(g.name) = ${ref.group.toLowerCase()} AND p.version = ${ref.version}
      AND (p.status = 'Deleted' OR EXISTS (
        SELECT 1 FROM prune_items i WHERE i.group_id = p.group_id AND i.version = p.version AND i.state = ${code('deleting')}
      ))`);
  return rows.length > 0;
}
