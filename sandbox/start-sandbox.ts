import type { AddressInfo } from 'node:net';
import { type ControlClient, createControlClient } from './control-client';
import { Sandbox, type SandboxOptions } from './sandbox';
import { createSandboxServer } from './server';

export interface StartOptions extends Omit<SandboxOptions, 'nowMs'> {
  /** A free port is taken when 0 or absent. */
  port?: number;
  /** Where virtual time starts: a Date, an ISO text or epoch milliseconds. Default: the wall clock's now. */
  now?: Date | string | number;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:<port>`: the endpoint for any AWS client. */
  url: string;
  port: number;
  control: ControlClient;
  close(): Promise<void>;
}

/** Starts a sandbox in this process, on the loopback address only. Rejects with the listen error on a taken port. */
export async function startSandbox(options: StartOptions = {}): Promise<RunningSandbox> {
  const { port = 0, now, ...rest } = options;
  const sandbox = new Sandbox({ ...rest, ...(now !== undefined && { nowMs: toEpochMs(now) }) });
  const server = createSandboxServer(sandbox);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    port: address.port,
    control: createControlClient(url),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Throws a RangeError on a time that cannot be read. */
export function toEpochMs(now: Date | string | number): number {
  const ms = typeof now === 'number' ? now : new Date(now).getTime();
  if (!Number.isFinite(ms)) throw new RangeError(`not a time: ${String(now)}`);
  return ms;
}
