import 'server-only';
import { setTimeout as delay } from 'node:timers/promises';
import type { ZodType } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import type { MlflowArn } from '@/lib/metrics/mlflow-arn';
import type { CallLimit } from '../aws/call-limit';
import type { CallMeter } from '../aws/call-meter';
import type { AwsRegion } from '../aws/clients';
import { signRequest } from '../aws/sign-request';
import type { Settings } from '../env';
import { errorCodeOf, type MlflowTarget, nameOf, toMlflowError, unreadable } from './mlflow-errors';
import { type MlflowReply, type MlflowRequest, sendHttp, urlOf } from './mlflow-http';
import { parseJson } from './parse-json';
import type { MlflowSessions } from './sessions';
import type { Slots } from './slots';

/** The MLflow of one region, for one kind of caller. */
export interface MlflowClient {
  /**
   * One call, checked against its schema. Throws AppErrors: `not_found` for what MLflow does not have, `access_denied`
   * naming the permission, `aws_unreachable`, `aws_failed` for web pages and faults, `too_large`.
   */
  call<T>(target: MlflowTarget, request: MlflowRequest, schema: ZodType<T>): Promise<T>;
}

export interface MlflowClientParts {
  settings: Settings;
  aws: AwsRegion;
  sessions: MlflowSessions;
  /** Which way in worked last, by resource. */
  ways: Map<string, WayMemory>;
  meter: CallMeter;
  /** Background only. */
  limit?: CallLimit;
  /** For people who wait: how many calls may be under way at once, whoever's. */
  slots?: Slots;
  timeoutMs: number;
  now(): number;
}

export interface WayMemory {
  way: 'signed' | 'session';
  untilMs: number;
}

/** A resource that refused signatures may have been given the permission since. */
const TRY_SIGNED_AGAIN_MS = 15 * 60_000;
const ATTEMPTS = 2;
const RETRY_AFTER_MS = 300;

/**
 * A client that asks the own server when there is one, else the resource: signed first, because that needs no session and
 * no secret in memory, and with a session where signatures are refused. See docs/decisions.
 */
