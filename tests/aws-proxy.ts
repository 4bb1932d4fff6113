import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyRules {
  /** Answers AccessDeniedException instead of passing the call on. */
  denies?(operation: string, body: string): boolean;
  /** What becomes of the text of an answer: for words that the sandbox's own packages and jobs never say. */
  rewrites?(operation: string, answer: string): string;
  /** Passes itself off as this account in everything that goes through. */
  account?: string;
}

export interface AwsProxy {
  url: string;
  close(): Promise<void>;
}

const SANDBOX_ACCOUNT = '123456789012';

/** Stands between a deployment and the sandbox, for what the sandbox's own faults cannot tell apart. */
export async function startAwsProxy(target: string, rules: ProxyRules): Promise<AwsProxy> {
  const account = rules.account ?? SANDBOX_ACCOUNT;
  const server = createServer(async (request, response) => {
    const body = (await readBody(request)).replaceAll(account, SANDBOX_ACCOUNT);
    const operation = String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    if (rules.denies?.(operation, body)) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'AccessDeniedException', Message: 'not authorized' }));
      return;
    }
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      value === undefined || ['host', 'content-length', 'connection'].includes(name) ? [] : [[name, String(value)]],
    );
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method: request.method,
      headers: Object.fromEntries(headers) as Record<string, string>,
      body: request.method === 'GET' ? undefined : body,
    });
    const plain = await answer.text();
    const text = (rules.rewrites?.(operation, plain) ?? plain).replaceAll(SANDBOX_ACCOUNT, account);
    const date = answer.headers.get('date');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/json',
      ...(date && { date }),
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
