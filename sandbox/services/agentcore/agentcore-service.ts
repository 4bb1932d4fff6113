import type { WireReply, WireRequest } from '../../protocol/http';
import { formatPageToken, parsePageToken } from '../../protocol/page-token';
import { queryLimit, restJsonError, restJsonReply, signedRegion } from '../../protocol/rest-json';
import type { Sandbox } from '../../sandbox';
import { agentsAt } from '../../world/agents';
import type { RegionWorld } from '../../world/world';
import type { HttpService } from '../service';
import { endpointNames, endpointView, findRuntime, notFound, runtimeSummary, runtimeView } from './runtimes';

interface Call {
  region: RegionWorld;
  now: number;
  query: URLSearchParams;
  id: string;
  endpoint: string;
}

interface Route {
  name: string;
  method: string;
  path: RegExp;
  perform(call: Call): unknown;
}

const ROUTES: readonly Route[] = [
  {
    name: 'ListAgentRuntimes',
    method: 'POST',
    path: /^\/runtimes\/?$/,
    perform: ({ region, now, query }) =>
      page('agentRuntimes', agentsAt(region, 'runtime', now), query, (state) =>
        runtimeSummary(state, state.deployedAt.length, state.deployedAt.at(-1) ?? 0, now),
      ),
  },
  {
    name: 'GetAgentRuntime',
    method: 'GET',
    path: /^\/runtimes\/(?<id>[^/]+)\/?$/,
    perform: ({ region, now, query, id }) =>
      runtimeView(region, findRuntime(region, id, now), now, query.get('version')),
  },
  {
    name: 'ListAgentRuntimeVersions',
    method: 'POST',
    path: /^\/runtimes\/(?<id>[^/]+)\/versions\/?$/,
    perform: ({ region, now, query, id }) => {
      const state = findRuntime(region, id, now);
      const versions = state.deployedAt.map((at, i) => ({ at, version: i + 1 })).reverse();
      return page('agentRuntimes', versions, query, ({ at, version }) => runtimeSummary(state, version, at, now));
    },
  },
  {
    name: 'ListAgentRuntimeEndpoints',
    method: 'POST',
    path: /^\/runtimes\/(?<id>[^/]+)\/runtime-endpoints\/?$/,
    perform: ({ region, now, query, id }) => {
      const state = findRuntime(region, id, now);
      return page('runtimeEndpoints', endpointNames(state), query, (name) => endpointView(state, name, now));
    },
  },
  {
    name: 'GetAgentRuntimeEndpoint',
    method: 'GET',
    path: /^\/runtimes\/(?<id>[^/]+)\/runtime-endpoints\/(?<endpoint>[^/]+)\/?$/,
    perform: ({ region, now, id, endpoint }) => {
      const state = findRuntime(region, id, now);
      if (!endpointNames(state).includes(endpoint)) throw notFound(`Endpoint ${endpoint} of agent runtime ${id}`);
      return endpointView(state, endpoint, now);
    },
  },
];

const routeOf = (request: WireRequest) =>
  ROUTES.find((route) => route.method === request.method && route.path.test(request.path));

/** The reading side of Bedrock AgentCore's control plane: the runtimes that the account's jobs name. */
export const agentcoreService: HttpService = {
  kind: 'http',
  name: 'AgentCore',
  operations: ROUTES.map((route) => route.name),
  operationOf: (request) => routeOf(request)?.name,
  handle(request: WireRequest, _operation: string, sandbox: Sandbox): WireReply {
    const route = routeOf(request);
    const { id = '', endpoint = '' } = route?.path.exec(request.path)?.groups ?? {};
    const region = sandbox.world.region(signedRegion(request));
    const now = sandbox.clock.now();
    const call = {
      region,
      now,
      query: request.query,
      id: decodeURIComponent(id),
      endpoint: decodeURIComponent(endpoint),
    };
    return restJsonReply(route?.perform(call));
  },
  toErrorReply: restJsonError,
};

function page<T>(member: string, items: readonly T[], query: URLSearchParams, view: (item: T) => unknown) {
  const limit = queryLimit(query, 'maxResults', 100, 100);
  const start = Number(parsePageToken({ member }, query.get('nextToken') ?? undefined) ?? 0);
  const shown = items.slice(start, start + limit);
  const more = start + limit < items.length;
  return { [member]: shown.map(view), ...(more && { nextToken: formatPageToken({ member }, start + limit) }) };
}
