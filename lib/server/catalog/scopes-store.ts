import 'server-only';
import { desc, eq } from 'drizzle-orm';
import type { Catalog } from './catalog';
import { scopes } from './schema';

/** One account in one region: the key everything in the catalog hangs on, so that accounts never mix. */
export interface Scope {
  id: number;
  account: string;
  partition: string;
  region: string;
}

const columns = { id: scopes.id, account: scopes.account, partition: scopes.partition, region: scopes.region };

/** The scope of an account in a region, made on first sight, and noted as the one seen last. */
export async function rememberScope(
  catalog: Catalog,
  address: Omit<Scope, 'id'>,
  now: Date = new Date(),
): Promise<Scope> {
  const [scope] = await catalog.db
    .insert(scopes)
    .values({ account: address.account, partition: address.partition, region: address.region, seenAt: now })
    .onConflictDoUpdate({ target: [scopes.account, scopes.partition, scopes.region], set: { seenAt: now } })
    .returning(columns);
  if (!scope) throw new Error('the catalog returned no scope');
  return scope;
}

/** Whose data of a region was kept last: shown while nobody can say whose the credentials are. */
export async function lastScope(catalog: Catalog, region: string): Promise<Scope | undefined> {
  const [scope] = await catalog.db
    .select(columns)
    .from(scopes)
    .where(eq(scopes.region, region))
    .orderBy(desc(scopes.seenAt))
    .limit(1);
  return scope;
}
