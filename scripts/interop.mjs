// `npm run test:interop`: unmodified Python clients (boto3, the SageMaker SDK) work with the sandbox, what they make appears
// in an open browser, and Cairn reads a real MLflow server. Needs Python 3 with venv, and a package index for the first run.
// Ends with `N passed, N failed`.
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { findChromium } from './lib/chromium.mjs';
import { sandboxEnv } from './lib/clean-env.mjs';
import { launchDashboard, launchSandbox } from './lib/launch.mjs';
import { launchMlflow } from './lib/mlflow-server.mjs';
import { printPhase, vitestPhase } from './lib/phases.mjs';
import { preparePython } from './lib/python.mjs';
import { main, printFailure, ROOT } from './lib/root.mjs';

const REGION = 'us-west-2';
const SHOWN_WITHIN_MS = 20_000;
const counts = { passed: 0, failed: 0 };

function report(name, ok, detail = '') {
  counts[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? '✓' : '✗'} ${name}${detail === '' ? '' : ` (${detail})`}`);
}

/** Runs a Python program of e2e/interop; each of its lines is one check. */
function runClient(python, endpointUrl, who, file, args = []) {
  return new Promise((resolve) => {
    const child = spawn(python, [path.join(ROOT, 'e2e/interop', file), ...args], {
      env: { ...sandboxEnv(endpointUrl), AWS_DEFAULT_REGION: REGION, PYTHONUNBUFFERED: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let rest = '';
    let checks = 0;
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const { name, ok, detail } = JSON.parse(line);
        checks += 1;
        report(`${who}: ${name}`, ok, detail);
      }
    });
    child.once('error', (error) => {
      report(`${who} starts`, false, error.message);
      resolve();
    });
    child.once('close', (code) => {
      // A check that failed was counted already; a program that broke was not.
      if (code !== 0 && code !== 1) report(`${who} ends`, false, `exit code ${code}`);
      else if (code === 1 && counts.failed === 0) report(`${who} ends`, false, 'it broke off, see above');
      else if (checks === 0) report(`${who} checks something`, false);
      resolve();
    });
  });
}

/** The job a second client makes stands in the list that was open before, within 20 s, in the same document. */
async function appearsInOpenList(browser, dashboardUrl, create, jobName) {
  const page = await browser.newPage();
  await page.goto(`${dashboardUrl}/${REGION}/jobs`);
  await page.getByRole('link', { name: 'support-desk', exact: false }).first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => {
    globalThis.cairnOpenedOnce = true;
  });
  await create();
  const startedAt = Date.now();
  const shown = await page
    .getByRole('link', { name: jobName })
    .first()
    .waitFor({ timeout: SHOWN_WITHIN_MS })
    .then(
      () => true,
      () => false,
    );
  report(
    'the new job appears in the open list within 20 s',
    shown,
    `${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  report('without a reload', await page.evaluate(() => globalThis.cairnOpenedOnce === true));
  await page.close();
}

main(async () => {
  const python = preparePython();
  const executablePath = await findChromium();
  await ensureBuild();
  const { chromium } = await import('@playwright/test');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-interop-'));
  const started = [];
  try {
    const sandbox = await launchSandbox({ scenario: 'team-month', speed: 60 });
    started.push(sandbox);
    const dashboard = await launchDashboard({ endpointUrl: sandbox.url, dataDir: path.join(folder, 'data') });
    started.push(dashboard);
    await runClient(python, sandbox.url, 'boto3', 'second_client.py', ['read']);
    await runClient(python, sandbox.url, 'SageMaker SDK', 'sagemaker_sdk.py');
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    started.push({ stop: () => browser.close() });
    const jobName = 'made-by-boto3';
    const create = () => runClient(python, sandbox.url, 'boto3', 'second_client.py', ['create', jobName]);
    await appearsInOpenList(browser, dashboard.url, create, jobName);
    // The machine is MLflow's alone from here.
    for (const { stop } of started.splice(0).reverse()) await stop();
    const mlflow = await launchMlflow(python);
    started.push(mlflow);
    const real = await vitestPhase('interop', { CAIRN_INTEROP_MLFLOW: mlflow.url, CAIRN_INTEROP_PYTHON: python });
    printPhase({ ...real, name: 'MLflow' });
    counts.passed += real.passed;
    counts.failed += real.failed + real.skipped;
  } catch (error) {
    printFailure(error);
    report('the interop test ran to its end', false);
  } finally {
    for (const { stop } of started.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed > 0 ? 1 : 0;
});
