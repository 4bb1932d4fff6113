import { spawnChild } from './spawn-child.mjs';

/** Runs a Node program to its end and gives `{ code, output }`, both streams together. */
export function runNode(args, { env = process.env, onData } = {}) {
  return new Promise((resolve) => {
    const child = spawnChild(args, env);
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        onData?.(chunk);
      });
    }
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code, signal) => {
      resolve({ code: code ?? signal, output: Buffer.concat(chunks).toString() });
    });
  });
}
