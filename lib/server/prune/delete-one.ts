import 'server-only';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import type { AppError } from '@/lib/contract/app-error';
import type { ItemState } from '@/lib/contract/prune';
import { asAppError, toLedgerError } from '../actions/action-helpers';
import type { AwsRegion } from '../aws/clients';
import { deletePackage } from '../aws/model-packages';
import { beginAction, finishAction } from '../catalog/actions-store';
import type { Catalog } from '../catalog/catalog';
import { markPackageDeleted } from '../catalog/package-edits';
import { findNeed } from '../catalog/prune-facts';
import { type DueItem, moveItems, type RunToDo, settleItem, takeItem } from '../catalog/prune-runs';
import type { Scope } from '../catalog/scopes-store';

export interface DeletePlace {
  aws: AwsRegion;
  catalog: Catalog;
  scope: Scope;
}

/** AWS's own faults are tried again so often by themselves, then by a person. */
const MOST_ATTEMPTS = 5;
/** They pass, or concern everything: the item waits and so does the worker. */
const WAITING = new Set(['throttled', 'aws_unreachable', 'credentials_missing', 'credentials_expired']);

/**
 * Deletes one package that may go, and writes down what came of it. `taken` is false when the run was paused or ended, or
 * the item is settled. A package that is gone already counts as deleted, so that a lost answer does no harm.
 * Throws AppError when the worker had better wait; the item then waits as well.
 */
export async function deleteOne(
  { aws, catalog, scope }: DeletePlace,
  run: RunToDo,
  item: DueItem,
): Promise<{ taken: boolean; state?: ItemState }> {
  // First this, then the look at the ledger; creating a job does the two the other way round, so one sees the other.
  if (!(await takeItem(catalog, run.id, item.position))) return { taken: false };
  const ref = { group: item.group, version: item.version };
  const settle = async (state: Exclude<ItemState, 'deleting'>, reason?: string) => {
    await settleItem(catalog, run.id, item.position, state, reason);
    return { taken: true, state };
  };
  const need = await findNeed(catalog, scope, ref, run.rules);
  if (need) return settle('kept', need);
  const { action } = await beginAction(catalog, scope, {
    action: 'delete-checkpoint',
    checkpoint: ref,
    who: run.who,
    detail: { prune: run.id },
  });
  try {
    await deletePackage(aws, formatPackageArn({ ...scope, ...ref }));
  } catch (error) {
    const failure = asAppError(error);
    if (failure.code === 'not_found') {
      const message = 'AWS did not have it any more.';
      await finishAction(catalog, action.id, { state: 'done', answer: { message } });
      await markPackageDeleted(catalog, scope, ref);
      return settle('deleted', message);
    }
    await finishAction(catalog, action.id, { state: 'failed', answer: toLedgerError(failure) });
    const reason = wordsOf(failure);
    const again = failure.code === 'aws_failed' && item.attempts + 1 < MOST_ATTEMPTS;
    if (again || WAITING.has(failure.code)) {
      await settle('waiting', reason);
      throw failure;
    }
    // A policy names groups: what is refused for one package is refused for all of its group, at a call each.
    if (failure.code === 'access_denied') {
      await moveItems(catalog, run.id, 'waiting', 'failed', { reason, groupId: item.groupId });
    }
    return settle('failed', reason);
  }
  await markPackageDeleted(catalog, scope, ref);
  await finishAction(catalog, action.id, { state: 'done' });
  return settle('deleted');
}

const wordsOf = ({ message, hint }: AppError) => (hint ? `${message} ${hint}` : message);
