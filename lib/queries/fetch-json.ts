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
  let response: Response;
  try {
    response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: {
        accept: 'application/json',
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
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const known = errorBodySchema.safeParse(body);
    if (known.success) {
      const { code, message, hint, field } = known.data.error;
      throw new AppError(code, message, { hint, field });
    }
    throw new AppError('internal', `The Cairn server answered with status ${response.status} and no explanation.`, {
      hint: 'Its log has the details.',
    });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new AppError('internal', 'The Cairn server answered in a shape this page does not know.', {
    hint: 'The page may be older than the server: reload it.',
    cause: parsed.error,
  });
}
