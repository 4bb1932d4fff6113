import 'server-only';
import { sql } from 'drizzle-orm';
import type { Catalog } from './catalog';

/** Lets the planner know how much there is: PGlite has no background worker that would. Takes some tenths of a second. */
export async function refreshStatistics(catalog: Catalog): Promise<void> {
  if (catalog.kind === 'pglite') await catalog.db.execute(sql`ANALYZE`);
}
