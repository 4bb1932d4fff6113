import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDeployment, type Deployment } from '@/lib/server/deployment';
import type { Settings } from '@/lib/server/env';
import type { ControlClient } from '@/sandbox/control-client';
import { startSandbox } from '@/sandbox/start-sandbox';
import { type ProxyRules, startAwsProxy } from './aws-proxy';

export const REGION = 'us-west-2';

export interface TestDeployment {
  d: Deployment;
  control: ControlClient;
  url: string;
  settings: Settings;
  /** Moves our clock, and the sandbox's with it when `aws` is not false. */
  pass(ms: number, options?: { aws?: boolean }): Promise<void>;
  /** Closes the deployment and opens another on the same folder, as a restart does. */
  restart(more?: Partial<Settings>): Promise<Deployment>;
  close(): Promise<void>;
}

interface Options {
  scenario?: string;
  seed?: number;
  settings?: Partial<Settings>;
  /** Stands between the deployment and the sandbox. */
  through?: ProxyRules;
}

/** Time stands still at this moment in the sandbox and for the sync, until a test moves it. */
const START = Date.parse('2026-11-20T12:00:00Z');

/** Credentials that open nothing, so that no profile of this machine is ever looked for. */
export function setFakeCredentials(): void {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  delete process.env.AWS_PROFILE;
}

/** Settings of a deployment in front of the sandbox at `url`, with a catalog in `dataDir`. */
export function testSettings(url: string, dataDir: string, more: Partial<Settings> = {}): Settings {
  return {
    regions: [REGION],
    host: '127.0.0.1',
    port: 0,
    dataDir,
    readOnly: false,
    endpoints: { sagemaker: url, logs: url, sts: url, cloudtrail: url, agentcore: url, lambda: url },
    mlflow: { endpoint: url },
    mode: 'sandbox',
    healthHosts: [],
    logGroups: [],
    // What is read in the background would be counted among the calls of a test.
    keptLogMb: 0,
    syncCallsPerSecond: 1000,
    mlflowCallsPerSecond: 1000,
    logLevel: 'silent',
    requireLoopback: true,
    ...more,
  };
}

/** A sandbox in this process and a deployment in front of it with a new catalog. Nothing is read until the sync is ticked. */
export async function startTestDeployment({
  scenario,
  seed,
  settings: more,
  through,
}: Options = {}): Promise<TestDeployment> {
  setFakeCredentials();
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-test-'));
  const sandbox = await startSandbox({ scenario, seed, speed: 0, now: START });
  const proxy = through && (await startAwsProxy(sandbox.url, through));
  const settings = testSettings(proxy?.url ?? sandbox.url, path.join(folder, 'data'), more);
  let nowMs = START;
  const now = () => nowMs;
  let d = await createDeployment(settings, now);
  return {
    get d() {
      return d;
    },
    control: sandbox.control,
    url: sandbox.url,
    settings,
    async pass(ms, { aws = true } = {}) {
      nowMs += ms;
      if (aws) await sandbox.control.advance(ms);
    },
    async restart(changed = {}) {
      await d.close();
      d = await createDeployment({ ...settings, ...changed }, now);
      return d;
    },
    async close() {
      await d.close();
      await proxy?.close();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
