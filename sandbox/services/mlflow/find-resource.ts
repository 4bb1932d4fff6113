import { accessDenied, resourceNotFound } from '../../protocol/aws-error';
import { USER_ARN } from '../../world/arns';
import { type MlflowResource, mlflowResourcesAt } from '../../world/mlflow-resource';
import type { RegionWorld } from '../../world/world';

/** The app with an ARN. Throws ResourceNotFound in the control plane's words. */
export function findAppOrThrow(region: RegionWorld, arn: string, t: number): MlflowResource {
  const found = mlflowResourcesAt(region, t).find((resource) => resource.kind === 'app' && resource.arn === arn);
  if (!found) throw resourceNotFound(`MLflow App ${arn} does not exist.`);
  return found;
}

/** Throws AccessDenied for an app or server that may not be opened by this caller. */
export function refuseDenied(region: RegionWorld, { arn, kind }: MlflowResource): void {
  if (region.mlflowConditions.get(arn) !== 'denied') return;
  const action = `sagemaker:CreatePresignedMlflow${kind === 'app' ? 'App' : 'TrackingServer'}Url`;
  throw accessDenied(USER_ARN, action, arn);
}

/** The tracking server with a name. Throws ResourceNotFound in the control plane's words. */
export function findServerOrThrow(region: RegionWorld, name: string, t: number): MlflowResource {
  const found = mlflowResourcesAt(region, t).find((resource) => resource.kind === 'server' && resource.id === name);
  if (!found) throw resourceNotFound(`Tracking Server ${name} does not exist.`);
  return found;
}
