import 'server-only';
import { AppError } from '../../contract/app-error';
import type { ErrorBody } from '../../contract/errors';

/** Headers of every answer of the API: never stored by a browser or a proxy on the way, and findable in the log. */
export const apiHeaders = (requestId: string): Record<string, string> => ({
  'cache-control': 'no-store',
  'x-request-id': requestId,
});

/**
 * Any failure as an answer. What is no AppError becomes `internal`: its text stays in the log, found by the request id,
 * since nobody knows what it holds.
 */
export function errorResponse(error: unknown, requestId: string, headers: Record<string, string> = {}): Response {
  const known =
    error instanceof AppError
      ? error
      : new AppError('internal', 'Cairn met an error it did not expect.', {
          hint: `The server log has the details under request id ${requestId}.`,
        });
  const body: ErrorBody = {
    error: {
      code: known.code,
      message: known.message,
      ...(known.hint ? { hint: known.hint } : {}),
      ...(known.field ? { field: known.field } : {}),
      requestId,
    },
  };
  return Response.json(body, { status: known.status, headers: { ...apiHeaders(requestId), ...headers } });
}
