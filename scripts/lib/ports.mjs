import { createServer } from 'node:net';
import { Failure } from './root.mjs';

/** Reads a port from a setting: a whole number from 0 (any free port) to 65535. */
export function readPort(name, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65535) return port;
  throw new Failure(`${name}=${text} is not a port.`, `set ${name} to a whole number from 0 to 65535`);
}

/** What to say when a port cannot be listened on, naming the port and the setting that chooses it. */
export function listenFailure(error, { port, host, setting, suggestion }) {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure(
        `Port ${port} on ${host} is taken by another program.`,
        `stop that program, or choose another port: ${setting}=${suggestion ?? port + 1}`,
      );
    case 'EACCES':
      return new Failure(`Port ${port} needs rights this user does not have.`, `set ${setting} to a port above 1023`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new Failure(
        `${host} is not an address of this machine.`,
        'set HOST to one, or leave it out for 127.0.0.1',
      );
    default:
      return error;
  }
}

/** Throws unless the port can be listened on now. Port 0 always can. */
export async function assertPortFree(port, host, setting) {
  const probe = createServer();
  await new Promise((resolve, reject) => {
    probe.once('error', (error) => reject(listenFailure(error, { port, host, setting })));
    probe.listen({ port, host, exclusive: true }, () => probe.close(resolve));
  });
}
