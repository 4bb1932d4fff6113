import type { WireReply, WireRequest } from '../../protocol/http';
import type { Sandbox } from '../../sandbox';
import type { HttpService } from '../service';
import { accessOf, passDoor, SESSION_COOKIE } from './access';
import { MLFLOW_VERSION } from './control-plane';
import { forbidden, mlflowError, mlflowErrorReply } from './mlflow-error';
import { findMlflowRoute, MLFLOW_ROUTES } from './routes';
import { redeem } from './sessions';
import { stringifyWithNanos } from './traces/span-views';

/** What is served beside the tracking API. */
const MLFLOW_PAGES = ['Authorize', 'Health', 'UserInterface', 'Version'] as const;
type Page = (typeof MLFLOW_PAGES)[number];
const PAGE_PATHS: Readonly<Record<string, Page>> = {
  '/auth': 'Authorize',
  '/health': 'Health',
  '/version': 'Version',
  '/': 'UserInterface',
};

/** MLflow: tracking and traces of every app and tracking server, behind the front door of SageMaker. */
export const mlflowService: HttpService = {
  kind: 'http',
  name: 'MLflow',
  operations: [...new Set(MLFLOW_ROUTES.map((route) => route.name)), ...MLFLOW_PAGES],
  operationOf(request) {
    if (/^\/(ajax-)?api\//.test(request.path))
      return findMlflowRoute(request.method, request.path)?.route.name ?? 'Unknown';
    return request.method === 'GET' ? PAGE_PATHS[request.path] : undefined;
  },
  handle(request, operation, sandbox) {
    const now = sandbox.clock.now();
    if (operation === 'Authorize') return authorize(request, sandbox, now);
    const access = accessOf(request, sandbox, now);
    if (operation === 'Health') return plain('OK');
    if (operation === 'Version') return plain(MLFLOW_VERSION);
    if (operation === 'UserInterface') return userInterface(access.arn);
    const found = findMlflowRoute(request.method, request.path);
    if (!found) throw mlflowError('ENDPOINT_NOT_FOUND', `No such endpoint: ${request.method} ${request.path}`);
    const answer = found.route.perform({
      sandbox,
      access,
      now,
      query: request.query,
      body: request.method === 'POST' ? parseBody(request.body) : {},
      params: found.params,
    });
    return { status: 200, headers: { 'content-type': 'application/json' }, body: stringifyWithNanos(answer) };
  },
  toErrorReply: mlflowErrorReply,
};

/** Redeems the token of a presigned URL and sends the browser on with a cookie. */
function authorize(request: WireRequest, sandbox: Sandbox, now: number): WireReply {
  const session = redeem(sandbox.world, request.query.get('authToken') ?? '', now);
  if (!session) throw forbidden();
  passDoor(sandbox.world.region(session.region), session.arn, 'session');
  const cookie = `${SESSION_COOKIE}=${session.cookie}; Path=/; Max-Age=${session.maxAgeSeconds}; HttpOnly; SameSite=Lax`;
  return { status: 302, headers: { location: '/', 'set-cookie': cookie }, body: '' };
}

function userInterface(arn: string): WireReply {
  const text = `MLflow's user interface is not part of the sandbox. You are signed in to ${arn}.`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><title>MLflow (sandbox)</title><p>${text}</p>`,
  };
}

const plain = (text: string): WireReply => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: text });

function parseBody(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Falls through to the one refusal.
  }
  throw mlflowError('BAD_REQUEST', 'The request body is not a JSON object.');
}
