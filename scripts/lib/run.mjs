import { spawn } from 'node:child_process';
import { ROOT } from './root.mjs';

/** Runs a Node program to its end and gives `{ code, output }`, both streams together. */
export function runNode(args, { env = process.env, onData } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        onData?.(chunk);
      });
    }
    const stopChild = () => child.kill('SIGTERM');
    process.once('exit', stopChild);
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code, signal) => {
      process.off('exit', stopChild);
      resolve({ code: code ?? signal, output: Buffer.concat(chunks).toString() });
    });
  });
}