export function createMlflowClient(parts: MlflowClientParts): MlflowClient {
  const { settings, meter, limit, ways } = parts;
  const http = { requireLoopback: settings.requireLoopback, timeoutMs: parts.timeoutMs };

  async function attempt(target: MlflowTarget, request: MlflowRequest): Promise<MlflowReply> {
    await limit?.take();
    meter.count(`MLflow.${request.operation}`);
    const send = () => (target === 'own' ? sendOwn(request) : sendToResource(target, request));
    const reply = await (parts.slots ? parts.slots.run(send) : send());
    if (reply.status === 429) limit?.report('throttled');
    else if (reply.status < 500) limit?.report('ok');
    return reply;
  }

  function sendOwn(request: MlflowRequest): Promise<MlflowReply> {
    const { own } = settings.mlflow;
    if (!own) throw new Error('no own MLflow server is set');
    const { method, body: content, maxBytes } = request;
    const body = content === undefined ? undefined : JSON.stringify(content);
    const authorization = own.token
      ? `Bearer ${own.token}`
      : own.username !== undefined &&
        `Basic ${Buffer.from(`${own.username}:${own.password ?? ''}`, 'utf8').toString('base64')}`;
    const headers = {
      ...(authorization && { authorization }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    return sendHttp(urlOf(own.uri, request), { method, headers, body, maxBytes }, http);
  }

  async function sendSigned(resource: MlflowArn, request: MlflowRequest): Promise<MlflowReply> {
    const { method, query = {}, body: content, maxBytes } = request;
    const isApp = resource.kind === 'app';
    const body = content === undefined ? undefined : JSON.stringify(content);
    const url = urlOf(settings.mlflow.endpoint?.replace(/\/+$/, '') ?? baseOf(resource), request);
    // Service and header as the open-source plugin has them.
    const headers = await signRequest(
      parts.aws,
      {
        service: isApp ? 'sagemaker' : 'sagemaker-mlflow',
        region: resource.region,
        action: isApp ? 'sagemaker:CallMlflowAppApi' : `sagemaker-mlflow:${request.operation}`,
      },
      {
        method,
        url,
        query,
        headers: {
          [isApp ? 'x-sm-mlflow-app-arn' : 'x-mlflow-sm-tracking-server-arn']: resource.arn,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        body,
      },
    );
    const { host: _host, ...sent } = headers;
    return sendHttp(url, { method, headers: sent, body, maxBytes }, http);
  }

  async function sendToResource(resource: MlflowArn, request: MlflowRequest): Promise<MlflowReply> {
    const known = ways.get(resource.arn);
    const withSession = () => parts.sessions.send(parts.aws, resource, request, http);
    if (known && known.way === 'session' && parts.now() < known.untilMs) return withSession();
    let refused: MlflowReply | AppError;
    try {
      refused = await sendSigned(resource, request);
      if (isAnswer(refused)) {
        ways.set(resource.arn, { way: 'signed', untilMs: Number.POSITIVE_INFINITY });
        return refused;
      }
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'aws_unreachable') throw error;
      refused = error;
    }
    // Signatures work there: this is a passing fault and no other way in is better.
    if (known?.way === 'signed' && (refused instanceof AppError || refused.status >= 500)) return orThrow(refused);
    // The clients of a region open resources of that region only.
    if (resource.region !== parts.aws.region) return orThrow(refused);
    let reply: MlflowReply;
    try {
      reply = await withSession();
    } catch (error) {
      // A resource that is gone is the better news; else what happened first.
      if (error instanceof AppError && error.code === 'not_found') throw gone(resource);
      return orThrow(refused);
    }
    if (isAnswer(reply)) ways.set(resource.arn, { way: 'session', untilMs: parts.now() + TRY_SIGNED_AGAIN_MS });
    return reply;
  }

  return {
    async call(target, request, schema) {
      for (let tries = 1; ; tries += 1) {
        const last = tries === ATTEMPTS;
        let reply: MlflowReply;
        try {
          reply = await attempt(target, request);
        } catch (error) {
          if (last || !(error instanceof AppError) || error.code !== 'aws_unreachable') throw error;
          await delay(RETRY_AFTER_MS);
          continue;
        }
        if ((reply.status === 429 || reply.status >= 500) && !last) {
          await delay(RETRY_AFTER_MS);
          continue;
        }
        if (reply.status !== 200) throw toMlflowError(target, request, reply);
        const json = parseJson(reply.text);
        const parsed = schema.safeParse(json);
        if (!parsed.success) throw unreadable(target, request, json !== undefined);
        return parsed.data;
      }
    },
  };
}

/** MLflow itself spoke: not the door in front of it, and no page of a proxy. */
function isAnswer(reply: MlflowReply): boolean {
  if (reply.status === 200) return typeof parseJson(reply.text) === 'object';
  const code = errorCodeOf(reply);
  return reply.status === 429 || (code !== undefined && code !== 'PERMISSION_DENIED');
}

function orThrow(failure: MlflowReply | AppError): MlflowReply {
  if (failure instanceof AppError) throw failure;
  return failure;
}

function gone(resource: MlflowArn): AppError {
  return new AppError('not_found', `There is no ${nameOf(resource).replace(/^the /, '')} any more.`, {
    hint: 'It was deleted, and its runs with it. What Cairn read before stays.',
    // What tells it from a run that is missing.
    field: 'MlflowResourceArn',
  });
}

/** Addresses of AWS's MLflow (open-source plugin): partitions aws and aws-us-gov alike. */
function baseOf({ kind, region }: MlflowArn): string {
  return kind === 'app' ? `https://mlflow.sagemaker.${region}.app.aws` : `https://${region}.experiments.sagemaker.aws`;
}
