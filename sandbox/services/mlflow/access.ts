import { accessDenied } from '../../protocol/aws-error';
import { readSigner } from '../../protocol/credential-scope';
import type { WireRequest } from '../../protocol/http';
import type { Sandbox } from '../../sandbox';
import { USER_ARN } from '../../world/arns';
import { findMlflowResource, parseMlflowArn } from '../../world/mlflow-resource';
import type { RegionWorld } from '../../world/world';
import { forbidden, unavailable } from './mlflow-error';
import { findSession, type MlflowSession } from './sessions';

export const SESSION_COOKIE = 'mlflow-session';

/** Whose experiments a request may see: everything of one app or tracking server. */
export interface MlflowAccess {
  region: RegionWorld;
  arn: string;
}

/**
 * Lets a request in by either way: signed with SigV4 and an ARN in the routing header of that kind of resource, or with
 * the cookie of a session. Throws the front door's 403 otherwise.
 */
export function accessOf(request: WireRequest, sandbox: Sandbox, now: number): MlflowAccess {
  const signed = signedFor(request);
  const session = signed ?? cookieSession(request, sandbox, now);
  if (!session) throw forbidden();
  const region = sandbox.world.region(session.region);
  if (!findMlflowResource(region, session.arn, now)) throw forbidden();
  passDoor(region, session.arn, signed ? 'signed' : 'session');
  return { region, arn: session.arn };
}

/** Throws what stands in the door of an app or server that is not simply open. */
export function passDoor(region: RegionWorld, arn: string, way: 'signed' | 'session'): void {
  const condition = region.mlflowConditions.get(arn);
  if (condition === 'down') throw unavailable();
  if (condition === 'denied') throw accessDenied(USER_ARN, 'sagemaker:CallMlflowAppApi', arn);
  if (condition === 'sessions-only' && way === 'signed') throw forbidden();
}

/** An app is signed for service `sagemaker`, a tracking server for `sagemaker-mlflow` (open-source plugin). */
function signedFor(request: WireRequest): MlflowSession | undefined {
  const signer = readSigner(request);
  if (!signer) return undefined;
  const [header, kind] =
    signer.service === 'sagemaker'
      ? ['x-sm-mlflow-app-arn', 'app']
      : signer.service === 'sagemaker-mlflow'
        ? ['x-mlflow-sm-tracking-server-arn', 'server']
        : [];
  const arn = header === undefined ? undefined : request.headers[header];
  if (arn === undefined || parseMlflowArn(arn)?.kind !== kind || arn.split(':')[3] !== signer.region) return undefined;
  return { region: signer.region, arn };
}

function cookieSession(request: WireRequest, sandbox: Sandbox, now: number): MlflowSession | undefined {
  const cookies = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const own = cookies.find((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return own === undefined ? undefined : findSession(sandbox.world, own.slice(SESSION_COOKIE.length + 1), now);
}
