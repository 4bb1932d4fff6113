import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { binFile } from './root.mjs';
import { runNode } from './run.mjs';

/**
 * What `npm run check` and `npm test` are made of. A phase is run once and gives `{ name, passed, failed, skipped,
 * output, seconds }`. A program that crashed, or that counts nothing, is a failure of its own: silence never passes.
 */

/** Types: one thing that passes or fails. */
export const typesPhase = () => single('types', [binFile('typescript', 'tsc'), '--noEmit', '-p', '.']);

/** Lint and format: one thing that passes or fails. */
export const lintPhase = () => single('lint', [binFile('@biomejs/biome', 'biome'), 'check', '--colors=off', '.']);

/** One project of vitest.config.ts (pure, server, contract or interop), counted test by test. */
export const vitestPhase = (project, env = {}) =>
  counted(project, (reportFile) => ({
    env,
    args: [
      binFile('vitest'),
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
    ],
    count: (report) => ({
      passed: report.numPassedTests,
      // A file that could not even be loaded has no tests to fail.
      failed: Math.max(report.numFailedTests, report.numFailedTests + emptyFailures(report)),
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  }));

/** The browser tests. `env` carries the Chromium to use. */
export const browserPhase = (env, args = []) =>
  counted('browser', (reportFile) => ({
    args: [
      binFile('@playwright/test', 'playwright'),
      'test',
      '-c',
      'e2e/playwright.config.ts',
      '--reporter=line,json',
      ...args,
    ],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, PLAYWRIGHT_FORCE_TTY: '0' },
    count: ({ stats, errors }) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      skipped: stats.skipped,
    }),
  }));

/** A phase around a function that throws when it fails. */
export async function actionPhase(name, action) {
  const startedAt = Date.now();
  try {
    await action();
    return { name, passed: 1, failed: 0, skipped: 0, output: '', seconds: since(startedAt) };
  } catch (error) {
    const output = `${error.message}${error.fix ? `\nfix: ${error.fix}` : ''}`;
    return { name, passed: 0, failed: 1, skipped: 0, output, seconds: since(startedAt) };
  }
}

async function single(name, args) {
  const startedAt = Date.now();
  const { code, output } = await runNode(args);
  const ok = code === 0;
  return { name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, output, seconds: since(startedAt) };
}

async function counted(name, plan) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-report-'));
  const reportFile = path.join(folder, 'report.json');
  const { args, env = {}, count } = plan(reportFile);
  const startedAt = Date.now();
  try {
    const { code, output } = await runNode(args, { env: { ...process.env, ...env } });
    let counts = { passed: 0, failed: 0, skipped: 0 };
    let note = '';
    try {
      counts = count(JSON.parse(readFileSync(reportFile, 'utf8')));
    } catch {
      note = `\n${name}: no report was written (exit code ${code}).`;
    }
    const ran = counts.passed + counts.failed > 0;
    if (!ran && !note) note = `\n${name}: no test was run (exit code ${code}).`;
    else if (ran && code !== 0 && counts.failed === 0)
      note = `\n${name}: all tests passed, but the run ended with ${code}.`;
    if (note) counts.failed += 1;
    return { name, ...counts, output: output + note, seconds: since(startedAt) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function emptyFailures(report) {
  return report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  ).length;
}

const since = (startedAt) => (Date.now() - startedAt) / 1000;

/** Prints one phase as soon as it is over: one line when it passed, everything it said when it did not. */
export function printPhase({ name, passed, failed, skipped, output, seconds }) {
  const counts = `${passed} passed${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
  if (failed) console.log(`\n${output.trimEnd()}\n`);
  console.log(`${failed ? '✗' : '✓'} ${name.padEnd(9)} ${counts} (${seconds.toFixed(1)} s)`);
}

/** Prints the last line, the only one of its form, and gives the exit code. */
export function printTotal(phases) {
  const sum = (key) => phases.reduce((total, phase) => total + phase[key], 0);
  const skipped = phases.filter((phase) => phase.skipped).map((phase) => `${phase.skipped} in ${phase.name}`);
  if (skipped.length) console.log(`skipped: ${skipped.join(', ')}`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}
