import { AwsError } from './aws-error';
import { readSigner } from './credential-scope';
import type { WireReply, WireRequest } from './http';

/** The region a restJson request is signed for. Throws what AWS says to an unsigned one. */
export function signedRegion(request: WireRequest): string {
  const signer = readSigner(request);
  if (!signer) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  return signer.region;
}

export function restJsonReply(body: unknown, status = 200, headers: Record<string, string> = {}): WireReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body ?? {}) };
}

/** The status that restJson services give an error that elsewhere is a 400 (JS SDK source). */
const STATUS: Record<string, number> = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  UnrecognizedClientException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ThrottlingException: 429,
  TooManyRequestsException: 429,
};

/** An error as restJson carries it: the name in a header, the words in the body. */
export function restJsonError(error: Error): WireReply {
  const given = error instanceof AwsError ? error : new AwsError('InternalServerException', error.message, 500);
  const status = STATUS[given.code] ?? given.httpStatus;
  return restJsonReply({ message: given.message, Message: given.message }, status, { 'x-amzn-errortype': given.code });
}

/** A whole number of the query between 1 and `max`, or the fallback when it is absent. */
export function queryLimit(query: URLSearchParams, name: string, max: number, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new AwsError('ValidationException', `${name} must be between 1 and ${max}`);
  }
  return value;
}
