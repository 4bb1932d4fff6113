import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import type { Catalog } from './catalog';
import { packageGroups } from './schema';
import type { Scope } from './scopes-store';

/** How far a model package group is read. Times are AWS's. */
export interface GroupPosition {
  /** The first read goes back in time: everything from `filledFrom` to `listedUntil` is known. */
  filledFrom?: Date;
  listedUntil?: Date;
  /** The first read reached the oldest package. */
  complete: boolean;
  /** When the last read that reached the newest package began. */
  readAt?: Date;
}

export interface StoredGroup extends GroupPosition {
  id: number;
  name: string;
}

/** A group by its name, made on first sight. AWS may write a name in lower case inside ARNs: it is the same group. */
export async function ensureGroup(catalog: Catalog, scope: Scope, name: string): Promise<StoredGroup> {
  const find = () =>
    catalog.db
      .select()
      .from(packageGroups)
      .where(and(eq(packageGroups.scopeId, scope.id), sql`lower(${packageGroups.name}) = ${name.toLowerCase()}`))
      .limit(1);
  const [known] = await find();
  if (known) return toGroup(known);
  await catalog.db.insert(packageGroups).values({ scopeId: scope.id, name }).onConflictDoNothing();
  const [made] = await find();
  if (!made) throw new Error('the catalog returned no group');
  return toGroup(made);
}

/** All groups of a scope. */
export async function listGroups(catalog: Catalog, scope: Scope): Promise<StoredGroup[]> {
  const rows = await catalog.db.select().from(packageGroups).where(eq(packageGroups.scopeId, scope.id));
  return rows.map(toGroup);
}

/** Writes down how far a group is read; `asOf` is our clock. */
export async function savePosition(
  db: Pick<Catalog['db'], 'update'>,
  groupId: number,
  position: GroupPosition,
  asOf: Date,
): Promise<void> {
  await db
    .update(packageGroups)
    .set({
      filledFrom: position.filledFrom ?? null,
      listedUntil: position.listedUntil ?? null,
      complete: position.complete,
      readAt: position.readAt ?? null,
      asOf,
    })
    .where(eq(packageGroups.id, groupId));
}

function toGroup(row: typeof packageGroups.$inferSelect): StoredGroup {
  return {
    id: row.id,
    name: row.name,
    filledFrom: row.filledFrom ?? undefined,
    listedUntil: row.listedUntil ?? undefined,
    complete: row.complete,
    readAt: row.readAt ?? undefined,
  };
}
