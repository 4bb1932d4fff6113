/** One step of the tables' history. Never edited once released; a change is a new entry at the end. */
export interface Migration {
  name: string;
  /** Statements separated by semicolons, plain PostgreSQL. */
  sql: string;
}

/** In the order they run; the position is the id that the catalog records. */
export const MIGRATIONS: readonly Migration[] = [];
