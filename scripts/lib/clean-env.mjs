import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from './root.mjs';

const OURS = /^(AWS_|CAIRN_|MLFLOW_|SAGEMAKER_MLFLOW_|DATABASE_URL$|HOST$|PORT$|SANDBOX_PORT$)/;

/**
 * This process's environment without anything that names an account, a database or a setting of Cairn. What a `.env`
 * file of the project sets is blanked as well: Next reads those files by itself, and leaves alone what is set already.
 */
export function cleanEnv() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name)));
  for (const name of namesInEnvFiles()) env[name] = '';
  return env;
}

/**
 * The environment of a dashboard that looks at the sandbox: an explicit loopback endpoint and credentials that are no
 * secret and open nothing. Neither the user's AWS variables nor their profiles are visible in it.
 */
export function sandboxEnv(endpointUrl, extra = {}) {
  const { hostname } = new URL(endpointUrl);
  if (hostname !== '127.0.0.1') throw new Error(`refusing ${endpointUrl}: the sandbox listens on 127.0.0.1`);
  return {
    ...cleanEnv(),
    NEXT_TELEMETRY_DISABLED: '1',
    AWS_ENDPOINT_URL: endpointUrl,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_CONFIG_FILE: os.devNull,
    AWS_SHARED_CREDENTIALS_FILE: os.devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    CAIRN_REQUIRE_LOOPBACK: '1',
    AWS_REGION: 'us-west-2',
    CAIRN_REGIONS: 'us-west-2,us-east-1',
    // The sandbox is not throttled as an account is, so the first fill need not be slow.
    CAIRN_SYNC_CALLS_PER_SECOND: '200',
    ...extra,
  };
}

function namesInEnvFiles() {
  return readdirSync(ROOT)
    .filter((name) => name === '.env' || name.startsWith('.env.'))
    .flatMap((name) => [
      ...readFileSync(path.join(ROOT, name), 'utf8').matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[=:]/gm),
    ])
    .map((match) => match[1])
    .filter((name) => OURS.test(name));
}
