import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import type { PackageRef } from '@/lib/contract/action-log';
import type { Catalog } from './catalog';
import { notePackageChanges } from './package-changes';
import { packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

/** A package by its address, as a condition on `packages`. */
function at(catalog: Catalog, scope: Scope, { group, version }: PackageRef) {
  const groups = catalog.db
    .select({ id: packageGroups.id })
    .from(packageGroups)
    .where(and(eq(packageGroups.scopeId, scope.id), eq(packageGroups.name, group)));
  return and(inArray(packages.groupId, groups), eq(packages.version, version));
}

/** Notes an approval that AWS took. */
export async function setApproval(catalog: Catalog, scope: Scope, ref: PackageRef, approval: string): Promise<void> {
  const changed = await catalog.db
    .update(packages)
    .set({ approval })
    .where(at(catalog, scope, ref))
    .returning({ groupId: packages.groupId });
  for (const { groupId } of changed) notePackageChanges(catalog, groupId, [ref.version]);
  catalog.touch(scope.id);
}

/** The status of a package that AWS does not have any more and the catalog remembers. Not a word of AWS. */
export const DELETED = 'Deleted';

/** Notes that AWS deleted a package. Its row stays: lineage, notes and the counting of steps go on knowing it. */
export async function markPackageDeleted(catalog: Catalog, scope: Scope, ref: PackageRef): Promise<void> {
  const gone = await catalog.db
    .update(packages)
    .set({ status: DELETED })
    .where(at(catalog, scope, ref))
    .returning({ groupId: packages.groupId });
  for (const { groupId } of gone) notePackageChanges(catalog, groupId, [ref.version]);
  catalog.touch(scope.id);
}
