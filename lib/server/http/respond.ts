import 'server-only';
import { AppError } from '../../contract/app-error';
import { log } from '../log';
import { apiHeaders, errorResponse } from './error-response';
import { checkSameOrigin } from './same-origin';

/** What every handler of the API gets besides its input. */
export interface RequestContext {
  request: Request;
  /** Sent back in `x-request-id` and in errors; finds the request in the log. */
  requestId: string;
}

/**
 * Runs a handler and makes the one response there is: its own Response, its value as JSON, or its failure in the shape
 * of every error. Requests that are not reads must come from our own pages, whatever the route. Picks the log level:
 * what a caller did wrong is theirs to read, what AWS or Cairn did wrong is ours.
 */
export async function respond(
  request: Request,
  handler: (context: RequestContext) => Promise<unknown>,
): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    checkSameOrigin(request.method, request.headers);
    const result = await handler({ request, requestId });
    return result instanceof Response ? result : Response.json(result, { headers: apiHeaders(requestId) });
  } catch (error) {
    report(request, requestId, error);
    return errorResponse(error, requestId);
  }
}

function report(request: Request, requestId: string, error: unknown): void {
  const facts = { requestId, method: request.method, path: pathOf(request.url) };
  if (!(error instanceof AppError)) log.error({ ...facts, err: error }, 'request failed unexpectedly');
  else if (error.code === 'internal') log.error({ ...facts, err: error }, error.message);
  else if (error.status >= 500) log.warn({ ...facts, code: error.code }, error.message);
  else log.debug({ ...facts, code: error.code, field: error.field }, 'request refused');
}

/** Without the query, which may hold what people search for. */
function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname.slice(0, 512) : '';
}
