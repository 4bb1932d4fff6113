import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
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
  _catalog: Catalog,
  _scope: Scope,
  _action: NewAction,
): Promise<{ action: Action; fresh: boolean }> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}

/** Writes down what came of it. */
export async function finishAction(
  _catalog: Catalog,
  _id: number,
  _outcome: { state: 'done' | 'failed'; answer?: unknown },
): Promise<void> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}

/** Opens a failed or unanswered action again, for another try. False when somebody else did so first. */
export async function reopenAction(_catalog: Catalog, _id: number, _from: ActionState): Promise<boolean> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}

/** The action of a plan token, if there is one. */
export async function findAction(_catalog: Catalog, _scope: Scope, _planToken: string): Promise<Action | undefined> {
  throw new AppError('catalog_unavailable', 'The catalog is not built yet.');
}
