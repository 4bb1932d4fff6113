import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. Written without import.meta.dirname, which Node 20.9 does not have. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const require = createRequire(path.join(ROOT, 'package.json'));

/** The file of an installed package's command, to be run by this very Node: `binFile('next')`. */
export function binFile(packageName, command = packageName) {
  let manifestFile;
  try {
    manifestFile = require.resolve(`${packageName}/package.json`);
  } catch {
    throw new Failure(`The package ${packageName} is not installed.`, 'npm install');
  }
  const { bin } = require(manifestFile);
  return path.join(path.dirname(manifestFile), typeof bin === 'string' ? bin : bin[command]);
}

/** An error whose cause is known: printed as its message and what to do, without a stack. */
export class Failure extends Error {
  constructor(message, fix) {
    super(message);
    this.fix = fix;
  }
}

/** Prints an error the way every command does: what happened, then `fix:` where one is known. */
export function printFailure(error) {
  console.error(error instanceof Failure ? error.message : error);
  if (error instanceof Failure && error.fix) console.error(`fix: ${error.fix}`);
}

/** Runs a command's body and ends the process with its exit code, 1 when it threw. */
export async function main(body) {
  try {
    const code = await body();
    if (typeof code === 'number') process.exit(code);
  } catch (error) {
    printFailure(error);
    process.exit(1);
  }
}
