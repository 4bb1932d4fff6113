import type { ZodType } from 'zod';
import { AppError } from '../contract/app-error';
import { errorBodySchema } from '../contract/errors';

interface FetchJsonOptions {
  method?: 'GET' | 'POST' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Asks Cairn's own API and checks the answer against its schema. Every failure is an AppError: the server's own words
 * where it sent some, otherwise what the browser knows (server gone, answer of another shape).
 */
export async function fetchJson<T>(path: string, schema: ZodType<T>, options: FetchJsonOptions = {}): Promise<T> {
  const response = await ask(path, 'application/json', options);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new AppError('internal', 'The Cairn server answered in a shape this page does not know.', {
    hint: 'The page may be older than the server: reload it.',
    cause: parsed.error,
  });
}

/** The same for an answer that is a text, such as a file. */
export async function fetchText(path: string, accept: string): Promise<string> {
  const response = await ask(path, accept, {});
  try {
    return await response.text();
  } catch (cause) {
    throw new AppError('catalog_unavailable', 'The answer of the Cairn server broke off.', { cause });
  }
}

async function ask(path: string, accept: string, options: FetchJsonOptions): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: {
        accept,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
      cache: 'no-store',
    });
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new AppError('catalog_unavailable', 'The Cairn server did not answer.', {
      hint: 'Check that it is still running; this page asks again by itself.',
      cause,
    });
  }
  if (response.ok) return response;
  const known = errorBodySchema.safeParse(await response.json().catch(() => undefined));
  if (known.success) {
    const { code, message, hint, field } = known.data.error;
    throw new AppError(code, message, { hint, field });
  }
  throw new AppError('internal', `The Cairn server answered with status ${response.status} and no explanation.`, {
    hint: 'Its log has the details.',
  });
}
