import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { binFile, Failure } from './root.mjs';
import { runNode } from './run.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium that starts: CHROMIUM_PATH, one of the system, Playwright's own, or Playwright's newly installed (said
 * aloud). Throws a Failure that says what to do when there is none.
 */
export async function findChromium({ say = console.log } = {}) {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (starts(named)) return named;
    throw new Failure(
      `CHROMIUM_PATH=${named} is not a Chromium that starts.`,
      'set CHROMIUM_PATH to one, or leave it out',
    );
  }
  const found = [...COMMANDS.flatMap(onPath), ...MAC_APPS, await playwrightsOwn()].find((file) => file && starts(file));
  if (found) return found;
  say('no Chromium on this machine: installing the one of Playwright …');
  const { code, output } = await runNode([binFile('@playwright/test', 'playwright'), 'install', 'chromium']);
  const own = await playwrightsOwn();
  if (code === 0 && own && starts(own)) return own;
  throw new Failure(
    `${output.trimEnd()}\nThe browser tests need a Chromium; none was found and none could be installed.`,
    'install the package chromium (apt-get install chromium, brew install --cask chromium) or set CHROMIUM_PATH',
  );
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const file = chromium.executablePath();
  return file && existsSync(file) ? file : undefined;
}

function onPath(command) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, command))
    .filter(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A wrapper script of a package that is not there also lies on the PATH; so it is asked for its version. */
function starts(file) {
  if (!isExecutable(file)) return false;
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /chrom/i.test(stdout);
}
