import 'server-only';

/** The open catalog. Stores of this folder take it as their first argument; nobody else speaks SQL. */
export interface Catalog {
  kind: 'pglite' | 'postgres';
  close(): Promise<void>;
}
