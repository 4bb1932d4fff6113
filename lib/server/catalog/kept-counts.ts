import 'server-only';
import type { ListJobsQuery, ListJobsResponse } from '@/lib/contract/jobs';
import type { Catalog } from './catalog';
import { countJobs, listFacets } from './list-jobs-page';
import type { Scope } from './scopes-store';

/** Filters whose totals are remembered at a time; a team looks at few, and each is counted in some milliseconds. */
const MAX_KEPT = 50;

interface Kept {
  revision: number;
  facets?: Promise<ListJobsResponse['facets']>;
  totals: Map<string, Promise<number>>;
}

const keptOf = new WeakMap<Catalog, Map<number, Kept>>();

/**
 * Totals and filter menus of the jobs list. Each reads every job of the scope, so it is counted once per change of the
 * catalog and not once per request.
 */
export async function countsOf(catalog: Catalog, scope: Scope, query: ListJobsQuery) {
  const kept = current(catalog, scope);
  const { category, status, q, baseModel, dataset, since, until } = query;
  const filters = { category, status, q, baseModel, dataset, since, until };
  kept.facets ??= listFacets(catalog, scope);
  const [facets, total, totalUnfiltered] = await Promise.all([
    kept.facets,
    totalOf(kept, JSON.stringify(filters), () => countJobs(catalog, scope, filters)),
    totalOf(kept, '{}', () => countJobs(catalog, scope)),
  ]);
  return { facets, total, totalUnfiltered };
}

function current(catalog: Catalog, scope: Scope): Kept {
  const scopes = keptOf.get(catalog) ?? new Map<number, Kept>();
  keptOf.set(catalog, scopes);
  const revision = catalog.revision(scope.id);
  const kept = scopes.get(scope.id);
  if (kept?.revision === revision) return kept;
  const fresh: Kept = { revision, totals: new Map() };
  scopes.set(scope.id, fresh);
  return fresh;
}

function totalOf(kept: Kept, key: string, read: () => Promise<number>): Promise<number> {
  const known = kept.totals.get(key);
  if (known) return known;
  const oldest = kept.totals.keys().next();
  if (kept.totals.size >= MAX_KEPT && !oldest.done) kept.totals.delete(oldest.value);
  const total = read();
  kept.totals.set(key, total);
  // A failed count must not be remembered as the answer.
  total.catch(() => kept.totals.delete(key));
  return total;
}
