import 'server-only';
import { type PackageColumns, packageKey, replaceJobs } from '@/lib/prune/package-columns';
import type { Catalog } from '../catalog/catalog';
import { loadPackageColumns } from '../catalog/load-package-columns';
import { packageChanges } from '../catalog/package-changes';
import { jobsOfPackages } from '../catalog/prune-facts';
import type { Scope } from '../catalog/scopes-store';

/** The packages of a scope, as of the changes up to one. */
interface Snapshot {
  epoch: number;
  seen: number;
  readMs: number;
  columns: Promise<PackageColumns>;
}

/** While packages pour in, they are not read again for every question. */
const FILLING_MS = 4_000;

const snapshots = new WeakMap<Catalog, Map<number, Snapshot>>();

/**
 * All packages of a scope that are still there. They are held in memory, and read again only of the jobs whose packages
 * changed since; `fresh`: all of them, whatever is held.
 */
export function packagesOf(
  catalog: Catalog,
  scope: Scope,
  { filling, fresh }: { filling: boolean; fresh: boolean },
): Promise<PackageColumns> {
  const scopes = snapshots.get(catalog) ?? new Map<number, Snapshot>();
  snapshots.set(catalog, scopes);
  const known = scopes.get(scope.id);
  const { epoch, touched } = packageChanges(catalog);
  if (known && !fresh) {
    if (filling && performance.now() - known.readMs < FILLING_MS) return known.columns;
    if (known.epoch === epoch && known.seen === touched.length) return known.columns;
  }
  const columns =
    known && !fresh && known.epoch === epoch
      ? readAgain(catalog, scope, known.columns, touched.slice(known.seen))
      : loadPackageColumns(catalog, scope);
  const made: Snapshot = { epoch, seen: touched.length, readMs: performance.now(), columns };
  scopes.set(scope.id, made);
  // A failed read must not be remembered as the answer.
  columns.catch(() => scopes.get(scope.id) === made && scopes.delete(scope.id));
  return columns;
}

async function readAgain(
  catalog: Catalog,
  scope: Scope,
  before: Promise<PackageColumns>,
  touched: readonly { groupId: number; version: number }[],
): Promise<PackageColumns> {
  const columns = await before;
  const keys = new Set(touched.map(({ groupId, version }) => packageKey(groupId, version)));
  const jobIds = new Set(await jobsOfPackages(catalog, touched));
  for (let at = 0; at < columns.count; at += 1) {
    const jobId = columns.jobId[at] ?? 0;
    if (!jobIds.has(jobId) && keys.has(packageKey(columns.groupId[at] ?? 0, columns.version[at] ?? 0)))
      jobIds.add(jobId);
  }
  return replaceJobs(columns, jobIds, await loadPackageColumns(catalog, scope, [...jobIds]));
}
