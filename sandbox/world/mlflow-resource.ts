import { mlflowAppArn, mlflowServerArn } from './arns';
import { asText } from './hyperparameters';
import { mlflowConfigOf } from './service-output';
import type { RegionWorld } from './world';

/** An MLflow app or tracking server: a store of experiments of its own. */
export interface MlflowResource {
  kind: 'app' | 'server';
  arn: string;
  /** The name of a server; the id of an app. */
  id: string;
  createdAt: number;
}

/** What every region with jobs has. */
export const DEFAULT_APP_ID = 'app-TTAUWUNMUHH6';
export const DEFAULT_SERVER_NAME = 'research-tracking';
const AGE_MS = 3 * 86_400_000;

const ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:mlflow-(app|tracking-server)\/([A-Za-z0-9-]{1,256})$/;

export function parseMlflowArn(arn: string): Pick<MlflowResource, 'kind' | 'arn' | 'id'> | undefined {
  const found = ARN.exec(arn);
  if (!found) return undefined;
  return { kind: found[1] === 'app' ? 'app' : 'server', arn, id: found[2] ?? '' };
}

/**
 * The MLflow resources of a region at a time: one app and one tracking server once there are jobs, and whatever the jobs'
 * documents name, but those that were deleted. Oldest first.
 */
export function mlflowResourcesAt(region: RegionWorld, t: number): MlflowResource[] {
  const jobs = region.jobsByTime().filter((job) => job.createdAt <= t);
  const [first] = jobs;
  if (!first) return [];
  const found = new Map<string, MlflowResource>();
  const add = (arn: string | undefined, createdAt: number) => {
    const parsed = arn === undefined ? undefined : parseMlflowArn(arn);
    if (parsed && !found.has(parsed.arn)) found.set(parsed.arn, { ...parsed, createdAt });
  };
  add(mlflowAppArn(region.name, DEFAULT_APP_ID), first.createdAt - AGE_MS);
  add(mlflowServerArn(region.name, DEFAULT_SERVER_NAME), first.createdAt - AGE_MS / 2);
  for (const job of jobs) add(asText(mlflowConfigOf(job)?.MlflowResourceArn), job.createdAt - AGE_MS / 3);
  return [...found.values()]
    .filter(({ arn }) => region.mlflowConditions.get(arn) !== 'deleted')
    .sort((a, b) => a.createdAt - b.createdAt);
}

export function findMlflowResource(region: RegionWorld, arn: string, t: number): MlflowResource | undefined {
  return mlflowResourcesAt(region, t).find((resource) => resource.arn === arn);
}
