import type { WireReply, WireRequest } from '../../protocol/http';
import { restJsonError, restJsonReply, signedRegion } from '../../protocol/rest-json';
import type { Sandbox } from '../../sandbox';
import type { HttpService } from '../service';
import { configurationOf, findFunction } from './functions';
import { invoke } from './invoke';

const ROUTES = [
  { name: 'GetFunction', method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)$/ },
  { name: 'GetFunctionConfiguration', method: 'GET', path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/ },
  { name: 'Invoke', method: 'POST', path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/ },
] as const;

const routeOf = (request: WireRequest) =>
  ROUTES.find((route) => route.method === request.method && route.path.test(request.path));

/** Lambda: the functions that forward rollouts to the account's agents. */
export const lambdaService: HttpService = {
  kind: 'http',
  name: 'Lambda',
  operations: ROUTES.map((route) => route.name),
  operationOf: (request) => routeOf(request)?.name,
  handle(request: WireRequest, operation: string, sandbox: Sandbox): WireReply {
    const region = sandbox.world.region(signedRegion(request));
    const now = sandbox.clock.now();
    const named = decodeURIComponent(routeOf(request)?.path.exec(request.path)?.[1] ?? '');
    const called = findFunction(region, named, request.query, now);
    if (operation === 'Invoke') return invoke(region, called, request, now);
    const Configuration = configurationOf(region, called);
    if (operation === 'GetFunctionConfiguration') return restJsonReply(Configuration);
    return restJsonReply({
      Configuration,
      Code: {
        RepositoryType: 'S3',
        Location: 'https://example-bucket.s3.amazonaws.com/code.zip?X-Amz-Signature=example',
      },
      Tags: {},
    });
  },
  toErrorReply: restJsonError,
};
