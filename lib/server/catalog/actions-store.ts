import 'server-only';
import { and, eq } from 'drizzle-orm';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { actions } from './schema';
import type { Scope } from './scopes-store';

/** started: the call to AWS is under way or its answer was lost. done, failed: AWS answered. */
export const ACTION_STATES = ['started', 'done', 'failed'] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** One entry of the ledger of everything Cairn changed, or tried to. */
export interface Action {
  id: number;
  action: 'create' | 'stop' | 'delete';
  /** The plan that was carried out; one action per plan and scope. Absent for stop and delete. */
  planToken?: string;
  /** SHA-256 of the request as it was sent. */
  requestHash?: string;
  job: JobRef;
  state: ActionState;
  /** What came of it: an ARN, or an error's code and message. */
  answer?: unknown;
  startedAt: Date;
  finishedAt?: Date;
}

export type NewAction = Pick<Action, 'action' | 'planToken' | 'requestHash' | 'job'>;

/**
 * Writes an action down before it is done. With a plan token that was used before nothing is written: `fresh` is false
 * and the earlier action comes back. Two callers at once: exactly one gets `fresh`.
 */
export async function beginAction(
  catalog: Catalog,
  scope: Scope,
  action: NewAction,
): Promise<{ action: Action; fresh: boolean }> {
  const { jobCategory: category, jobName: name } = action.job;
  const [written] = await catalog.db
    .insert(actions)
    .values({
      scopeId: scope.id,
      action: action.action,
      planToken: action.planToken,
      requestHash: action.requestHash,
      category,
      name,
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

function toAction(row: typeof actions.$inferSelect): Action {
  return {
    id: row.id,
    action: row.action,
    planToken: row.planToken ?? undefined,
    requestHash: row.requestHash ?? undefined,
    job: { jobCategory: row.category, jobName: row.name },
    state: row.state,
    answer: row.answer ?? undefined,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? undefined,
  };
}
