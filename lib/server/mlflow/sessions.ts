import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { MlflowArn } from '@/lib/metrics/mlflow-arn';
import type { AwsRegion } from '../aws/clients';
import { createMlflowUrl } from '../aws/mlflow-urls';
import { type HttpOptions, type MlflowReply, type MlflowRequest, sendHttp, urlOf } from './mlflow-http';

/** One hour: a stolen cookie is worth little, and a session costs one call. */
const SESSION_SECONDS = 3_600;
/** Renewed this long before its end, so that none ends under a call. */
const RENEW_BEFORE_MS = 5 * 60_000;
const MAX_REDIRECTS = 5;

interface Session {
  /** The address that the redirects led to, without a slash at its end. */
  base: string;
  cookie: string;
  renewAtMs: number;
}

/**
 * The cookie sessions of this server, one for each resource. They never leave it: cookie and address are in no log, no
 * error and no answer. Whoever asks while a session is being made shares it.
 */
export class MlflowSessions {
  private readonly sessions = new Map<string, Promise<Session>>();

  constructor(private readonly now: () => number) {}

  /** Sends a request with the session of a resource; after a 403 once more with a new one. */
  async send(aws: AwsRegion, resource: MlflowArn, request: MlflowRequest, http: HttpOptions): Promise<MlflowReply> {
    const first = await this.sessionOf(aws, resource, http);
    const reply = await sendWith(first, request, http);
    if (reply.status !== 401 && reply.status !== 403) return reply;
    await this.forget(resource, first);
    return sendWith(await this.sessionOf(aws, resource, http), request, http);
  }

  private async sessionOf(aws: AwsRegion, resource: MlflowArn, http: HttpOptions): Promise<Session> {
    const known = this.sessions.get(resource.arn);
    if (known) {
      const session = await known.catch(() => undefined);
      if (session && this.now() < session.renewAtMs) return session;
      if (this.sessions.get(resource.arn) === known) this.sessions.delete(resource.arn);
    }
    let opening = this.sessions.get(resource.arn);
    if (!opening) {
      opening = open(aws, resource, http, this.now() + SESSION_SECONDS * 1_000 - RENEW_BEFORE_MS);
      this.sessions.set(resource.arn, opening);
    }
    return opening;
  }

  /** Others that were refused with the same session share the next one instead of making one each. */
  private async forget(resource: MlflowArn, refused: Session): Promise<void> {
    const current = this.sessions.get(resource.arn);
    if (current && (await current.catch(() => undefined)) === refused && this.sessions.get(resource.arn) === current) {
      this.sessions.delete(resource.arn);
    }
  }
}

function sendWith({ base, cookie }: Session, request: MlflowRequest, http: HttpOptions): Promise<MlflowReply> {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) };
  return sendHttp(urlOf(base, request), { method: request.method, headers, body, maxBytes: request.maxBytes }, http);
}

/** Opens the one-use address and follows it to where the API is (SDK source: the target without query and fragment). */
async function open(aws: AwsRegion, resource: MlflowArn, http: HttpOptions, renewAtMs: number): Promise<Session> {
  let url = new URL(await createMlflowUrl(aws, resource, SESSION_SECONDS));
  const { protocol } = url;
  /** Cookies by host: none is sent to another host than the one that set it. */
  const jars = new Map<string, Map<string, string>>();
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const cookie = cookieFor(jars, url);
    const reply = await sendHttp(url, { method: 'GET', headers: cookie ? { cookie } : {} }, http);
    keepCookies(jars, url, reply.cookies);
    if (reply.status >= 300 && reply.status < 400 && reply.location && URL.canParse(reply.location, url.href)) {
      url = new URL(reply.location, url);
      if (url.protocol !== protocol) break;
      continue;
    }
    if (reply.status >= 400) {
      throw new AppError('access_denied', `MLflow did not take the address that SageMaker gave (${reply.status}).`, {
        hint: 'Check that the MLflow app or server of the job runs, and that the role may open it.',
      });
    }
    return { base: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), cookie: cookieFor(jars, url), renewAtMs };
  }
  throw new AppError('aws_failed', 'The address that SageMaker gave for MLflow leads nowhere: too many redirects.');
}

const cookieFor = (jars: Map<string, Map<string, string>>, url: URL) =>
  [...(jars.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');

function keepCookies(jars: Map<string, Map<string, string>>, url: URL, lines: string[]): void {
  const jar = jars.get(url.host) ?? new Map<string, string>();
  jars.set(url.host, jar);
  for (const line of lines) {
    const [pair = ''] = line.split(';', 1);
    const at = pair.indexOf('=');
    if (at > 0) jar.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
}
