import 'server-only';
import { and, desc, eq, gte, sql } from 'drizzle-orm';
import type { ActionName, LoggedAction, PackageRef } from '@/lib/contract/action-log';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanJson, cleanText } from './clean-text';
import { formatCursor, parseCursor } from './cursor';
import { actions } from './schema';
import type { Scope } from './scopes-store';

/** started: the call to AWS is under way or its answer was lost. done, failed: AWS answered. */
export const ACTION_STATES = ['started', 'done', 'failed'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** One entry of the ledger of everything Cairn changed, or tried to. */
export interface Action {
  id: number;
  action: ActionName;
  /** The plan that was carried out; one action per plan and scope. Absent for all but create. */
  planToken?: string;
  /** SHA-256 of the request as it was sent. */
  requestHash?: string;
  /** What it was done to: a job or a checkpoint. */
  job?: JobRef;
  checkpoint?: PackageRef;
  /** ARN of the credentials it was done with. */
  who?: string;
  /** What was asked for, in a few words a reader of the log wants. */
  detail?: Record<string, unknown>;
  state: ActionState;
  /** What came of it: an ARN, or an error's code and message. */
  answer?: unknown;
  startedAt: Date;
  finishedAt?: Date;
}

export type NewAction = Pick<Action, 'action' | 'planToken' | 'requestHash' | 'job' | 'checkpoint' | 'who' | 'detail'>;

/**
 * Writes an action down before it is done. With a plan token that was used before nothing is written: `fresh` is false
 * and the earlier action comes back. Two callers at once: exactly one gets `fresh`.
 */
export async function beginAction(
  catalog: Catalog,
  scope: Scope,
  action: NewAction,
): Promise<{ action: Action; fresh: boolean }> {
  const [written] = await catalog.db
    .insert(actions)
    .values({
      scopeId: scope.id,
      action: action.action,
      planToken: action.planToken,
      requestHash: action.requestHash,
      category: action.job?.jobCategory,
      name: action.job?.jobName,
      groupName: action.checkpoint?.group,
      version: action.checkpoint?.version,
      who: cleanText(action.who),
      detail: cleanJson(action.detail),
      state: 'started',
      startedAt: new Date(),
    })
    .onConflictDoNothing({ target: [actions.scopeId, actions.planToken] })
    .returning();
  if (written) return { action: toAction(written), fresh: true };
  const earlier = action.planToken ? await findAction(catalog, scope, action.planToken) : undefined;
  if (!earlier) throw new AppError('catalog_unavailable', 'The action could not be written down, so it was not done.');
  return { action: earlier, fresh: false };
}

/** Writes down what came of it. */
export async function finishAction(
  catalog: Catalog,
  id: number,
  outcome: { state: 'done' | 'failed'; answer?: unknown },
): Promise<void> {
  await catalog.db
    .update(actions)
    .set({ state: outcome.state, answer: outcome.answer ?? null, finishedAt: new Date() })
    .where(eq(actions.id, id));
}

/** Opens a failed or unanswered action again, for another try. False when somebody else did so first. */
export async function reopenAction(catalog: Catalog, id: number, from: ActionState): Promise<boolean> {
  const reopened = await catalog.db
    .update(actions)
    .set({ state: 'started', startedAt: new Date(), finishedAt: null })
    .where(and(eq(actions.id, id), eq(actions.state, from)))
    .returning({ id: actions.id });
  return reopened.length > 0;
}

/** The action of a plan token, if there is one. */
export async function findAction(catalog: Catalog, scope: Scope, planToken: string): Promise<Action | undefined> {
  const [row] = await catalog.db
    .select()
    .from(actions)
    .where(and(eq(actions.scopeId, scope.id), eq(actions.planToken, planToken)));
  return row && toAction(row);
}

/** Entries of the ledger, newest first: of one job, of one checkpoint, or of all. `cursor` is opaque. */
export async function listActions(
  catalog: Catalog,
  scope: Scope,
  ref?: JobRef | PackageRef,
  { limit = 200, cursor }: { limit?: number; cursor?: string } = {},
): Promise<{ actions: LoggedAction[]; nextCursor?: string }> {
  const by = 'actions';
  const after = cursor === undefined ? undefined : parseCursor(cursor, by);
  const about =
    ref &&
    ('jobName' in ref
      ? and(eq(actions.category, ref.jobCategory), eq(actions.name, ref.jobName))
      : and(eq(actions.groupName, ref.group), eq(actions.version, ref.version)));
  const startedMs = sql<number>`(extract(epoch FROM ${actions.startedAt}) * 1000)::bigint`;
  const rows = await catalog.db
    .select()
    .from(actions)
    .where(
      and(
        eq(actions.scopeId, scope.id),
        about,
        after &&
          sql`(${startedMs}, ${actions.id}) < (${Math.trunc(Number(after.value)) || 0}::bigint, ${after.id}::integer)`,
      ),
    )
    .orderBy(desc(actions.startedAt), desc(actions.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    actions: page.map(toLogged),
    ...(rows.length > limit && last
      ? { nextCursor: formatCursor({ by, value: last.startedAt.getTime(), id: last.id, go: 'next' }) }
      : {}),
  };
}

/** What is deleted within so long is one stretch. */
const STRETCH = '10 minutes';
const STRETCH_MS = 600_000;
/** CloudTrail's own memory (AWS docs): nobody asks it for more. */
const REACH_MS = 90 * 86_400_000;

/** Stretches of our clock in which at least `least` packages were deleted through Cairn, epoch milliseconds. */
export async function listBusyDeletions(
  catalog: Catalog,
  scope: Scope,
  least: number,
): Promise<{ fromMs: number; toMs: number }[]> {
  const at = sql<Date>`date_bin(${STRETCH}::interval, ${actions.startedAt}, 'epoch'::timestamptz)`.mapWith(
    actions.startedAt,
  );
  const rows = await catalog.db
    .select({ at })
    .from(actions)
    .where(
      and(
        eq(actions.scopeId, scope.id),
        eq(actions.action, 'delete-checkpoint'),
        eq(actions.state, 'done'),
        gte(actions.startedAt, new Date(Date.now() - REACH_MS)),
      ),
    )
    .groupBy(sql`1`)
    .having(sql`count(*) >= ${least}`);
  return rows.map(({ at }) => ({ fromMs: at.getTime(), toMs: at.getTime() + STRETCH_MS }));
}

function toLogged(row: typeof actions.$inferSelect): LoggedAction {
  const { id, action, state, job, checkpoint, who, detail, answer, startedAt, finishedAt } = toAction(row);
  return {
    id,
    action,
    job,
    checkpoint,
    who,
    detail,
    state,
    answer: answerWords(answer),
    startTime: startedAt.toISOString(),
    endTime: finishedAt?.toISOString(),
  };
}

/** What a person reads of an answer: a failure's message, an ARN, a status. */
function answerWords(answer: unknown): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { message, jobArn, jobStatus } = answer as Record<string, unknown>;
  return [message, jobArn, jobStatus].find((word) => typeof word === 'string');
}

function toAction(row: typeof actions.$inferSelect): Action {
  return {
    id: row.id,
    action: row.action,
    planToken: row.planToken ?? undefined,
    requestHash: row.requestHash ?? undefined,
    ...(row.category && row.name ? { job: { jobCategory: row.category, jobName: row.name } } : {}),
    ...(row.groupName && row.version ? { checkpoint: { group: row.groupName, version: row.version } } : {}),
    who: row.who ?? undefined,
    detail: row.detail ?? undefined,
    state: row.state,
    answer: row.answer ?? undefined,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? undefined,
  };
}
