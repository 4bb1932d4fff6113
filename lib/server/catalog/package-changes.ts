import 'server-only';
import type { Catalog } from './catalog';

const counters = new WeakMap<Catalog, number>();

/** Grows with every change to a row of `packages`: who holds all of them in memory reads them again only then. */
export const packageChanges = (catalog: Catalog): number => counters.get(catalog) ?? 0;

/** To be called by whoever wrote packages, after the write. */
export function notePackageChange(catalog: Catalog): void {
  counters.set(catalog, packageChanges(catalog) + 1);
}
