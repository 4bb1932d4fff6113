import { AwsError } from '../../protocol/aws-error';
import type { WireReply } from '../../protocol/http';

/** HTTP status of MLflow's error codes (MLflow source). */
const STATUS = {
  RESOURCE_DOES_NOT_EXIST: 404,
  ENDPOINT_NOT_FOUND: 404,
  INVALID_PARAMETER_VALUE: 400,
  BAD_REQUEST: 400,
  REQUEST_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
} as const;
type MlflowCode = keyof typeof STATUS;

export const mlflowError = (code: MlflowCode, message: string) => new AwsError(code, message, STATUS[code]);
export const notFound = (message: string) => mlflowError('RESOURCE_DOES_NOT_EXIST', message);
export const invalid = (message: string) => mlflowError('INVALID_PARAMETER_VALUE', message);

/** What the front door answers a caller who is not let in: not MLflow, so not JSON (assumption). */
export const forbidden = () => new AwsError('Forbidden', 'Forbidden', 403);

/** What stands in front of a server that is down answers for it (assumption). */
export const unavailable = () => new AwsError('ServiceUnavailable', 'Service Unavailable', 503);

const page = (status: number, title: string): WireReply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
});

/** MLflow's own errors as its JSON; the front door's 403 as HTML; other AWS errors in AWS's JSON (assumption). */
export function mlflowErrorReply(error: Error): WireReply {
  const given = error instanceof AwsError ? error : mlflowError('INTERNAL_ERROR', error.message);
  if (given.code === 'Forbidden') return page(403, '403 Forbidden');
  if (given.code === 'ServiceUnavailable') return page(503, '503 Service Unavailable');
  const known = asMlflow(given);
  if (known) {
    return json(known.httpStatus, {}, { error_code: known.code, message: known.message });
  }
  return json(403, { 'x-amzn-errortype': given.code }, { message: given.message });
}

function asMlflow(error: AwsError): AwsError | undefined {
  if (error.code === 'ThrottlingException') return mlflowError('REQUEST_LIMIT_EXCEEDED', error.message);
  if (error.code === 'InternalFailure') return mlflowError('INTERNAL_ERROR', error.message);
  return error.code in STATUS ? error : undefined;
}

function json(status: number, headers: Record<string, string>, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}
