import { hashKey } from '../rng';
import { validationError } from './aws-error';

/**
 * Opaque continuation tokens. A token carries where the last page ended and a hash of the request it belongs to; AWS
 * refuses a token used with other parameters, so does this.
 */
export function formatPageToken(request: Readonly<Record<string, unknown>>, position: unknown): string {
  return Buffer.from(JSON.stringify({ r: requestHash(request), p: position }), 'utf8').toString('base64');
}

/** The position in a token, or undefined when there is no token. Throws ValidationException on a foreign token. */
export function parsePageToken(request: Readonly<Record<string, unknown>>, token: string | undefined): unknown {
  if (token === undefined || token === '') return undefined;
  let parsed: { r?: unknown; p?: unknown } | null;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as typeof parsed;
  } catch {
    parsed = null;
  }
  if (typeof parsed !== 'object' || parsed === null || parsed.r !== requestHash(request) || parsed.p === undefined) {
    throw validationError('Invalid NextToken: the token is not valid for this request.');
  }
  return parsed.p;
}

function requestHash(request: Readonly<Record<string, unknown>>): number {
  const { NextToken: _token, MaxResults: _max, ...rest } = request;
  return hashKey(JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))));
}
