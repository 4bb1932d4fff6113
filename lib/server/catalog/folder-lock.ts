import 'server-only';
import { mkdirSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@/lib/contract/app-error';

const FILE = 'lock';
/** Whoever holds the folder touches the lock this often. */
const BEAT_MS = 1_000;
/** A lock that stood still for so long has nobody any more; long enough for a holder that is very busy. */
const WATCH_MS = 6_000;
const LOOK_EVERY_MS = 250;

interface Holder {
  pid: number;
  /** Where that process id means something; absent in a lock of an older version. */
  home?: string;
}

/**
 * Takes a data folder for this process: two servers on one PGlite folder would destroy it. The lock is a file with the
 * process id and where that id counts. In the same place a dead process is seen at once. In another container of the
 * same volume, where every server may be process 1, only the beat of the lock tells: it is watched for some seconds.
 * Resolves to how to give the folder back.
 * Throws AppError `not_configured` when another server holds the folder, or when the folder cannot be written.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const file = path.join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      // `wx` creates or fails, so two servers that start together cannot both believe they were first.
      writeFileSync(file, `${process.pid} ${home()}\n`, { flag: 'wx' });
      return beat(file);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(folder, cause);
    }
    const holder = readHolder(file);
    if (holder && (await holds(holder, file))) throw taken(folder, file, holder);
    rmSync(file, { force: true });
  }
  throw new AppError('not_configured', `The data folder ${folder} could not be locked.`, {
    hint: 'Start Cairn again; if it stays so, look for another server that starts on the same folder.',
  });
}

/** This machine, since it was started, and the set of processes we are among: a container has its own. */
function home(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()}/${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function beat(file: string): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Not writable just now: the next beat tries again, long before anybody takes the lock for a dead one.
    }
  }, BEAT_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

function readHolder(file: string): Holder | undefined {
  try {
    const [first = '', home] = readFileSync(file, 'utf8').trim().split(' ');
    const pid = Number.parseInt(first, 10);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, home } : undefined;
  } catch {
    return undefined;
  }
}

async function holds({ pid, home: theirs }: Holder, file: string): Promise<boolean> {
  const sameHome = theirs === undefined || theirs === home();
  // Our own id is one we left in an earlier life, or that of a container whose set of processes cannot be told from ours.
  if (sameHome && pid !== process.pid) return isAlive(pid);
  return beats(file);
}

/** Whether somebody touches the file while it is watched. Compared with itself: clocks of two machines may differ. */
async function beats(file: string): Promise<boolean> {
  const touchedAt = () => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  const before = touchedAt();
  for (let waited = 0; waited < WATCH_MS; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    const now = touchedAt();
    if (now === undefined) return false;
    if (now !== before) return true;
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's process, but a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function taken(folder: string, file: string, { pid }: Holder): AppError {
  return new AppError('not_configured', `Another Cairn (process ${pid}) already uses the data folder ${folder}.`, {
    hint: `Stop it, or give this one its own folder with CAIRN_DATA_DIR. If no such process runs, delete ${file}.`,
  });
}

function unwritable(folder: string, cause: unknown): AppError {
  return new AppError('not_configured', `The data folder ${folder} cannot be written.`, {
    hint: 'Name a folder this user may write to in CAIRN_DATA_DIR.',
    cause,
  });
}
