import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from './migrate';
import { openCatalog } from './open-catalog';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'cairn-catalog-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('openCatalog', () => {
  it('keeps what was written, over a close and over the rest of a half-made folder', async () => {
    mkdirSync(path.join(dataDir, 'catalog.new-4711'));
    writeFileSync(path.join(dataDir, 'catalog.new-4711', 'PG_VERSION'), 'half');
    const first = await openCatalog({ dataDir });
    await first.db.execute(sql`CREATE TABLE stones (n integer)`);
    await first.db.execute(sql`INSERT INTO stones VALUES (3)`);
    await first.close();
    expect(readdirSync(dataDir)).toEqual(['catalog']);

    const second = await openCatalog({ dataDir });
    expect((await second.db.execute(sql`SELECT n FROM stones`)).rows).toEqual([{ n: 3 }]);
    await second.close();
  });

  it('refuses a folder that a living process holds, and names that process', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(other, 'spawn');
    writeFileSync(path.join(dataDir, 'lock'), `${other.pid}\n`);
    await expect(openCatalog({ dataDir })).rejects.toMatchObject({
      code: 'not_configured',
      message: expect.stringContaining(`process ${other.pid}`),
    });
    other.kill('SIGKILL');
    await once(other, 'exit');

    const taken = await openCatalog({ dataDir });
    await taken.close();
    expect(existsSync(path.join(dataDir, 'lock'))).toBe(false);
  });

  it('refuses a folder that a process of another container holds, though it has our own number, until its lock stands still', {
    timeout: 60_000,
  }, async () => {
    const lock = path.join(dataDir, 'lock');
    writeFileSync(lock, `${process.pid} another-container\n`);
    const beat = setInterval(() => utimesSync(lock, new Date(), new Date()), 200);
    try {
      await expect(openCatalog({ dataDir })).rejects.toMatchObject({ code: 'not_configured' });
    } finally {
      clearInterval(beat);
    }
    const taken = await openCatalog({ dataDir });
    await expect(openCatalog({ dataDir })).rejects.toMatchObject({ code: 'not_configured' });
    await taken.close();
    expect(existsSync(lock)).toBe(false);
  });

  it('a folder that is a file is an error with advice, not a crash', async () => {
    const file = path.join(dataDir, 'plain');
    writeFileSync(file, '');
    await expect(openCatalog({ dataDir: file })).rejects.toMatchObject({ code: 'not_configured' });
  });

  it('runs each migration once, whole or not at all, and stops at a newer catalog', async () => {
    const catalog = await openCatalog({ dataDir });
    const target = {
      execAtomically: (text: string) =>
        catalog.db.transaction(async (tx) => {
          for (const statement of text.split(';').filter((part) => part.trim())) await tx.execute(sql.raw(statement));
        }),
      rows: async <T>(text: string) => (await catalog.db.execute(sql.raw(text))).rows as T[],
    };
    await target.execAtomically('DROP TABLE migrations');
    const good = { name: 'stones', sql: 'CREATE TABLE cairn_stones (n integer)' };
    expect(await migrate(target, [good])).toEqual(['stones']);
    expect(await migrate(target, [good])).toEqual([]);

    const bad = { name: 'bad', sql: 'CREATE TABLE half_done (n integer); SELECT nothing_like_this' };
    await expect(migrate(target, [good, bad])).rejects.toThrow();
    expect(await target.rows("SELECT 1 FROM pg_tables WHERE tablename = 'half_done'")).toEqual([]);

    await expect(migrate(target, [])).rejects.toMatchObject({ code: 'not_configured' });
    await catalog.close();
  });
});
