import 'server-only';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Catalog } from './catalog';
import { packageGroups, packages } from './schema';
import type { Scope } from './scopes-store';

/** The kinds of packages a group holds; undefined when the catalog does not know the group. */
export async function findGroupHoldings(
  catalog: Catalog,
  scope: Scope,
  name: string,
): Promise<('resumable' | 'model')[] | undefined> {
  const [group] = await catalog.db
    .select({ id: packageGroups.id })
    .from(packageGroups)
    .where(and(eq(packageGroups.scopeId, scope.id), sql`lower(${packageGroups.name}) = ${name.toLowerCase()}`))
    .limit(1);
  if (!group) return undefined;
  const kinds = await Promise.all(
    (['resumable', 'model'] as const).map(async (kind) => {
      const [one] = await catalog.db
        .select({ version: packages.version })
        .from(packages)
        .where(and(eq(packages.groupId, group.id), eq(packages.kind, kind), ne(packages.status, 'Deleted')))
        .limit(1);
      return one ? [kind] : [];
    }),
  );
  return kinds.flat();
}
