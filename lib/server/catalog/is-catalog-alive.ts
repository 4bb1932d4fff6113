import 'server-only';
import { sql } from 'drizzle-orm';
import type { Catalog } from './catalog';

/** Whether the catalog answers a question now. */
export async function isCatalogAlive(catalog: Catalog): Promise<{ ok: boolean; error?: string }> {
  try {
    await catalog.db.execute(sql`SELECT 1`);
    return { ok: true };
  } catch {
    return { ok: false, error: 'The catalog does not answer. The server log says why.' };
  }
}
