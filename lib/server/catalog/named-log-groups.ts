import 'server-only';
import { and, asc, eq, or } from 'drizzle-orm';
import type { JobRef } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { cleanText } from './clean-text';
import { namedLogGroups } from './schema';
import type { Scope } from './scopes-store';

export interface NamedLogGroup {
  logGroup: string;
  /** For one job, or for every job of the region. */
  scope: 'job' | 'region';
}

const keyOf = (ref: JobRef | undefined) => ({ category: ref?.jobCategory ?? '', name: ref?.jobName ?? '' });

/** The log groups named for a job, its own and the region's, by name. */
export async function listNamedLogGroups(catalog: Catalog, scope: Scope, ref: JobRef): Promise<NamedLogGroup[]> {
  const of = (key: { category: string; name: string }) =>
    and(eq(namedLogGroups.category, key.category), eq(namedLogGroups.name, key.name));
  const rows = await catalog.db
    .select()
    .from(namedLogGroups)
    .where(and(eq(namedLogGroups.scopeId, scope.id), or(of(keyOf(ref)), of(keyOf(undefined)))))
    .orderBy(asc(namedLogGroups.logGroup));
  return rows.map(({ logGroup, name }) => ({ logGroup, scope: name === '' ? 'region' : 'job' }));
}

/** Names a group for a job, or without one for the region; doing so twice changes nothing. */
export async function addNamedLogGroup(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef | undefined,
  { logGroup, who }: { logGroup: string; who: string },
): Promise<void> {
  await catalog.db
    .insert(namedLogGroups)
    .values({ scopeId: scope.id, ...keyOf(ref), logGroup, who: cleanText(who), namedAt: new Date() })
    .onConflictDoNothing();
}

/** Takes the name away; one that is gone already is no error. */
export async function removeNamedLogGroup(
  catalog: Catalog,
  scope: Scope,
  ref: JobRef | undefined,
  logGroup: string,
): Promise<void> {
  const { category, name } = keyOf(ref);
  await catalog.db
    .delete(namedLogGroups)
    .where(
      and(
        eq(namedLogGroups.scopeId, scope.id),
        eq(namedLogGroups.category, category),
        eq(namedLogGroups.name, name),
        eq(namedLogGroups.logGroup, logGroup),
      ),
    );
}
