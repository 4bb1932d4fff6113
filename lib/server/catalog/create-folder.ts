import 'server-only';
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AppError } from '@/lib/contract/app-error';

const HALF_MADE = 'catalog.new-';

/** Runs in a process of its own: makes an empty PGlite folder and ends. */
const CREATE = `
const { PGlite } = await import(process.env.CAIRN_PGLITE);
const db = await PGlite.create(process.env.CAIRN_NEW_FOLDER);
await db.close();
process.exit(0);
`;

/**
 * Makes the database folder where there is none yet and returns its path.
 *
 * Three measurements shape it. Making a database takes 3 to 10 seconds, copying an empty one a tenth of that: so an empty
 * one is kept beside the packages and copied. Making one also leaves the process that did it about 480 MB larger for
 * good, opening one does not: so a short-lived child makes it. And in all that time the server may be killed: so a
 * folder grows under another name and is renamed when it is whole.
 * Call it only while the data folder is locked. Throws AppError `catalog_unavailable`.
 */
export async function createFolder(dataDir: string): Promise<string> {
  const folder = path.join(dataDir, 'catalog');
  for (const entry of readdirSync(dataDir)) {
    if (entry.startsWith(HALF_MADE)) rmSync(path.join(dataDir, entry), { recursive: true, force: true });
  }
  if (existsSync(folder)) return folder;
  const fresh = path.join(dataDir, `${HALF_MADE}${process.pid}`);
  try {
    const template = await findTemplate();
    if (template) await cp(template, fresh, { recursive: true });
    else await createDatabase(fresh);
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    throw new AppError('catalog_unavailable', `The catalog could not be made in ${dataDir}.`, {
      hint: 'Check that the disk has about 100 MB left and that this user may write there.',
      cause,
    });
  }
  renameSync(fresh, folder);
  return folder;
}

/** From the project's root, so that it is found whether this file runs bundled or as source. */
const fromRoot = () => createRequire(path.join(process.cwd(), 'package.json'));

/** The empty database kept for copying, made on first need; undefined where the packages' folder is not writable. */
async function findTemplate(): Promise<string | undefined> {
  const main = fromRoot().resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(path.join(path.dirname(main), '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const cache = path.join(process.cwd(), 'node_modules', '.cache', 'cairn');
  const template = path.join(cache, `empty-catalog-pglite-${version}`);
  if (existsSync(template)) return template;
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
  } catch {
    return undefined;
  }
  const fresh = `${template}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  await createDatabase(fresh);
  try {
    renameSync(fresh, template);
  } catch {
    // Another process was quicker; its copy is as good.
    rmSync(fresh, { recursive: true, force: true });
  }
  return template;
}

async function createDatabase(folder: string): Promise<void> {
  const module = fromRoot()
    .resolve('@electric-sql/pglite')
    .replace(/\.cjs$/, '.js');
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', CREATE], {
    env: { ...process.env, CAIRN_PGLITE: pathToFileURL(module).href, CAIRN_NEW_FOLDER: folder },
    timeout: 120_000,
  });
}
