import 'server-only';
import { and, eq } from 'drizzle-orm';
import type { Catalog } from './catalog';
import { syncState } from './schema';
import type { Scope } from './scopes-store';

/** What the sync wrote under a key; undefined when nothing. The reader checks the shape: another version may have written it. */
export async function findSyncState(catalog: Catalog, scope: Scope, key: string): Promise<unknown> {
  const [row] = await catalog.db
    .select({ value: syncState.value })
    .from(syncState)
    .where(and(eq(syncState.scopeId, scope.id), eq(syncState.key, key)));
  return row?.value;
}

/** Keeps a JSON value under a key. */
export async function saveSyncState(catalog: Catalog, scope: Scope, key: string, value: unknown): Promise<void> {
  await catalog.db
    .insert(syncState)
    .values({ scopeId: scope.id, key, value })
    .onConflictDoUpdate({ target: [syncState.scopeId, syncState.key], set: { value } });
}
