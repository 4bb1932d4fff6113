import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { MIGRATIONS, type Migration } from './migrations';

/** The little that migrating needs of a database; PGlite and PostgreSQL clients both have it behind `openCatalog`. */
export interface MigrationTarget {
  /** Runs a text of several statements in one transaction: all of it or nothing. */
  execAtomically(sql: string): Promise<void>;
  /** Rows of a query without parameters. */
  rows<T>(sql: string): Promise<T[]>;
}

const LEDGER = 'CREATE TABLE IF NOT EXISTS migrations (id integer PRIMARY KEY, name text NOT NULL)';

/**
 * Brings the tables to this version: every migration not yet recorded, in order, each in its own transaction together
 * with its record. Returns the names of those it ran.
 * Throws AppError `not_configured` for a catalog written by a newer Cairn, which this one would misread.
 */
export async function migrate(
  target: MigrationTarget,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<string[]> {
  await target.execAtomically(LEDGER);
  const done = await target.rows<{ id: number; name: string }>('SELECT id, name FROM migrations ORDER BY id');
  const newest = done.at(-1);
  if (newest && newest.id > migrations.length) {
    throw new AppError('not_configured', `The catalog was written by a newer Cairn (${newest.name}).`, {
      hint: 'Start the newer version, or name another folder in CAIRN_DATA_DIR; Cairn then reads everything from AWS again.',
    });
  }
  const ran: string[] = [];
  for (const [index, { name, sql }] of migrations.entries()) {
    const id = index + 1;
    if (done.some((entry) => entry.id === id)) continue;
    await target.execAtomically(
      `${sql};\nINSERT INTO migrations (id, name) VALUES (${id}, '${name.replaceAll("'", "''")}')`,
    );
    ran.push(name);
  }
  return ran;
}
