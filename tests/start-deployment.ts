import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDeployment, type Deployment } from '@/lib/server/deployment';
import { readSettings } from '@/lib/server/env';

export interface TestDeployment extends Deployment {
  /** Closes it and removes its catalog. */
  end(): Promise<void>;
}

/** The program that opens the port writes its address here; without it, changes are shut. */
const BOUND_HOST = Symbol.for('cairn.boundHost');

/**
 * A deployment of its own against a sandbox, with an empty catalog in a temporary folder and fake credentials, as the
 * program on 127.0.0.1 would have it. Its sync is not started: tests tick it.
 */
export async function startDeployment(sandboxUrl: string, env: Record<string, string> = {}): Promise<TestDeployment> {
  Object.assign(globalThis, { [BOUND_HOST]: '127.0.0.1' });
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
  delete process.env.AWS_PROFILE;
  const folder = mkdtempSync(path.join(tmpdir(), 'cairn-test-'));
  const d = await createDeployment(
    readSettings({
      AWS_ENDPOINT_URL: sandboxUrl,
      CAIRN_REGIONS: 'us-west-2',
      CAIRN_DATA_DIR: path.join(folder, 'data'),
      CAIRN_LOG_LEVEL: 'silent',
      CAIRN_REQUIRE_LOOPBACK: '1',
      // Nobody else uses this sandbox: the limit that spares an account would only make tests slow.
      CAIRN_SYNC_CALLS_PER_SECOND: '1000',
      ...env,
    }),
  );
  return {
    ...d,
    async end() {
      await d.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
