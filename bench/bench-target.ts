import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Health } from '../lib/contract/health';
import { type ControlClient, createControlClient } from '../sandbox/control-client';
import { type Launched, launchDashboard, launchSandbox } from '../scripts/lib/launch.mjs';
import { sum } from './calls';

export const REGION = 'us-west-2';

const FOLDER = path.resolve('.cairn/bench');
// A fixed start of virtual time: the account is the same in every run, so a kept catalog stays true.
const NOW = '2026-11-20T12:00:00Z';
const FILL_LIMIT_MS = 30 * 60_000;
/** MLflow is read in the background, after the jobs: this long without a call, and all of it is read. */
const MLFLOW_REST_MS = 15_000;

export interface Target {
  dashboard: Launched;
  control: ControlClient;
  get(pathname: string): Promise<{ ms: number; text: string }>;
  close(): Promise<void>;
}

interface TargetOptions {
  scenario: string;
  keep: boolean;
  /** Most that is kept of a finished job's log. None by default: what is read once is no cost of an idle server. */
  keptLogMb?: number;
}

/** Starts the `year` account and a dashboard of one region in front of it. `keep`: with the catalog of the last run. */
export async function startTarget({ scenario, keep, keptLogMb = 0 }: TargetOptions): Promise<Target> {
  const folder = path.join(FOLDER, scenario);
  if (!keep) await rm(folder, { recursive: true, force: true });
  const sandbox = await launchSandbox({ scenario, speed: 1, args: ['--now', NOW], logFile: `${folder}/sandbox.log` });
  const { hostname } = new URL(sandbox.url);
  if (hostname !== '127.0.0.1') throw new Error(`refusing to measure against ${sandbox.url}`);
  const dashboard = await launchDashboard({
    endpointUrl: sandbox.url,
    dataDir: path.join(folder, 'data'),
    env: {
      CAIRN_REGIONS: REGION,
      CAIRN_SYNC_CALLS_PER_SECOND: '1000',
      CAIRN_MLFLOW_CALLS_PER_SECOND: '1000',
      CAIRN_KEPT_LOG_MB: String(keptLogMb),
    },
    logFile: `${folder}/dashboard.log`,
  });
  return {
    dashboard,
    control: createControlClient(sandbox.url),
    async get(pathname) {
      const startedAt = performance.now();
      // Each on a connection of its own: one kept open may be closed by the server as it is used.
      const response = await fetch(new URL(pathname, dashboard.url), { headers: { connection: 'close' } });
      const text = await response.text();
      const ms = performance.now() - startedAt;
      if (!response.ok) throw new Error(`${pathname}: ${response.status} ${text.slice(0, 500)}`);
      return { ms, text };
    },
    async close() {
      await dashboard.stop();
      await sandbox.stop();
    },
  };
}

/** Waits until the catalog holds all that the sandbox holds and nothing is left to fetch. Gives the seconds it took. */
export async function waitForFill(target: Target, say: (line: string) => void): Promise<number> {
  const truth = (await target.control.state()).regions[REGION];
  const startedAt = Date.now();
  let saidAt = 0;
  for (;;) {
    const health = JSON.parse((await target.get('/api/health')).text) as Health;
    const region = health.sync.regions.find((one) => one.region === REGION);
    if (region?.phase === 'live') return (Date.now() - startedAt) / 1000;
    if (Date.now() - startedAt > FILL_LIMIT_MS) throw new Error(`not filled in ${FILL_LIMIT_MS / 60_000} min`);
    if (Date.now() - saidAt > 10_000) {
      saidAt = Date.now();
      say(`  ${JSON.stringify(region?.fill ?? region?.phase)} of ${JSON.stringify(truth)}`);
    }
    await pause(250);
  }
}

/** Waits until the curves of all jobs are in the catalog too. Gives the seconds it took. */
export async function waitForMetrics(target: Target, say: (line: string) => void): Promise<number> {
  const startedAt = Date.now();
  let seen = -1;
  let changedAt = startedAt;
  let saidAt = startedAt;
  for (;;) {
    const { byOperation } = await target.control.calls();
    const calls = sum(Object.fromEntries(Object.entries(byOperation).filter(([name]) => name.startsWith('MLflow.'))));
    if (calls !== seen) {
      seen = calls;
      changedAt = Date.now();
    } else if (Date.now() - changedAt > MLFLOW_REST_MS) return (changedAt - startedAt) / 1000;
    if (Date.now() - startedAt > FILL_LIMIT_MS) throw new Error(`MLflow not read in ${FILL_LIMIT_MS / 60_000} min`);
    if (Date.now() - saidAt > 10_000) {
      saidAt = Date.now();
      say(`  ${calls} calls to MLflow`);
    }
    await pause(1000);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
