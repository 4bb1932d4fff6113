import 'server-only';
import { END_SLACK_MS } from '@/lib/checkpoints/attribute';
import { groupsOf } from '@/lib/checkpoints/maker-index';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { AppError } from '@/lib/contract/app-error';
import type { CheckpointKind } from '@/lib/contract/checkpoints';
import {
  type AwsPackage,
  type AwsPackageSummary,
  batchDescribePackages,
  listPackagesPage,
} from '../aws/model-packages';
import { markPackagesComplete } from '../catalog/jobs-writes';
import type { GroupPosition } from '../catalog/package-groups-store';
import { type DescribedPackage, listKnownVersions, savePackagesPage } from '../catalog/packages-writes';
import { listJobsToCount, listUndescribed } from '../catalog/sync-reads';
import { findMaker, toClues } from './find-maker';
import type { RegionContext } from './region-context';
import type { GroupState } from './region-memory';

/** Lists may show a package a little after its creation time (assumption). */
const OVERLAP_MS = 60_000;
/** BatchDescribeModelPackage takes 100 ARNs (API model). */
const BATCH = 100;
/** A package that stays unfinished is asked for this long after it was made, then taken as it is. */
const UNFINISHED_MS = 24 * 3_600_000;
const UNFINISHED_EVERY_MS = 15_000;
/** Packages that AWS lists and does not describe. */
const REFUSED_EVERY_MS = 10 * 60_000;
const UNFINISHED = new Set(['Pending', 'InProgress']);

/** Reads one page of a group's first read, from the newest package to the oldest, and writes where it is. */
export async function readFirstPage(context: RegionContext, group: GroupState): Promise<void> {
  const { filledFrom } = group;
  // Where an earlier read stopped, and a millisecond more: whether the bound counts in is nowhere said.
  const createdBefore = filledFrom && new Date(filledFrom.getTime() + 1);
  const asked = group.nextPage ?? { createdBefore };
  // A token that AWS does not take any more must not be tried for ever: the position takes over.
  group.nextPage = undefined;
  const askedAt = context.now();
  const page = await listOrNothing(context, { group: group.name, order: 'newest-first', ...asked });
  const beganAt = new Date(context.awsNow() - (context.now() - askedAt));
  const times = page.packages.map(({ creationTime }) => creationTime.getTime());
  const position: GroupPosition = {
    filledFrom: earlier(filledFrom, times),
    listedUntil: group.listedUntil ?? later(undefined, times),
    complete: page.nextToken === undefined,
    readAt: group.readAt ?? beganAt,
  };
  await savePage(context, group, page.packages, position);
  // A token goes with the very request it was given for.
  if (page.nextToken) group.nextPage = { ...asked, nextToken: page.nextToken };
  if (position.complete) await finishRead(context, group);
}

/** Reads what was created in a group since the last read. */
export async function readNewest(context: RegionContext, group: GroupState): Promise<void> {
  const askedAt = context.now();
  const createdAfter = group.listedUntil && new Date(group.listedUntil.getTime() - OVERLAP_MS);
  let beganAt: Date | undefined;
  let nextToken: string | undefined;
  do {
    const page = await listOrNothing(context, { group: group.name, order: 'oldest-first', createdAfter, nextToken });
    beganAt ??= new Date(context.awsNow() - (context.now() - askedAt));
    nextToken = page.nextToken;
    const times = page.packages.map(({ creationTime }) => creationTime.getTime());
    const position: GroupPosition = {
      filledFrom: group.filledFrom,
      listedUntil: later(group.listedUntil, times),
      complete: true,
      // Only a pass that came through reached the newest package.
      readAt: nextToken ? group.readAt : beganAt,
    };
    await savePage(context, group, page.packages, position);
  } while (nextToken);
  await finishRead(context, group);
}

/** Describes up to 100 packages that were listed and not described. */
export async function describeListed(context: RegionContext, group: GroupState): Promise<void> {
  const open = await listUndescribed(context.catalog, group.id, BATCH + group.refused.size);
  const versions = open.filter((version) => !group.refused.has(version)).slice(0, BATCH);
  if (versions.length > 0) {
    const { described, refused } = await describeVersions(context, group, versions);
    for (const version of refused) group.refused.add(version);
    await write(context, group, [], described);
    if (described.some(({ settled }) => settled)) return;
  }
  // What is left is refused, or still being made by AWS: it is looked at again after a while.
  group.undescribed = open.length > 0;
  group.undescribedFromMs = context.now() + (open.length > group.refused.size ? UNFINISHED_EVERY_MS : REFUSED_EVERY_MS);
  group.refused.clear();
}

/** A group that does not exist (any more) is an empty one. */
async function listOrNothing(context: RegionContext, input: Parameters<typeof listPackagesPage>[1]) {
  try {
    return await listPackagesPage(context.aws, input);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') return { packages: [], nextToken: undefined };
    throw error;
  }
}

