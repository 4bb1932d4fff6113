import 'server-only';
import type { PruneRules } from '@/lib/contract/prune';
import { type PackageColumns, packageKey, withoutPackages } from '@/lib/prune/package-columns';
import type { JobRewards, PruneFacts, PruneJob } from '@/lib/prune/prune-facts';
import type { Catalog } from '../catalog/catalog';
import { packageChanges } from '../catalog/package-changes';
import {
  listCreating,
  listGroupFacts,
  listMarked,
  listPruneJobs,
  listRewards,
  loadPackageColumns,
} from '../catalog/prune-facts';
import type { Scope } from '../catalog/scopes-store';
import { lineageBase } from '../lineage/lineage-base';

/** The packages of a scope, as read at one moment. */
interface Snapshot {
  changes: number;
  /** How many of those that went since are left out already. */
  gone: number;
  readMs: number;
  columns: Promise<PackageColumns>;
  rewards?: Promise<Map<number, JobRewards>>;
  rewardsMs: number;
}

/** While packages pour in, they are not read again for every question. */
const FILLING_MS = 4_000;
/** A live job writes its reward every few minutes, and none of its checkpoints may go. */
const REWARDS_MS = 20_000;

const snapshots = new WeakMap<Catalog, Map<number, Snapshot>>();

/**
 * Everything a suggestion is made from. Rewards may be some seconds old: the start reads them anew, and each deletion is
 * judged once more. Jobs, pins, notes and the ledger are always of this moment.
 */
export async function readFacts(
  catalog: Catalog,
  scope: Scope,
  { rules, filling, fresh = false }: { rules: PruneRules; filling: boolean; fresh?: boolean },
): Promise<PruneFacts> {
  const snapshot = snapshotOf(catalog, scope, { filling, fresh });
  const [packages, jobs, groups, marked, creating] = await Promise.all([
    snapshot.columns,
    rules.lineage === undefined ? listPruneJobs(catalog, scope) : rootedJobs(catalog, scope),
    listGroupFacts(catalog, scope),
    listMarked(catalog, scope),
    listCreating(catalog, scope),
  ]);
  const rewards = rules.best > 0 ? await rewardsOf(catalog, snapshot, jobs) : new Map<number, JobRewards>();
  return { packages, jobs, groups, ...marked, creating, rewards, filling };
}

function rewardsOf(catalog: Catalog, snapshot: Snapshot, jobs: ReadonlyMap<number, PruneJob>) {
  if (snapshot.rewards && performance.now() - snapshot.rewardsMs < REWARDS_MS) return snapshot.rewards;
  const read = listRewards(catalog, trainingIds(jobs));
  snapshot.rewards = read;
  snapshot.rewardsMs = performance.now();
  read.catch(() => {
    snapshot.rewards = undefined;
  });
  return read;
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

function snapshotOf(
  catalog: Catalog,
  scope: Scope,
  { filling, fresh }: { filling: boolean; fresh: boolean },
): Snapshot {
  const scopes = snapshots.get(catalog) ?? new Map<number, Snapshot>();
  snapshots.set(catalog, scopes);
  const known = scopes.get(scope.id);
  const { count: changes, gone } = packageChanges(catalog);
  const young = known && filling && performance.now() - known.readMs < FILLING_MS;
  if (known && !fresh && (known.changes === changes || young)) {
    if (known.changes === changes && known.gone < gone.length) leaveOut(known, gone.slice(known.gone));
    return known;
  }
  const columns = loadPackageColumns(catalog, scope);
  const made: Snapshot = { changes, gone: gone.length, readMs: performance.now(), columns, rewardsMs: 0 };
  scopes.set(scope.id, made);
  // A failed read must not be remembered as the answer.
  columns.catch(() => scopes.delete(scope.id));
  return made;
}

function leaveOut(snapshot: Snapshot, gone: readonly { groupId: number; version: number }[]): void {
  const keys = new Set(gone.map(({ groupId, version }) => packageKey(groupId, version)));
  snapshot.gone += gone.length;
  snapshot.columns = snapshot.columns.then((columns) => withoutPackages(columns, keys));
}

/** Jobs with the first job of their lineage. */
async function rootedJobs(catalog: Catalog, scope: Scope): Promise<Map<number, PruneJob>> {
  const [jobs, base] = await Promise.all([listPruneJobs(catalog, scope), lineageBase(catalog, scope)]);
  for (const [id, job] of jobs) job.root = base.byRowId.get(id)?.root.job.row.id ?? id;
  return jobs;
}
