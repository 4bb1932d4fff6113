import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

const DIE_WITH_PARENT = new URL('./die-with-parent.mjs', import.meta.url).href;

/** Starts a Node program in the project's folder that ends when this process does, even by kill -9. Output is piped. */
export function spawnChild(args, env) {
  return spawn(process.execPath, ['--import', DIE_WITH_PARENT, ...args], {
    cwd: ROOT,
    env: { ...env, CAIRN_PARENT_PID: String(process.pid) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}
