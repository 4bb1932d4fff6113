import 'server-only';
import { createHash } from 'node:crypto';
import { AppError } from '@/lib/contract/app-error';
import type { ParsedPruneStart, PruneRun } from '@/lib/contract/prune';
import { formatPruneSearch } from '@/lib/prune/prune-search';
import { requireChanges } from '../actions/action-helpers';
import { whoActs } from '../actions/who';
import { beginAction, finishAction } from '../catalog/actions-store';
import { createRun, findOpenRun, findRun, type OpenRun } from '../catalog/prune-runs';
import type { Deployment } from '../deployment';
import { isFilling } from './preview-prune';
import { readFacts } from './prune-facts';
import { makePrunePlan, planStale } from './prune-plan';

/**
 * Starts a clean-up of what was looked at, less what was dropped by hand. Nothing is deleted here: the run and its items
 * are written down, and the worker takes them one by one. The same start sent twice is one run.
 * Throws AppError `plan_stale` when something else would go now, `unprocessable` when the typed number is not the number
 * that will go, `conflict` while another clean-up of the region is open, `read_only`.
 */
export async function startPrune(
  d: Deployment,
  region: string,
  { rules, planToken, drop, confirm }: ParsedPruneStart,
): Promise<{ run: PruneRun; created: boolean }> {
  requireChanges(d);
  const scope = await d.scope(region);
  const digest = createHash('sha256')
    .update(JSON.stringify([...drop].sort()))
    .digest('base64url')
    .slice(0, 16);
  const startToken = `${planToken}.${digest}`;
  const open = await findOpenRun(d.catalog, scope);
  if (open) return joinRun(open, startToken);
  const facts = await readFacts(d.catalog, scope, { rules, filling: isFilling(d, region), fresh: true });
  const plan = makePrunePlan(scope, facts, rules, d.awsNow(region).getTime());
  if (plan.planToken !== planToken) {
    throw planStale();
  }
  const { packages, groups } = facts;
  const dropped = new Set(drop);
  const items = plan.go
    .map((at) => ({
      groupId: packages.groupId[at] ?? 0,
      version: packages.version[at] ?? 0,
      createdMs: packages.createdMs[at] ?? 0,
      jobId: packages.jobId[at] ?? 0,
    }))
    .filter(({ groupId, version }) => !dropped.has(`${groups.get(groupId)?.name}/${version}`));
  if (items.length === 0) {
    throw new AppError('unprocessable', 'Nothing is left to delete.', {
      hint: 'Keep less by the rules, or drop less by hand.',
    });
  }
  if (items.length !== confirm) {
    throw new AppError(
      'unprocessable',
      `${items.length} checkpoints would be deleted, and the number typed to confirm it is ${confirm}.`,
      { field: 'confirm', hint: 'Type the number of checkpoints that will be deleted.' },
    );
  }
  const who = await whoActs(d, region);
  const { action } = await beginAction(d.catalog, scope, {
    action: 'prune',
    who,
    detail: {
      rules: formatPruneSearch({ ...rules, show: 'go' }),
      count: items.length,
      dropped: plan.go.length - items.length,
    },
  });
  const id = await createRun(d.catalog, scope, {
    startToken,
    actionId: action.id,
    who,
    rules,
    dropped: plan.go.length - items.length,
    items,
  });
  const run = id === undefined ? undefined : await findRun(d.catalog, scope, id);
  if (!run) {
    await finishAction(d.catalog, action.id, {
      state: 'failed',
      answer: { message: 'Another clean-up was under way.' },
    });
    const other = await findOpenRun(d.catalog, scope);
    if (other) return joinRun(other, startToken);
    throw new AppError('catalog_unavailable', 'The clean-up could not be written down, so it was not started.');
  }
  d.events.publish({ type: 'prune', region });
  return { run, created: true };
}

/** The same start again is the same run; anything else waits for it to end. */
function joinRun(open: OpenRun, startToken: string): { run: PruneRun; created: boolean } {
  if (open.startToken === startToken) return { run: withoutToken(open), created: false };
  throw new AppError('conflict', 'Another clean-up of this region is under way.', {
    hint: `Wait for it, or end it: it is number ${open.id}.`,
  });
}

const withoutToken = ({ startToken: _, ...run }: OpenRun): PruneRun => run;
