import 'server-only';
import type { ZodType } from 'zod';
import { type Deployment, deployment } from '../deployment';
import { parseInput, readJsonBody, readQuery } from './parse-input';
import { guardChange } from './read-only';
import { type RequestContext, respond } from './respond';

interface RouteSpec<P, Q, B> {
  /** The parts of the path in brackets. */
  params?: ZodType<P>;
  query?: ZodType<Q>;
  body?: ZodType<B>;
  /** It changes something at AWS or in the catalog: refused while changes are shut. */
  mutates?: boolean;
}

export interface RouteInput<P, Q, B> extends RequestContext {
  params: P;
  query: Q;
  body: B;
}

type NextContext = { params?: Promise<unknown> };

/**
 * A route handler of the API: parse, use case, JSON. `export const GET = route({ params, query }, async (input, d) => …)`.
 * Input that does not fit is answered with 400 and the name of the field before the handler sees it; what the handler
 * throws becomes the error body. Without a schema the value is undefined.
 */
export function route<P = undefined, Q = undefined, B = undefined>(
  spec: RouteSpec<P, Q, B>,
  handler: (input: RouteInput<P, Q, B>, d: Deployment) => Promise<unknown>,
): (request: Request, context: NextContext) => Promise<Response> {
  return (request, context) =>
    respond(request, async (about) => {
      const params = spec.params ? parseInput('path', spec.params, (await context.params) ?? {}) : (undefined as P);
      const { search } = new URL(request.url);
      const query = spec.query ? parseInput('query', spec.query, readQuery(search)) : (undefined as Q);
      const d = await deployment();
      if (spec.mutates) guardChange(d.settings);
      const body = spec.body ? parseInput('body', spec.body, await readJsonBody(request)) : (undefined as B);
      return handler({ ...about, params, query, body }, d);
    });
}
