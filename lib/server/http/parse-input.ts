import 'server-only';
import type { ZodType } from 'zod';
import { AppError } from '../../contract/app-error';
import { describeIssues, type InputPlace } from './describe-issues';
import { findUnsafeText } from './unsafe-text';

/** 16 kB, as the server itself reads of an address: the longest cursor is 8 kB. */
export const MAX_QUERY_CHARS = 16_384;

/** 256 kB: CreateJob itself takes a document of at most 262,144 characters. */
export const MAX_BODY_BYTES = 262_144;

/** Checks a value against its schema. Throws `bad_request` whose message names the field and what is wrong with it. */
export function parseInput<T>(place: InputPlace, schema: ZodType<T>, value: unknown): T {
  const unsafe = findUnsafeText(value);
  if (unsafe) {
    const named = { path: 'Path part', query: 'Query parameter', body: 'Body field' }[place];
    const subject = unsafe.field ? `${named} "${unsafe.field}"` : `The ${place}`;
    throw new AppError('bad_request', `${subject} ${unsafe.problem}.`, { field: unsafe.field || place });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { message, field } = describeIssues(place, parsed.error.issues);
  throw new AppError('bad_request', message, { field });
}

/**
 * The query string as a flat object: the first of a repeated key counts, an empty value is an absent one, keys nobody
 * asked for are dropped by the schema. Throws `bad_request`, naming the longest parameter, when it is too long.
 */
export function readQuery(search: string): Record<string, string> {
  if (search.length > MAX_QUERY_CHARS) {
    const longest = search
      .slice(1)
      .split('&')
      .reduce((a, b) => (b.length > a.length ? b : a), '');
    const field = longest.split('=', 1)[0]?.slice(0, 64) || 'query';
    throw new AppError(
      'bad_request',
      `Query parameter "${field}" is too long: the query has ${search.length} characters, at most ${MAX_QUERY_CHARS} are read.`,
      { field },
    );
  }
  const values = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(search)) {
    if (value !== '' && !values.has(key)) values.set(key, value);
  }
  return Object.fromEntries(values);
}

/**
 * The JSON body of a request. Throws `bad_request` for another content type or broken JSON, `too_large` beyond
 * 256 kB, counted while it is read and not believed from a header.
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new AppError('bad_request', 'Header "content-type" must be application/json.', { field: 'content-type' });
  }
  const text = await readText(request);
  if (text === '') throw new AppError('bad_request', 'The body is missing: send a JSON object.', { field: 'body' });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', 'The body is not valid JSON.', { field: 'body', cause });
  }
}

async function readText(request: Request): Promise<string> {
  const tooLarge = () =>
    new AppError('too_large', `The body is too large: at most ${MAX_BODY_BYTES} bytes are read.`, { field: 'body' });
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (!request.body) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = request.body.getReader();
  let bytes = 0;
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > MAX_BODY_BYTES) throw tooLarge();
      text += decoder.decode(value, { stream: true });
    }
  } catch (cause) {
    await reader.cancel().catch(() => undefined);
    if (cause instanceof AppError) throw cause;
    throw new AppError('bad_request', 'The body is not text in UTF-8, or it broke off.', { field: 'body', cause });
  }
}
