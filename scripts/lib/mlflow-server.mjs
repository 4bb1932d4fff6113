import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { cleanEnv } from './clean-env.mjs';
import { Failure } from './root.mjs';

// Its first start makes the tables of a new SQLite file, one migration after the other.
const START_MS = 180_000;

/** Starts a real MLflow server of the virtual environment on a free port of 127.0.0.1, with a store of its own. */
export async function launchMlflow(python) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cairn-mlflow-'));
  const port = await freePort();
  const args = [
    ...['-m', 'mlflow', 'server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
    ...['--backend-store-uri', `sqlite:///${path.join(folder, 'mlflow.db')}`],
    ...['--artifacts-destination', path.join(folder, 'artifacts')],
  ];
  const env = { ...cleanEnv(), PYTHONUNBUFFERED: '1', MLFLOW_DISABLE_TELEMETRY: 'true' };
  // A group of its own: the server starts workers, and they end with it.
  const child = spawn(python, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      said = (said + chunk).slice(-4_000);
    });
  }
  const end = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  }).then(() => {
    ended = true;
  });
  const signal = (name) => {
    try {
      process.kill(-child.pid, name);
    } catch {
      // Gone already.
    }
  };
  const stop = async () => {
    signal('SIGTERM');
    const timer = setTimeout(() => signal('SIGKILL'), 10_000);
    await end;
    clearTimeout(timer);
    signal('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => signal('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_MS;
  while (Date.now() < until && !ended) {
    const healthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (healthy) return { url, stop };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await stop();
  throw new Failure(`${said.trimEnd()}\n\nThe MLflow server did not start.`, 'see its own words above');
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
