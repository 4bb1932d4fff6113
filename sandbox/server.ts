import { createServer, type Server, type ServerResponse } from 'node:http';
import { handleControl } from './control/control';
import { dispatch } from './dispatch';
import { AwsError } from './protocol/aws-error';
import { awsJsonError } from './protocol/aws-json';
import { jsonReply, readWireRequest, type WireReply } from './protocol/http';
import type { Sandbox } from './sandbox';

/** The HTTP server of a sandbox: `/_sandbox/` is its control plane, everything else is AWS. Not yet listening. */
export function createSandboxServer(sandbox: Sandbox): Server {
  const server = createServer((message, response) => {
    // The Date header of every answer is virtual time, so a client can read the clock AWS would have.
    response.sendDate = false;
    answer(message)
      .then((reply) => reply && send(response, reply))
      .catch((cause: unknown) => {
        if (cause instanceof AwsError) return send(response, awsJsonError(cause));
        const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
        process.stderr.write(`sandbox: unexpected error: ${text}\n`);
        send(response, jsonReply(500, { __type: 'InternalFailure', Message: 'The sandbox failed; see its log.' }));
      });
  });

  async function answer(message: Parameters<typeof readWireRequest>[0]): Promise<WireReply | undefined> {
    const request = await readWireRequest(message);
    return request.path.startsWith('/_sandbox/') ? handleControl(sandbox, request) : dispatch(sandbox, request);
  }

  function send(response: ServerResponse, reply: WireReply): void {
    if (response.destroyed) return;
    response.writeHead(reply.status, { date: new Date(sandbox.clock.now()).toUTCString(), ...reply.headers });
    if (typeof reply.body === 'string' || reply.body instanceof Uint8Array) {
      response.end(reply.body);
      return;
    }
    for (const piece of reply.body) response.write(piece);
    response.end();
  }

  // Clients keep connections; a held one must not outlive the server.
  server.keepAliveTimeout = 30_000;
  return server;
}
