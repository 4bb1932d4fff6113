import 'server-only';
import type { PruneRules } from '@/lib/contract/prune';
import type { JobRewards, PruneFacts, PruneJob } from '@/lib/prune/prune-facts';
import type { Catalog } from '../catalog/catalog';
import { loadPackageColumns } from '../catalog/load-package-columns';
import { listCreating, listGroupFacts, listMarked, listPruneJobs, listRewards } from '../catalog/prune-facts';
import type { Scope } from '../catalog/scopes-store';
import { lineageBase } from '../lineage/lineage-base';
import { packagesOf } from './package-snapshot';

/** A live job writes its reward every few minutes, and none of its checkpoints may go. */
const REWARDS_MS = 20_000;

interface Rewards {
  readMs: number;
  ofJobs: Promise<Map<number, JobRewards>>;
}

const held = new WeakMap<Catalog, Map<number, Rewards>>();

/**
 * Everything a suggestion is made from. Rewards may be some seconds old: the start reads them anew, and each deletion is
 * judged once more. Jobs, pins, notes and the ledger are always of this moment.
 */
export async function readFacts(
  catalog: Catalog,
  scope: Scope,
  { rules, filling, fresh = false }: { rules: PruneRules; filling: boolean; fresh?: boolean },
): Promise<PruneFacts> {
  const [packages, jobs, groups, marked, creating] = await Promise.all([
    packagesOf(catalog, scope, { filling, fresh }),
    rules.lineage === undefined ? listPruneJobs(catalog, scope) : rootedJobs(catalog, scope),
    listGroupFacts(catalog, scope),
    listMarked(catalog, scope),
    listCreating(catalog, scope),
  ]);
  const rewards = rules.best > 0 ? await rewardsOf(catalog, scope, jobs, fresh) : new Map<number, JobRewards>();
  return { packages, jobs, groups, ...marked, creating, rewards, filling };
}

function rewardsOf(catalog: Catalog, scope: Scope, jobs: ReadonlyMap<number, PruneJob>, fresh: boolean) {
  const scopes = held.get(catalog) ?? new Map<number, Rewards>();
  held.set(catalog, scopes);
  const known = scopes.get(scope.id);
  if (known && !fresh && performance.now() - known.readMs < REWARDS_MS) return known.ofJobs;
  const made = { readMs: performance.now(), ofJobs: listRewards(catalog, trainingIds(jobs)) };
  scopes.set(scope.id, made);
  made.ofJobs.catch(() => scopes.get(scope.id) === made && scopes.delete(scope.id));
  return made.ofJobs;
}

/** The same for the packages of a few jobs, all of this moment: what a deletion is judged by. */
export async function readFactsOfJobs(
  catalog: Catalog,
  scope: Scope,
  { rules, jobIds }: { rules: PruneRules; jobIds: readonly number[] },
): Promise<PruneFacts> {
  const [packages, jobs, groups, marked, creating, rewards] = await Promise.all([
    loadPackageColumns(catalog, scope, jobIds),
    listPruneJobs(catalog, scope),
    listGroupFacts(catalog, scope),
    listMarked(catalog, scope),
    listCreating(catalog, scope),
    rules.best > 0 ? listRewards(catalog, jobIds) : new Map<number, JobRewards>(),
  ]);
  return { packages, jobs, groups, ...marked, creating, rewards, filling: false };
}

const trainingIds = (jobs: ReadonlyMap<number, PruneJob>) =>
  [...jobs.values()].filter(({ ref }) => ref.jobCategory === 'AgentRFT').map(({ id }) => id);

/** Jobs with the first job of their lineage. */
async function rootedJobs(catalog: Catalog, scope: Scope): Promise<Map<number, PruneJob>> {
  const [jobs, base] = await Promise.all([listPruneJobs(catalog, scope), lineageBase(catalog, scope)]);
  for (const [id, job] of jobs) job.root = base.byRowId.get(id)?.root.job.row.id ?? id;
  return jobs;
}
