import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { assertLoopback, REGION } from './clients';

/** SHA-256 in the shape the signer asks for. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(toBytes(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

export interface MlflowReply {
  status: number;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  json: Record<string, unknown> | undefined;
  headers: Headers;
}

export type Query = Record<string, string | string[]>;

export interface MlflowClient {
  get(path: string, query?: Query): Promise<MlflowReply>;
  post(path: string, body: unknown): Promise<MlflowReply>;
}

/** Calls the tracking API the way the open-source plugin does: SigV4 with the ARN in a signed routing header. */
export function signedMlflowClient(endpoint: string, arn: string, service?: string): MlflowClient {
  assertLoopback(endpoint);
  const isApp = arn.includes(':mlflow-app/');
  const signer = new SignatureV4({
    service: service ?? (isApp ? 'sagemaker' : 'sagemaker-mlflow'),
    region: arn.split(':')[3] ?? REGION,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example', sessionToken: 'example' },
    sha256: Sha256,
  });
  const { host, hostname, port } = new URL(endpoint);
  const send = async (method: string, path: string, query: Query, body?: string) => {
    const signed = await signer.sign({
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      query,
      headers: {
        host,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        [isApp ? 'x-sm-mlflow-app-arn' : 'x-mlflow-sm-tracking-server-arn']: arn,
      },
      ...(body !== undefined && { body }),
    });
    return read(await fetch(urlOf(endpoint, path, query), { method, headers: signed.headers, ...(body && { body }) }));
  };
  return {
    get: (path, query = {}) => send('GET', path, query),
    post: (path, body) => send('POST', path, {}, JSON.stringify(body)),
  };
}

/** Calls it with nothing but a cookie, as a browser would. */
export function cookieMlflowClient(endpoint: string, cookie: string): MlflowClient {
  assertLoopback(endpoint);
  const headers = { cookie };
  return {
    get: async (path, query = {}) => read(await fetch(urlOf(endpoint, path, query), { headers })),
    post: async (path, body) =>
      read(await fetch(urlOf(endpoint, path, {}), { method: 'POST', headers, body: JSON.stringify(body) })),
  };
}

function urlOf(endpoint: string, path: string, query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value].flat().map((item) => [key, item]));
  const text = pairs.map((pair) => pair.map((part) => encodeURIComponent(part ?? '')).join('=')).join('&');
  return `${endpoint}${path}${text && `?${text}`}`;
}

async function read(response: Response): Promise<MlflowReply> {
  const text = await response.text();
  let json: Record<string, unknown> | undefined;
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch {
    json = undefined;
  }
  return { status: response.status, text, json, headers: response.headers };
}

/** A list in an answer; absent means empty, as MLflow leaves empty lists out. */
export function listIn<T>(reply: MlflowReply, name: string): T[] {
  return (reply.json?.[name] ?? []) as T[];
}

/** An object in an answer; throws when it is not there. */
export function objectIn<T>(reply: MlflowReply, name: string): T {
  const value = reply.json?.[name];
  if (value === undefined) throw new Error(`no ${name} in ${reply.status} ${reply.text.slice(0, 200)}`);
  return value as T;
}