/** Describes what is new on a page and writes it with the position; a page is written also when describing fails. */
async function savePage(
  context: RegionContext,
  group: GroupState,
  page: readonly AwsPackageSummary[],
  position: GroupPosition,
): Promise<void> {
  const known = await listKnownVersions(context.catalog, group.id, page);
  const fresh = page.filter(({ version }) => !known.has(version));
  let described: DescribedPackage[] = [];
  let failure: unknown;
  try {
    const versions = fresh.map(({ version }) => version);
    ({ described } = await describeVersions(context, group, versions));
  } catch (error) {
    failure = error;
  }
  const done = new Set(described.map(({ version }) => version));
  const listed = page.filter(({ version }) => !done.has(version));
  if (listed.some(({ version }) => !known.has(version)) || described.some(({ settled }) => !settled)) {
    group.undescribed = true;
  }
  await write(context, group, listed, described, position);
  Object.assign(group, position);
  if (failure) throw failure;
}

async function describeVersions(context: RegionContext, group: GroupState, versions: readonly number[]) {
  const described: DescribedPackage[] = [];
  for (let start = 0; start < versions.length; start += BATCH) {
    const arns = versions
      .slice(start, start + BATCH)
      .map((version) => formatPackageArn({ ...context.scope, group: group.name, version }));
    const { packages } = await batchDescribePackages(context.aws, arns);
    described.push(...packages.map((one) => toDescribed(context, group, one)));
  }
  const answered = new Set(described.map(({ version }) => version));
  return { described, refused: versions.filter((version) => !answered.has(version)) };
}

function toDescribed(context: RegionContext, group: GroupState, one: AwsPackage): DescribedPackage {
  const { version, creationTime, s3Uri } = one;
  const clues = toClues(context.scope, group.name, { version, createdAt: creationTime, s3Uri });
  const young = context.awsNow() - creationTime.getTime() < UNFINISHED_MS;
  return {
    version,
    creationTime,
    packageStatus: one.packageStatus,
    approvalStatus: one.approvalStatus,
    registrationType: one.registrationType,
    kind: kindOf(one.isCheckpoint),
    settled: !(UNFINISHED.has(one.packageStatus) && young),
    s3Uri,
    baseModel: one.baseModel,
    ...findMaker(context.memory, clues),
  };
}

/** Only a training checkpoint says IsCheckpoint; a package that does not is the adapter to deploy (AWS docs). */
const kindOf = (isCheckpoint: boolean | undefined): CheckpointKind => (isCheckpoint ? 'resumable' : 'model');

async function write(
  context: RegionContext,
  group: GroupState,
  listed: readonly AwsPackageSummary[],
  described: readonly DescribedPackage[],
  position?: GroupPosition,
): Promise<void> {
  const { catalog, memory } = context;
  const { added } = await savePackagesPage(catalog, {
    groupId: group.id,
    listed,
    described,
    position,
    asOf: new Date(context.now()),
  });
  memory.counts.packages += added;
  memory.counts.packagesDescribed += described.filter(({ settled }) => settled).length;
  for (const { jobId, evidence, step } of described) {
    if (jobId !== undefined) memory.toRecount.set(jobId, { changed: true });
    if (jobId !== undefined && step === undefined) memory.toCount.add(jobId);
    if (!evidence || evidence === 'time' || step === undefined) group.uninspected = true;
  }
}

/** After a read that reached the newest package: which jobs have all their packages now. */
async function finishRead(context: RegionContext, group: GroupState): Promise<void> {
  const { memory, catalog, scope } = context;
  group.lastReadMs = context.now();
  for (const id of await listJobsToCount(catalog, group.id)) memory.toCount.add(id);
  const done = [...memory.makers.values()].filter((maker) => {
    if (maker.packagesComplete || maker.endedMs === undefined) return false;
    const groups = groupsOf(maker).map((key) => memory.groups.get(key));
    const { endedMs } = maker;
    return (
      groups.length > 0 &&
      groups.includes(group) &&
      groups.every((one) => one?.complete && one.readAt && one.readAt.getTime() >= endedMs + END_SLACK_MS)
    );
  });
  for (const maker of done) maker.packagesComplete = true;
  await markPackagesComplete(
    catalog,
    scope,
    done.map(({ id }) => id),
  );
}

function later(known: Date | undefined, times: readonly number[]): Date | undefined {
  const newest = Math.max(known?.getTime() ?? Number.NEGATIVE_INFINITY, ...times);
  return Number.isFinite(newest) ? new Date(newest) : undefined;
}

function earlier(known: Date | undefined, times: readonly number[]): Date | undefined {
  const oldest = Math.min(known?.getTime() ?? Number.POSITIVE_INFINITY, ...times);
  return Number.isFinite(oldest) ? new Date(oldest) : undefined;
}
