import 'server-only';
import { finishAction } from '../catalog/actions-store';
import type { Catalog } from '../catalog/catalog';
import { findRun, findRunAction } from '../catalog/prune-runs';
import type { Scope } from '../catalog/scopes-store';

/** Writes into the ledger what came of a run that is over. */
export async function closeRun(catalog: Catalog, scope: Scope, id: number): Promise<void> {
  const run = await findRun(catalog, scope, id);
  const actionId = await findRunAction(catalog, scope, id);
  if (!run || actionId === undefined) return;
  const { deleted, failed, kept } = run.counts;
  const message = `${deleted} deleted, ${failed} failed, ${kept} kept.`;
  await finishAction(catalog, actionId, {
    state: failed > 0 && deleted === 0 ? 'failed' : 'done',
    answer: { message },
  });
}
