import 'server-only';
import { AppError } from '../../contract/app-error';
import { errorResponse } from './error-response';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/**
 * Handlers for the methods a route does not have: 405, in the shape of every other error, with `Allow`.
 * `export const { PUT, PATCH, DELETE } = otherMethods('GET', 'POST');`
 */
export function otherMethods(...allowed: Method[]): Record<Method, () => Promise<Response>> {
  const answer = async () =>
    errorResponse(
      new AppError('method_not_allowed', `This address answers ${allowed.join(' and ')} only.`),
      crypto.randomUUID(),
      { allow: ['HEAD', 'OPTIONS', ...allowed].join(', ') },
    );
  return { GET: answer, POST: answer, PUT: answer, PATCH: answer, DELETE: answer };
}
