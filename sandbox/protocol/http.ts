import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error';

/** A request with its body read; header names are lower case. */
export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: string;
}

/** What goes back over the wire. `body` may be produced in pieces, for answers too long to hold in one string. */
export interface WireReply {
  status: number;
  headers?: Record<string, string | string[]>;
  body: string | Uint8Array | Iterable<string>;
}

/** AWS refuses bodies far smaller than this; it only has to be larger than any valid request. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Reads a whole request. Throws AwsError 413 when the body is larger than any AWS operation takes. */
export async function readWireRequest(message: IncomingMessage): Promise<WireRequest> {
  const url = parseTarget(message.url ?? '/');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_BODY_BYTES)
      throw new AwsError('RequestEntityTooLargeException', 'The request is too large.', 413);
    chunks.push(chunk);
  }
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Only the path and query of a request count; a target no URL can be made of is malformed. */
function parseTarget(target: string): URL {
  try {
    return new URL(`http://sandbox.invalid${target.startsWith('/') ? target : `/${target}`}`);
  } catch {
    throw new AwsError('MalformedHttpRequestException', 'The request target cannot be read.');
  }
}

export function jsonReply(status: number, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
