import { AwsError } from './aws-error';
import type { WireReply } from './http';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** Parses an awsJson1.1 body; an empty one is an empty input. Throws SerializationException as AWS does. */
export function parseAwsJson(body: string): Record<string, unknown> {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected.');
  }
  return parsed as Record<string, unknown>;
}

/** `undefined` members vanish, which is how AWS leaves out what is not there. */
export function awsJsonReply(output: unknown): WireReply {
  return { status: 200, headers: { 'content-type': CONTENT_TYPE }, body: JSON.stringify(output ?? {}) };
}

export function awsJsonError(error: AwsError): WireReply {
  return {
    status: error.httpStatus,
    headers: { 'content-type': CONTENT_TYPE },
    body: JSON.stringify({ __type: error.code, Message: error.message, message: error.message }),
  };
}

/** Epoch milliseconds to the epoch seconds with up to three decimals that awsJson carries. */
export function toEpochSeconds(ms: number): number {
  return Math.round(ms) / 1000;
}
