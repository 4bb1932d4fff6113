import 'server-only';
import type { PgliteDatabase } from 'drizzle-orm/pglite';

/** The open catalog. Stores of this folder take it as their first argument; nobody else speaks SQL. */
export interface Catalog {
  kind: 'pglite' | 'postgres';
  db: PgliteDatabase;
  /** Grows with every change to the jobs of a scope, so that what was counted once can be kept until then. */
  revision(scopeId: number): number;
  /** To be called by whoever wrote jobs of a scope, after the write. */
  touch(scopeId: number): void;
  close(): Promise<void>;
}
