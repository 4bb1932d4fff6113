import 'server-only';
import type { PgliteDatabase } from 'drizzle-orm/pglite';

/** The open catalog. Stores of this folder take it as their first argument; nobody else speaks SQL. */
export interface Catalog {
  kind: 'pglite' | 'postgres';
  db: PgliteDatabase;
  close(): Promise<void>;
}
