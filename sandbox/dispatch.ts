import { setTimeout as delay } from 'node:timers/promises';
import { faultError } from './faults';
import { AwsError, accessDenied, unknownOperation } from './protocol/aws-error';
import { awsJsonError, awsJsonReply, parseAwsJson } from './protocol/aws-json';
import { readSigner, type Signer } from './protocol/credential-scope';
import type { WireReply, WireRequest } from './protocol/http';
import type { Sandbox } from './sandbox';
import { SERVICES } from './services/registry';
import type { HttpService, JsonService, Service } from './services/service';
import { USER_ARN } from './world/arns';

interface Route {
  service: Service;
  operation: string;
}

/**
 * Answers one AWS request: find the service and operation, count the call, let faults strike, perform. Undefined means
 * no answer at all: the client is left waiting.
 */
export async function dispatch(sandbox: Sandbox, request: WireRequest): Promise<WireReply | undefined> {
  const route = findRoute(request);
  if (!route) return awsJsonError(unknownOperation());
  const { service, operation } = route;
  sandbox.calls.add(service.name, operation);
  const toError = (error: AwsError) =>
    withRequestId(sandbox, service.kind === 'json' ? awsJsonError(error) : service.toErrorReply(error));
  let signer: Signer | undefined;
  try {
    signer = readSigner(request);
  } catch (error) {
    if (error instanceof AwsError) return toError(error);
    throw error;
  }

  const fault = sandbox.faults.draw(service.name, operation, signer?.region);
  const done = fault?.afterEffect ? await perform(sandbox, route, request, signer) : undefined;
  if (fault?.kind === 'delay') await delay(fault.delayMs ?? 1_000);
  if (fault && fault.kind !== 'delay') {
    if (fault.kind === 'hang') return undefined;
    if (fault.kind === 'broken-body') {
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{"JobSummaries":[{"Job' };
    }
    const error = faultError(fault.kind, () => denial(service, operation, request, signer));
    if (error) return toError(error);
  }
  return done ?? perform(sandbox, route, request, signer);
}

async function perform(
  sandbox: Sandbox,
  { service, operation }: Route,
  request: WireRequest,
  signer: Signer | undefined,
): Promise<WireReply> {
  try {
    const reply =
      service.kind === 'json'
        ? performJson(sandbox, service, operation, request, signer)
        : await service.handle(request, operation, sandbox);
    return withRequestId(sandbox, reply);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return withRequestId(sandbox, service.kind === 'json' ? awsJsonError(error) : service.toErrorReply(error));
  }
}

function performJson(
  sandbox: Sandbox,
  service: JsonService,
  operation: string,
  request: WireRequest,
  signer: Signer | undefined,
): WireReply {
  const perform = service.operations[operation];
  if (!perform) throw unknownOperation();
  if (!signer) throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  const input = parseAwsJson(request.body);
  const region = sandbox.world.region(signer.region);
  const host = request.headers.host ?? '127.0.0.1';
  return awsJsonReply(perform({ sandbox, region, now: sandbox.clock.now(), signer, host, input }));
}

function withRequestId(sandbox: Sandbox, reply: WireReply): WireReply {
  return { ...reply, headers: { 'x-amzn-requestid': sandbox.nextRequestId(), ...reply.headers } };
}

/** The target header decides; without one, the services with paths of their own are asked. */
function findRoute(request: WireRequest): Route | undefined {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) {
    const dot = target.lastIndexOf('.');
    const service = SERVICES.find(
      (candidate): candidate is JsonService => candidate.kind === 'json' && candidate.ownsTarget(target.slice(0, dot)),
    );
    return service && { service, operation: target.slice(dot + 1) };
  }
  for (const service of SERVICES) {
    if (service.kind !== 'http') continue;
    const operation = (service as HttpService).operationOf(request);
    if (operation !== undefined) return { service, operation };
  }
  return undefined;
}

function denial(service: Service, operation: string, request: WireRequest, signer: Signer | undefined): AwsError {
  if (service.kind === 'http') return accessDenied(USER_ARN, `${service.name.toLowerCase()}:${operation}`, '*');
  const resource = service.resourceOf?.(signer?.region ?? '', parseAwsJson(request.body)) ?? '*';
  return accessDenied(USER_ARN, `${service.actionPrefix}:${operation}`, resource);
}
