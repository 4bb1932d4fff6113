import 'server-only';
import type { Catalog } from './catalog';

interface PackageAt {
  groupId: number;
  version: number;
}

interface Changes {
  /** Grows when it is not known any more which packages changed. */
  epoch: number;
  /** Those that changed in this epoch, in order; one may come twice. */
  touched: readonly PackageAt[];
}

/** Whoever missed more than this reads everything again. */
const MOST_TOUCHED = 20_000;

const known = new WeakMap<Catalog, Changes & { touched: PackageAt[] }>();

/**
 * What happened to rows of `packages`: who holds all of them in memory reads again only what was touched since. A job at work
 * writes some every few minutes, a clean-up takes thousands one by one.
 */
export function packageChanges(catalog: Catalog): Changes {
  const changes = known.get(catalog) ?? { epoch: 0, touched: [] };
  known.set(catalog, changes);
  return changes;
}

/** To be called by whoever wrote packages of a group, after the write. */
export function notePackageChanges(catalog: Catalog, groupId: number, versions: readonly number[]): void {
  const { epoch, touched } = known.get(catalog) ?? { epoch: 0, touched: [] };
  for (const version of versions) touched.push({ groupId, version });
  known.set(catalog, { epoch, touched });
  if (touched.length > MOST_TOUCHED) noteAnyPackages(catalog);
}

/** The same where nobody can say which packages it were. */
export function noteAnyPackages(catalog: Catalog): void {
  known.set(catalog, { epoch: packageChanges(catalog).epoch + 1, touched: [] });
}
