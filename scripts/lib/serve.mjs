import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import nextEnv from '@next/env';
import next from 'next';
import { findAddressProblem } from './check-address.mjs';
import { onStop } from './on-stop.mjs';
import { listenFailure, readPort } from './ports.mjs';
import { ROOT } from './root.mjs';

// What lib/server reads and sets: the address really listened on, and how to end what runs beside the requests.
const BOUND_HOST = Symbol.for('cairn.boundHost');
const CLOSE = Symbol.for('cairn.close');

// Large enough that an overlong address arrives and can be answered in words; Node's own limit ends in silence.
const MAX_HEADER_BYTES = 4 * 1024 * 1024;
// How long answers under way and the catalog may take before the process ends anyway.
const DRAIN_MS = 3_000;
const CLOSE_MS = 10_000;

/**
 * Serves the dashboard on HOST (127.0.0.1) and PORT (3000) until SIGINT or SIGTERM, or until a parent that opened an IPC
 * channel is gone. Listens first, so that a taken port is known at once; answers wait until the app is ready.
 * Tells a parent `{ listening: url }` when it is. Throws a Failure that names the setting when it cannot start.
 */
export async function serve({ dev = false } = {}) {
  process.env.NODE_ENV = dev ? 'development' : 'production';
  process.env.NEXT_TELEMETRY_DISABLED ??= '1';
  nextEnv.loadEnvConfig(ROOT, dev);
  const host = process.env.HOST || '127.0.0.1';
  const wantedPort = readPort('PORT', 3000);

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES });
  let handle;
  let setReady;
  const ready = new Promise((resolve) => {
    setReady = resolve;
  });
  const open = new Set();
  server.on('request', async (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    const problem = findAddressProblem(request.url ?? '');
    if (problem) return refuse(response, 400, 'bad_request', problem.message, problem.field);
    try {
      await ready;
      await handle(request, response);
    } catch (error) {
      console.error(error);
      if (response.headersSent) response.destroy();
      else
        refuse(response, 500, 'internal', 'The request could not be answered. The log of the server has the details.');
    }
  });
  server.on('clientError', answerClientError);

  const { address, port } = await listen(server, host, wantedPort);
  globalThis[BOUND_HOST] = address;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`;

  const asked = onStop(() => end(server, open));
  if (process.send) process.on('disconnect', asked);

  const app = next({ dev, dir: ROOT, hostname: host, port, httpServer: server });
  // Runs `register` of instrumentation.ts, and with it the poller: before the first request, not with it.
  await app.prepare();
  handle = app.getRequestHandler();
  setReady();
  console.log(`listening: ${url}`);
  process.send?.({ listening: url });
}

function listen(server, host, port) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, { port, host, setting: 'PORT' })));
    server.listen({ host, port, exclusive: true }, () => resolve(server.address()));
  });
}

/** Ends in order: no new requests, live streams closed, answers under way finished, then poller and catalog. */
async function end(server, open) {
  const drained = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  for (const response of open) {
    if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
  }
  await within(DRAIN_MS, drained);
  server.closeAllConnections();
  try {
    await within(CLOSE_MS, globalThis[CLOSE]?.());
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
  process.exit(0);
}

function within(ms, promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, ms))]);
}

function refuse(response, status, code, message, field) {
  const body = errorBody(code, message, field);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    connection: 'close',
  });
  response.end(body);
}

function errorBody(code, message, field) {
  return JSON.stringify({ error: { code, message, ...(field ? { field } : {}), requestId: randomUUID() } });
}

/** A request that is not HTTP, or larger than anything sensible: answered in the API's own form, never by a crash. */
function answerClientError(error, socket) {
  if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const body = tooLarge
    ? errorBody('bad_request', 'The address and headers of the request are too large to be read.', 'headers')
    : errorBody('bad_request', 'This is not a request that HTTP knows.', 'request');
  const status = tooLarge ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
