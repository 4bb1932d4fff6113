import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { isLoopbackUrl } from '@/lib/shared/loopback';

/** One call of MLflow's REST API. */
export interface MlflowRequest {
  /** The name in call counts and hints: `GetMetricHistory`. */
  operation: string;
  method: 'GET' | 'POST';
  /** From the root of the server: `/api/2.0/mlflow/runs/get`. */
  path: string;
  query?: Record<string, string | string[]>;
  body?: unknown;
  /** Answers beyond this are refused while they are read. */
  maxBytes?: number;
}

export interface MlflowReply {
  status: number;
  text: string;
  /** Where a redirect leads, and the cookies it sets. */
  location?: string;
  cookies: string[];
}

export interface HttpOptions {
  /** Under test nothing but this machine may be asked. */
  requireLoopback: boolean;
  timeoutMs: number;
}

/** 25,000 points of a metric are about 2.5 MB; a trace may pass 10 MB and says its own limit. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Address and query of a request, encoded as SigV4 wants it (RFC 3986: a space is %20). */
export function urlOf(base: string, { path, query = {} }: MlflowRequest): URL {
  const pairs = Object.entries(query).flatMap(([key, value]) => [value].flat().map((item) => [key, item] as const));
  const search = pairs.map(([key, value]) => `${strict(key)}=${strict(value)}`).join('&');
  return new URL(`${base}${path}${search && `?${search}`}`);
}

const strict = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Sends one request and reads its answer, whatever its status. Redirects are not followed: who wants that does it.
 * Throws AppError `aws_unreachable` when nobody answers, `too_large` beyond the limit.
 */
export async function sendHttp(
  url: URL,
  init: { method: string; headers: Record<string, string>; body?: string; maxBytes?: number },
  { requireLoopback, timeoutMs }: HttpOptions,
): Promise<MlflowReply> {
  if (requireLoopback && !isLoopbackUrl(url.origin)) {
    throw new AppError('not_configured', 'Under test Cairn talks to this machine only, and MLflow is elsewhere.', {
      hint: 'Point AWS_ENDPOINT_URL or SAGEMAKER_MLFLOW_CUSTOM_ENDPOINT at a sandbox on 127.0.0.1.',
    });
  }
  const { method, headers, body, maxBytes = MAX_BYTES } = init;
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return {
      status: response.status,
      text: await readText(response, maxBytes),
      location: response.headers.get('location') ?? undefined,
      cookies: response.headers.getSetCookie(),
    };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('aws_unreachable', `MLflow did not answer (${reasonOf(cause)}).`, {
      hint: 'Check the network, the proxy, and that the MLflow app or server of the job still runs.',
      cause,
    });
  }
}

async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new AppError('too_large', `MLflow's answer is larger than ${Math.round(maxBytes / 1_048_576)} MB.`, {
        hint: 'Open it in MLflow itself.',
      });
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** Node's code of a network failure, never an address. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? (name === 'TimeoutError' ? 'no answer in time' : 'the connection broke');
}
