import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cleanEnv } from './clean-env.mjs';
import { binFile, Failure, ROOT } from './root.mjs';
import { spawnChild } from './spawn-child.mjs';

// Everything the built dashboard is made of. The sandbox is run from source and is not part of it.
const SOURCES = ['app', 'components', 'lib', 'public'];
const FILES = [
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.cjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const NOT_BUILT = /\.(test|server\.test|contract\.test)\.tsx?$|\.md$/;
const BUILD_ID = path.join(ROOT, '.next', 'BUILD_ID');
const STAMP = path.join(ROOT, '.next', 'cairn-build.json');

/** Whether `.next` was made from exactly the sources that are here now, by this Node's major version. */
export function buildIsFresh() {
  try {
    const stamp = JSON.parse(readFileSync(STAMP, 'utf8'));
    return stamp.hash === sourcesHash() && existsSync(BUILD_ID);
  } catch {
    return false;
  }
}

/**
 * Builds the dashboard unless the last build is of the same sources; says so before and after.
 * Throws with the builder's whole output when it fails. `force` builds in any case.
 */
export async function ensureBuild({ say = console.log, force = false } = {}) {
  if (!force && buildIsFresh()) return { built: false };
  const hash = sourcesHash();
  const startedAt = Date.now();
  const firstTime = !existsSync(STAMP);
  say(
    firstTime ? 'building the dashboard (about a minute, only the first time) …' : 'sources changed: building again …',
  );
  const ticker = setInterval(() => say(`  still building, ${seconds(startedAt)} s`), 10_000);
  ticker.unref();
  const { code, output } = await runNextBuild().finally(() => clearInterval(ticker));
  if (code !== 0 || !existsSync(BUILD_ID)) {
    throw new Failure(
      `${output.trimEnd()}\n\nThe build failed (exit code ${code}).`,
      'mend what the build reports above',
    );
  }
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, `${JSON.stringify({ hash, builtAt: new Date().toISOString() }, undefined, 2)}\n`);
  say(`built in ${seconds(startedAt)} s`);
  return { built: true };
}

function runNextBuild() {
  return new Promise((resolve, reject) => {
    // A build must not depend on whose account this shell is logged in to.
    const child = spawnChild([binFile('next'), 'build'], {
      ...cleanEnv(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal, output: Buffer.concat(chunks).toString() }));
  });
}

/** A hash over names and contents of all sources, so that a touched file or a fresh checkout does not build again. */
function sourcesHash() {
  const hash = createHash('sha256').update(`node ${process.versions.node.split('.')[0]}\n`);
  const files = [
    ...FILES.map((name) => path.join(ROOT, name)),
    ...SOURCES.flatMap((name) => walk(path.join(ROOT, name))),
  ];
  for (const file of files) {
    if (!existsSync(file)) continue;
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function walk(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return walk(full);
      return NOT_BUILT.test(entry.name) ? [] : [full];
    });
}

const seconds = (since) => Math.round((Date.now() - since) / 1000);
