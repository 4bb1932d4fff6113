// `npm run demo`: a believable account in the sandbox and the dashboard in front of it. Needs nothing but Node.
// Settings: PORT (3000), SANDBOX_PORT (4010). Ctrl-C stops everything. Exit codes: 0 stopped, 1 something failed.
import './lib/node-version.mjs';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { launchDashboard, launchSandbox } from './lib/launch.mjs';
import { onStop } from './lib/on-stop.mjs';
import { assertPortFree, readPort } from './lib/ports.mjs';
import { Failure, main, printFailure, ROOT } from './lib/root.mjs';

// Twenty virtual seconds a second: a step of the running job every eight seconds, and it runs on for a quarter of an hour.
const SPEED = 20;
const FIRST_PAGE_MS = 60_000;
const HOST = '127.0.0.1';

const running = [];
let stopping = false;

/** Ends what was started, the dashboard before the sandbox it talks to, and then this process. */
async function stopAll(code, reason) {
  if (stopping) return;
  stopping = true;
  if (reason) console.log(reason);
  for (const { stop } of running.reverse()) await stop();
  process.exit(code);
}

function superviseParent() {
  onStop(() => stopAll(0, 'stopping …'));
  // npm passes signals on, but one that is killed outright cannot.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(() => {
      if (process.ppid !== parent) stopAll(1);
    }, 1_000).unref();
  }
}

/** Adds a program to those that end together: whichever ends first takes the others with it. */
function supervise(name, launched) {
  running.push(launched);
  launched.ended.then(({ code, signal }) => {
    if (stopping) return;
    console.error(launched.output.text().split('\n').slice(-30).join('\n'));
    console.error(`The ${name} ended by itself (${signal ?? `exit code ${code}`}).`);
    stopAll(1);
  });
}

/** Waits until the first page is really served, not merely until the port is open. */
async function firstPage(url) {
  const deadline = Date.now() + FIRST_PAGE_MS;
  let last = 'no answer';
  while (Date.now() < deadline) {
    const response = await fetch(url, { headers: { accept: 'text/html' } }).catch((error) => {
      last = String(error.cause ?? error);
    });
    if (response?.ok) return void (await response.text());
    if (response) last = `status ${response.status}`;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Failure(`The first page was not served within ${FIRST_PAGE_MS / 1000} s (${last}).`);
}

/** Pages explain a catalog that could not be opened; a demo that shows nothing else has failed. */
async function assertCatalogOpen(url) {
  const response = await fetch(`${url}/api/health`);
  const health = await response.json();
  if (response.ok) return;
  throw new Failure(`The dashboard could not open its catalog: ${health.catalog?.error ?? JSON.stringify(health)}`);
}

main(async () => {
  superviseParent();
  const port = readPort('PORT', 3000);
  const sandboxPort = readPort('SANDBOX_PORT', 4010);
  if (port === sandboxPort && port !== 0) {
    throw new Failure(`PORT and SANDBOX_PORT are both ${port}.`, 'give them different ports');
  }
  await assertPortFree(port, HOST, 'PORT');
  await assertPortFree(sandboxPort, HOST, 'SANDBOX_PORT');
  const { built } = await ensureBuild();
  if (!built) console.log('the dashboard is built already');

  // The sandbox's account is made anew at every start, so what an earlier demo remembered of it must go.
  const folder = path.join(ROOT, '.cairn', port === 3000 ? 'demo' : `demo-${port}`);
  rmSync(folder, { recursive: true, force: true });
  try {
    console.log('starting the sandbox …');
    const sandbox = await launchSandbox({
      port: sandboxPort,
      scenario: 'team-month',
      speed: SPEED,
      logFile: path.join(folder, 'sandbox.log'),
    });
    supervise('sandbox', sandbox);
    console.log(`sandbox: ${sandbox.url} (any AWS client: AWS_ENDPOINT_URL=${sandbox.url})`);
    console.log('starting the dashboard …');
    const dashboard = await launchDashboard({
      endpointUrl: sandbox.url,
      port,
      dataDir: path.join(folder, 'data'),
      logFile: path.join(folder, 'dashboard.log'),
    });
    supervise('dashboard', dashboard);
    await firstPage(dashboard.url);
    await assertCatalogOpen(dashboard.url);
    if (!stopping) console.log(`ready: ${dashboard.url}`);
  } catch (error) {
    if (stopping) return;
    printFailure(error);
    await stopAll(1);
  }
});
