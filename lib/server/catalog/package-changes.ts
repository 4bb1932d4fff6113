import 'server-only';
import type { Catalog } from './catalog';

interface Changes {
  count: number;
  /** Packages that went since the last change of another kind, in the order they went. */
  gone: { groupId: number; version: number }[];
}

const known = new WeakMap<Catalog, Changes>();

/**
 * What happened to rows of `packages`: who holds all of them in memory reads them again only when `count` grew, and else
 * leaves out those that went since: a clean-up takes thousands, one by one.
 */
export function packageChanges(catalog: Catalog): Readonly<Changes> {
  const changes = known.get(catalog) ?? { count: 0, gone: [] };
  known.set(catalog, changes);
  return changes;
}

/** To be called by whoever wrote packages, after the write. */
export function notePackageChange(catalog: Catalog): void {
  known.set(catalog, { count: packageChanges(catalog).count + 1, gone: [] });
}

/** To be called by whoever noted that a package is gone, after the write. */
export function notePackageGone(catalog: Catalog, groupId: number, version: number): void {
  packageChanges(catalog).gone.push({ groupId, version });
}
