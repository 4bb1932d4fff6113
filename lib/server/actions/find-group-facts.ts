import 'server-only';
import type { JobRequest } from '@/lib/actions/build-resume-request';
import { groupName, groupsOf } from '@/lib/actions/check-common';
import type { GroupFact } from '@/lib/actions/check-groups';
import { AppError } from '@/lib/contract/app-error';
import { batchDescribePackages, listPackagesPage } from '../aws/model-packages';
import { findGroupHoldings } from '../catalog/group-holdings';
import type { Scope } from '../catalog/scopes-store';
import type { Deployment } from '../deployment';

interface Entry {
  untilMs: number;
  fact: Promise<GroupFact>;
}

/** 1 min: a plan is asked for at every pause of typing, and a group is not made or deleted between two of them. */
const FRESH_MS = 60_000;
/** Enough packages to see the kind of a group: a group holds one kind (AWS docs). */
const SAMPLE = 10;

const caches = new WeakMap<Deployment, Map<string, Entry>>();

/**
 * Whether the groups of a request exist and what they hold: by the catalog where it has read them, else one or two calls
 * to AWS, at most once a minute. What keeps it from an answer becomes `unknown`.
 */
export async function findGroupFacts(
  d: Deployment,
  region: string,
  scope: Scope,
  request: JobRequest,
): Promise<Map<string, GroupFact>> {
  const { output, intermediate } = groupsOf(request);
  const names = [...new Set([output, intermediate].flatMap((arn) => (arn ? [groupName(arn)] : [])))];
  return new Map(
    await Promise.all(names.map(async (name) => [name, await findGroupFact(d, region, scope, name)] as const)),
  );
}

async function findGroupFact(d: Deployment, region: string, scope: Scope, name: string): Promise<GroupFact> {
  const holds = await findGroupHoldings(d.catalog, scope, name);
  if (holds && holds.length > 0) return { state: 'exists', holds };
  const cache = caches.get(d) ?? new Map<string, Entry>();
  caches.set(d, cache);
  const key = `${scope.id} ${name}`;
  const known = cache.get(key);
  if (known && known.untilMs > Date.now()) return known.fact;
  const fact = askAws(d, region, name);
  cache.set(key, { fact, untilMs: Date.now() + FRESH_MS });
  return fact;
}

async function askAws(d: Deployment, region: string, group: string): Promise<GroupFact> {
  try {
    const aws = d.aws(region);
    const { packages } = await listPackagesPage(aws, { group, order: 'newest-first' });
    if (packages.length === 0) return { state: 'exists', holds: [] };
    const described = await batchDescribePackages(
      aws,
      packages.slice(0, SAMPLE).map(({ packageArn }) => packageArn),
    );
    const kinds = described.packages.map(({ isCheckpoint }) => (isCheckpoint ? 'resumable' : 'model'));
    return { state: 'exists', holds: [...new Set(kinds)] };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === 'not_found' ? { state: 'missing' } : { state: 'unknown', why: error.message };
  }
}
