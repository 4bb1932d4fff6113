import 'server-only';
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsRegion } from './clients';
import { toAppError } from './errors';

/** A request that no SDK client makes: those of MLflow. */
export interface UnsignedRequest {
  method: string;
  url: URL;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body?: string;
}

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 in the shape the signer asks for. */
class Sha256 {
  private readonly hash;

  constructor(secret?: Bytes) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(chunk: Bytes): void {
    this.hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function toBytes(data: Bytes): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/**
 * The headers of a request signed with SigV4, for a service and region, with the credentials of the SDK's clients.
 * Throws AppError `credentials_missing` or `credentials_expired` when there are none.
 */
export async function signRequest(
  aws: AwsRegion,
  scope: { service: string; region: string; action: string },
  request: UnsignedRequest,
): Promise<Record<string, string>> {
  try {
    const signer = new SignatureV4({
      service: scope.service,
      region: scope.region,
      credentials: aws.sts.config.credentials,
      sha256: Sha256,
    });
    const { url, method, query, body } = request;
    const { headers } = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port && { port: Number(url.port) }),
      path: url.pathname,
      query,
      headers: { ...request.headers, host: url.host },
      ...(body !== undefined && { body }),
    });
    return headers;
  } catch (error) {
    throw toAppError(error, { action: scope.action, region: scope.region });
  }
}
