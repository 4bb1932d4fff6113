import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { cleanEnv, sandboxEnv } from './clean-env.mjs';
import { Failure } from './root.mjs';
import { spawnChild } from './spawn-child.mjs';

const STOP_MS = 15_000;

/**
 * Starts the sandbox as a program of its own on 127.0.0.1 (port 0: any free one) and waits until it listens.
 * Throws with the last lines it wrote when it ends instead.
 */
export async function launchSandbox({ port = 0, scenario = 'team-month', speed, seed, args = [], logFile } = {}) {
  const words = ['--port', String(port), '--scenario', scenario, ...args];
  if (speed !== undefined) words.push('--speed', String(speed));
  if (seed !== undefined) words.push('--seed', String(seed));
  return launch({
    name: 'sandbox',
    args: ['--import', 'tsx', 'sandbox/cli.ts', ...words],
    env: cleanEnv(),
    logFile,
    startMs: 60_000,
  });
}

/**
 * Starts the built dashboard in front of a sandbox, on 127.0.0.1 (port 0: any free one), and waits until it listens.
 * `env` adds settings or, with an empty text, takes them away.
 */
export async function launchDashboard({ endpointUrl, port = 0, dataDir, env = {}, logFile }) {
  return launch({
    name: 'dashboard',
    args: ['scripts/serve.mjs'],
    env: sandboxEnv(endpointUrl, { HOST: '127.0.0.1', PORT: String(port), CAIRN_DATA_DIR: dataDir, ...env }),
    logFile,
    startMs: 60_000,
  });
}

/**
 * Starts a Node child that prints the address it listens on. Gives `{ url, child, output, ended, stop, kill }`:
 * `ended` resolves when it is gone, `stop` asks it to end and waits, `kill` is kill -9.
 */
async function launch({ name, args, env, logFile, startMs }) {
  const child = spawnChild(args, env);
  const output = tail(child, logFile);
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', (error) => resolve({ code: error.message, signal: null }));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    const result = await ended;
    clearTimeout(timer);
    return result;
  };
  const kill = async () => {
    child.kill('SIGKILL');
    return ended;
  };
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`did not listen within ${startMs / 1000} s`), startMs);
    const fail = (what) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new Failure(`${output.text().trimEnd()}\n\nThe ${name} ${what}.`, 'see its own words above'));
    };
    output.onLine((line) => {
      const found = /^(?:sandbox|listening): (http:\/\/\S+)/.exec(line)?.[1];
      if (!found) return;
      clearTimeout(timer);
      // Listening on every address includes this one, which is the one a browser can open.
      resolve(found.replace('//0.0.0.0:', '//127.0.0.1:'));
    });
    // Both streams are read to their end before the reason is given.
    child.once('close', (code, signal) => fail(`ended at its start (${signal ?? `exit code ${code}`})`));
  });
  return { url, child, output, ended, stop, kill };
}

/** Keeps the last lines a child wrote, calls back for each, and appends all of it to a file where one is given. */
function tail(child, logFile) {
  const lines = [];
  const listeners = [];
  let file;
  if (logFile) {
    mkdirSync(path.dirname(logFile), { recursive: true });
    file = createWriteStream(logFile);
  }
  for (const stream of [child.stdout, child.stderr]) {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
      file?.write(chunk);
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        if (lines.length > 400) lines.shift();
        for (const listener of listeners) listener(line);
      }
    });
    stream.on('end', () => {
      if (rest) lines.push(rest);
    });
  }
  child.once('close', () => file?.end());
  return {
    text: () => lines.join('\n'),
    onLine: (listener) => {
      for (const line of lines) listener(line);
      listeners.push(listener);
    },
  };
}
