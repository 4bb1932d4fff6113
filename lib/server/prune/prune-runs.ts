import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type {
  GetPruneRunQuery,
  GetPruneRunResponse,
  ListPruneRunsResponse,
  PruneRun,
  PruneRunChange,
} from '@/lib/contract/prune';
import { requireChanges } from '../actions/action-helpers';
import { findRun, listItems, listRuns, moveItems, moveRun, peekOpenRun } from '../catalog/prune-runs';
import type { Scope } from '../catalog/scopes-store';
import type { Deployment } from '../deployment';
import { closeRun } from './close-run';

/** Every clean-up of the region, newest first. */
export async function listPruneRuns(d: Deployment, region: string): Promise<ListPruneRunsResponse> {
  const scope = await d.scope(region);
  const runs = await listRuns(d.catalog, scope);
  return { runs: runs.map((run) => withTrouble(d, region, run)), ...clockOf(d, region) };
}

/** The record of one clean-up, with one stretch of its checkpoints. Throws AppError `not_found`. */
export async function getPruneRun(
  d: Deployment,
  region: string,
  id: number,
  { state, offset, limit }: GetPruneRunQuery,
): Promise<GetPruneRunResponse> {
  const scope = await d.scope(region);
  const run = await requireRun(d, scope, region, id);
  const items = await listItems(d.catalog, id, { state, offset, limit });
  return {
    run: withTrouble(d, region, run),
    total: state ? run.counts[state] : run.total,
    offset,
    items,
    ...clockOf(d, region),
  };
}

/**
 * Pauses a clean-up, lets it go on, tries again what failed, or ends it for good. Asking for what is so already changes
 * nothing. What is being deleted this moment is not called back. Throws AppError `not_found`, `conflict`, `read_only`.
 */
export async function changePruneRun(
  d: Deployment,
  region: string,
  id: number,
  change: PruneRunChange,
): Promise<{ run: PruneRun }> {
  requireChanges(d);
  const scope = await d.scope(region);
  const run = await requireRun(d, scope, region, id);
  const { catalog } = d;
  switch (change) {
    case 'pause':
      if (!(await moveRun(catalog, scope, id, ['running', 'paused'], 'paused'))) throw isOver(run);
      break;
    case 'resume':
      if (!(await moveRun(catalog, scope, id, ['running', 'paused'], 'running'))) throw isOver(run);
      d.prune.hurry(region);
      break;
    case 'retry':
      await retry(d, scope, run);
      d.prune.hurry(region);
      break;
    case 'end':
      if (await moveRun(catalog, scope, id, ['running', 'paused'], 'ended')) {
        await moveItems(catalog, id, 'waiting', 'kept', { reason: 'The clean-up was ended before its turn.' });
        await closeRun(catalog, scope, id);
      }
      break;
  }
  d.events.publish({ type: 'prune', region });
  return { run: withTrouble(d, region, await requireRun(d, scope, region, id)) };
}

async function retry({ catalog }: Deployment, scope: Scope, run: PruneRun): Promise<void> {
  if (run.counts.failed === 0) return;
  // A run that is over opens again for what failed, unless another one is open: one at a time.
  const moved = await moveRun(catalog, scope, run.id, ['running', 'paused', 'done', 'ended'], 'running').catch(
    async (error: unknown) => {
      // The index of open runs refused it; anything else is a failure of its own.
      if (await peekOpenRun(catalog, scope)) return false;
      throw error;
    },
  );
  if (!moved) {
    throw new AppError('conflict', 'Another clean-up of this region is under way.', {
      hint: 'Wait for it, or end it.',
    });
  }
  await moveItems(catalog, run.id, 'failed', 'waiting');
}

async function requireRun(d: Deployment, scope: Scope, region: string, id: number): Promise<PruneRun> {
  const run = await findRun(d.catalog, scope, id);
  if (run) return run;
  throw new AppError('not_found', `There was no clean-up number ${id} in ${region}.`, {
    hint: 'The page of clean-ups lists all there were.',
  });
}

const isOver = (run: PruneRun) =>
  new AppError('conflict', `Clean-up number ${run.id} is over.`, { hint: 'What failed can be tried again.' });

function withTrouble(d: Deployment, region: string, run: PruneRun): PruneRun {
  const trouble = run.state === 'running' ? d.prune.trouble(region) : undefined;
  return trouble ? { ...run, trouble } : run;
}

const clockOf = (d: Deployment, region: string) => ({
  asOf: d.sync.status(region).lastSuccessAt,
  awsNow: d.awsNow(region).toISOString(),
});
