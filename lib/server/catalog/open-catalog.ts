import 'server-only';
import { PGlite, types } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { AppError } from '@/lib/contract/app-error';
import type { Settings } from '../env';
import { log } from '../log';
import type { Catalog } from './catalog';
import { createFolder } from './create-folder';
import { lockFolder } from './folder-lock';
import { migrate } from './migrate';

/**
 * What PostgreSQL is told at start. 32 MB of shared buffers instead of the default 128 MB: with 200,000 packages the
 * server stays about 100 MB smaller, and the catalog's queries read so few pages that they are no slower.
 */
const POSTGRES_SETTINGS = ['shared_buffers = 32MB'];

/** PGlite takes bytes apart digit by digit, which costs 0.1 s a megabyte; Node does it at once. */
const BYTES = {
  parsers: {
    [types.BYTEA]: (hex: string) => {
      const { buffer, byteOffset, byteLength } = Buffer.from(hex.slice(2), 'hex');
      // A plain array of bytes: of a Buffer, a slice is no copy.
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  },
  serializers: {
    [types.BYTEA]: (bytes: Uint8Array) =>
      `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`,
  },
};

/**
 * Opens the catalog and brings its tables up to date. One process at a time may have it open; the first opening of a
 * folder takes some seconds, later ones under one.
 * Throws AppError `not_configured` (folder taken or not writable, newer catalog) or `catalog_unavailable`.
 */
export async function openCatalog(settings: Pick<Settings, 'dataDir' | 'databaseUrl'>): Promise<Catalog> {
  if (settings.databaseUrl) {
    throw new AppError('not_configured', 'DATABASE_URL is set, and this version keeps its catalog in a folder only.', {
      hint: 'Unset DATABASE_URL; CAIRN_DATA_DIR names the folder.',
    });
  }
  const unlock = await lockFolder(settings.dataDir);
  let client: PGlite | undefined;
  try {
    const folder = await createFolder(settings.dataDir);
    client = await PGlite.create(folder, { postgresqlconf: POSTGRES_SETTINGS, ...BYTES });
    const open = client;
    const ran = await migrate({
      execAtomically: (sql) => open.transaction(async (tx) => void (await tx.exec(sql))),
      rows: async <T>(sql: string) => (await open.query<T>(sql)).rows,
    });
    if (ran.length > 0) log.info({ migrations: ran }, 'catalog migrated');
    const revisions = new Map<number, number>();
    return {
      kind: 'pglite',
      db: drizzle({ client: open }),
      revision: (scopeId) => revisions.get(scopeId) ?? 0,
      touch: (scopeId) => void revisions.set(scopeId, (revisions.get(scopeId) ?? 0) + 1),
      close: async () => {
        await open.close();
        unlock();
      },
    };
  } catch (cause) {
    await client?.close().catch(() => undefined);
    unlock();
    if (cause instanceof AppError) throw cause;
    throw new AppError('catalog_unavailable', `The catalog in ${settings.dataDir} could not be opened.`, {
      hint: 'Its log has the cause. The catalog only remembers what AWS said: moving the folder away lets Cairn read it again.',
      cause,
    });
  }
}
