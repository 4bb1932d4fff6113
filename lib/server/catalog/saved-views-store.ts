import 'server-only';
import { and, asc, eq } from 'drizzle-orm';
import type { SavedView } from '@/lib/contract/saved-views';
import type { Catalog } from './catalog';
import { cleanText } from './clean-text';
import { savedViews } from './schema';
import type { Scope } from './scopes-store';

/** The saved views of a region, by name. */
export async function listSavedViews(catalog: Catalog, scope: Scope): Promise<SavedView[]> {
  const rows = await catalog.db
    .select()
    .from(savedViews)
    .where(eq(savedViews.scopeId, scope.id))
    .orderBy(asc(savedViews.name));
  return rows.map(({ id, name, search, who, savedAt }) => ({ id, name, search, who, time: savedAt.toISOString() }));
}

/** Keeps a view under a name; one that has the name already is replaced. */
export async function putSavedView(
  catalog: Catalog,
  scope: Scope,
  view: { name: string; search: string; who: string },
): Promise<void> {
  const row = { search: view.search, who: cleanText(view.who), savedAt: new Date() };
  await catalog.db
    .insert(savedViews)
    .values({ scopeId: scope.id, name: cleanText(view.name), ...row })
    .onConflictDoUpdate({ target: [savedViews.scopeId, savedViews.name], set: row });
}

/** Takes a view away; one that is gone already is no error. */
export async function removeSavedView(catalog: Catalog, scope: Scope, id: number): Promise<void> {
  await catalog.db.delete(savedViews).where(and(eq(savedViews.scopeId, scope.id), eq(savedViews.id, id)));
}
