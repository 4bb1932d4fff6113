import 'server-only';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@/lib/contract/app-error';

const FILE = 'lock';

/**
 * Takes a data folder for this process: two servers on one PGlite folder would destroy it. The lock is a file with the
 * process id; one whose process is gone (a killed server) is taken over. Returns how to give it back.
 * Throws AppError `not_configured` when another server holds the folder, or when the folder cannot be written.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      // `wx` creates or fails, so two servers that start together cannot both believe they were first.
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(folder, cause);
    }
    const holder = readHolder(file);
    if (holder !== undefined && isAlive(holder)) {
      throw new AppError(
        'not_configured',
        `Another Cairn (process ${holder}) already uses the data folder ${folder}.`,
        {
          hint: `Stop it, or give this one its own folder with CAIRN_DATA_DIR. If no such process runs, delete ${file}.`,
        },
      );
    }
    rmSync(file, { force: true });
  }
  throw new AppError('not_configured', `The data folder ${folder} could not be locked.`, {
    hint: 'Start Cairn again; if it stays so, look for another server that starts on the same folder.',
  });
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A lock with our own id is one we left in an earlier life: in a container every server is process 1. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function unwritable(folder: string, cause: unknown): AppError {
  return new AppError('not_configured', `The data folder ${folder} cannot be written.`, {
    hint: 'Name a folder this user may write to in CAIRN_DATA_DIR.',
    cause,
  });
}
