import 'server-only';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import { blockedBy } from '@/lib/prune/blocked-by';
import { judge } from '@/lib/prune/judge';
import { packageKey } from '@/lib/prune/package-columns';
import type { AwsRegion } from '../aws/clients';
import { type AwsPackageSummary, batchDescribePackages, describePackage } from '../aws/model-packages';
import type { Catalog } from '../catalog/catalog';
import { statusCode } from '../catalog/load-package-columns';
import { markPackageDeleted, setApproval } from '../catalog/package-edits';
import { recountJobs } from '../catalog/packages-writes';
import {
  type DueItem,
  listDueItems,
  moveItems,
  moveRun,
  peekOpenRun,
  type RunToDo,
  settleItem,
  settleLost,
} from '../catalog/prune-runs';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';
import { guardChange } from '../http/read-only';
import { log } from '../log';
import { createBackoff } from '../sync/backoff';
import { isPassing } from '../sync/lane';
import { closeRun } from './close-run';
import { deleteOne } from './delete-one';
import { dependantsOf, explainKept } from './explain-kept';
import { lookForJobs } from './look-for-jobs';
import { readFactsOfJobs } from './prune-facts';

export interface PrunePollerParts {
  region: string;
  settings: Settings;
  catalog: Catalog;
  events: EventBus;
  /** Clients nobody waits for: deletions stand in the same line as the sync, so that the account is not pressed harder. */
  aws: AwsRegion;
  scope(): Promise<Scope>;
  /** Every job of the region is known. */
  filled(): boolean;
  nudge(ref: JobRef): Promise<void>;
  awsNow(): number;
  now(): number;
}

/** Checkpoints deleted behind one look at AWS (two lists and one description). */
const BATCH = 10;
/** A look counts for this long: then AWS is asked again which jobs began. */
const LOOK_MS = 10_000;
const SAME_CREATION_MS = 1000;
const KEY = 'prune';

export interface Trouble {
  code: string;
  message: string;
  hint?: string;
}

/**
 * Deletes what an open clean-up of one region lists, one package after the other. Before each handful AWS is asked which
 * jobs began since and how the packages stand, and every one is judged again by the rules of the run: what has come to be
 * needed stays. One poller a region and process; the lock of the data folder makes it one a catalog.
 */
export class PrunePoller {
  private readonly backoff;
  private problem: Trouble | undefined;
  private ticking: Promise<number> | undefined;
  private stopped = false;
  /** What a dead process left in runs that are over was settled. */
  private settledLost = false;

  constructor(private readonly parts: PrunePollerParts) {
    this.backoff = createBackoff(parts.now);
  }

  /** Works off one handful. Gives how many items were settled. */
  tick(): Promise<number> {
    this.ticking ??= this.tickNow().finally(() => {
      this.ticking = undefined;
    });
    return this.ticking;
  }

  stop(): void {
    this.stopped = true;
  }

  trouble(): Trouble | undefined {
    return this.problem;
  }

  /** A person asked for it: what failed before is tried at once. */
  hurry(): void {
    this.backoff.succeeded(KEY);
    this.problem = undefined;
  }

  private async tickNow(): Promise<number> {
    const { parts } = this;
    let scope: Scope;
    try {
      scope = await parts.scope();
    } catch {
      // The sync of jobs tells everybody why nobody knows whose region this is.
      return 0;
    }
    try {
      if (!this.settledLost) {
        await settleLost(
          parts.catalog,
          scope,
          'Cairn ended before AWS had answered; whether it is deleted is not known.',
        );
        this.settledLost = true;
      }
      const run = await peekOpenRun(parts.catalog, scope);
      if (run?.state !== 'running' || this.stopped || !this.backoff.ready(KEY)) return 0;
      guardChange(parts.settings);
      if (!parts.filled()) {
        this.note({
          code: 'filling',
          message: 'Cairn is still reading this region, or cannot read it now; it goes on when every job is known.',
        });
        return 0;
      }
      const done = await this.work(scope, run);
      this.backoff.succeeded(KEY);
      this.note(undefined);
      return done;
    } catch (error) {
      const failure =
        error instanceof AppError
          ? error
          : new AppError('internal', 'The clean-up failed inside Cairn.', { cause: error });
      if (failure.code === 'internal') log.error({ region: parts.region, err: error }, failure.message);
      this.backoff.failed(KEY, isPassing(failure) ? 'passing' : 'lasting');
      const { code, message, hint } = failure;
      this.note({ code, message, ...(hint && { hint }) });
      return 0;
    }
  }

  private note(trouble: Trouble | undefined): void {
    const changed = this.problem?.message !== trouble?.message;
    this.problem = trouble;
    if (changed) this.publish();
  }

  private publish(): void {
    this.parts.events.publish({ type: 'prune', region: this.parts.region });
  }

  private async work(scope: Scope, run: RunToDo): Promise<number> {
    const { catalog } = this.parts;
    // Nobody else deletes here: what is half done was left by a process or a tick that ended in the middle. Whether AWS took
    // it is not known, and asking again does no harm.
    await moveItems(catalog, run.id, 'deleting', 'waiting');
    const items = await listDueItems(catalog, run.id, BATCH);
    if (items.length === 0) {
      if (await moveRun(catalog, scope, run.id, ['running'], 'done')) await closeRun(catalog, scope, run.id);
      this.publish();
      return 0;
    }
    const gone = new Set<number>();
    let settled = 0;
    try {
      await lookForJobs(this.parts, scope);
      const lookedAt = this.parts.now();
      const free = await this.sort(scope, run, items);
      settled = items.length - free.length;
      for (const item of free) {
        if (this.stopped || this.parts.now() - lookedAt > LOOK_MS) break;
        const { taken, state } = await deleteOne({ aws: this.parts.aws, catalog, scope }, run, item);
        if (!taken) break;
        if (state === 'deleted') gone.add(item.jobId);
        settled += 1;
      }
    } finally {
      await this.tell(scope, [...gone]);
    }
    return settled;
  }

  /**
   * Judges items by what is known this moment; settles what must stay or is gone and gives back the rest. Throws AppError
   * while it is not known what every job started from: then nothing is settled either.
   */
  private async sort(scope: Scope, run: RunToDo, items: readonly DueItem[]): Promise<DueItem[]> {
    const { catalog } = this.parts;
    const jobIds = [...new Set(items.map(({ jobId }) => jobId))];
    const before = await readFactsOfJobs(catalog, scope, { rules: run.rules, jobIds });
    const blocked = blockedBy(before);
    if (blocked) throw new AppError('catalog_unavailable', blocked);
    const described = await this.describe(scope, items);
    const places = placesOf(before, items);
    for (const [at, item] of places) {
      const one = described.get(item);
      if (!one || at === undefined) continue;
      // Approvals are given elsewhere too, and old packages are not listed again.
      if ((one.approvalStatus === 'Approved') !== (before.packages.approved[at] === 1) && one.approvalStatus) {
        await setApproval(catalog, scope, item, one.approvalStatus);
        before.packages.approved[at] = one.approvalStatus === 'Approved' ? 1 : 0;
      }
      before.packages.status[at] = statusCode(one.packageStatus);
    }
    const verdicts = judge(before, run.rules, this.parts.awsNow());
    const dependants = dependantsOf(before);
    const free: DueItem[] = [];
    for (const [at, item] of places) {
      const one = described.get(item);
      const bits = at === undefined ? 0 : (verdicts.why[at] ?? 0);
      if (!one) {
        await markPackageDeleted(catalog, scope, item);
        await settleItem(catalog, run.id, item.position, 'deleted', 'AWS did not have it any more.');
      } else if (Math.abs(one.creationTime.getTime() - item.createdMs) > SAME_CREATION_MS) {
        await this.keep(run, item, 'Its group was made again, and this version is another package now.');
      } else if (at === undefined || before.packages.jobId[at] !== item.jobId) {
        await this.keep(run, item, 'It is not known any more to be of the job it was confirmed for.');
      } else if (bits !== 0) {
        const reasons = explainKept(before, at, bits, run.rules, dependants, one.packageStatus);
        await this.keep(run, item, reasons.map(({ detail }) => detail).join(' '));
      } else free.push(item);
    }
    return free;
  }

  /**
   * Items as AWS describes them this moment; those it does not have any more are left out. What a description of many leaves
   * out is asked for alone: nothing goes that AWS has not described.
   */
  private async describe(scope: Scope, items: readonly DueItem[]): Promise<Map<DueItem, AwsPackageSummary>> {
    const { aws } = this.parts;
    const arnOf = ({ group, version }: DueItem) => formatPackageArn({ ...scope, group, version });
    const keyOf = ({ group, version }: { group: string; version: number }) => `${group.toLowerCase()}/${version}`;
    const { packages } = await batchDescribePackages(aws, items.map(arnOf));
    const byAddress = new Map<string, AwsPackageSummary>(packages.map((one) => [keyOf(one), one]));
    const described = new Map<DueItem, AwsPackageSummary>();
    for (const item of items) {
      const one = byAddress.get(keyOf(item)) ?? (await this.describeAlone(arnOf(item)));
      if (one) described.set(item, one);
    }
    return described;
  }

  private async describeAlone(arn: string): Promise<AwsPackageSummary | undefined> {
    try {
      return await describePackage(this.parts.aws, arn);
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  private keep(run: RunToDo, { position }: DueItem, reason: string): Promise<void> {
    return settleItem(this.parts.catalog, run.id, position, 'kept', reason);
  }

  private async tell(scope: Scope, jobIds: readonly number[]): Promise<void> {
    const { catalog, events, region } = this.parts;
    for (const ref of await recountJobs(catalog, scope.id, jobIds)) {
      events.publish({ type: 'checkpoints', region, ...ref });
    }
    this.publish();
  }
}

/** Each item with its place among the facts; undefined where the catalog does not have it any more. */
function placesOf(
  { packages }: { packages: { count: number; groupId: Int32Array; version: Int32Array } },
  items: readonly DueItem[],
) {
  const places = new Map<number, number>();
  for (let at = 0; at < packages.count; at += 1) {
    places.set(packageKey(packages.groupId[at] ?? 0, packages.version[at] ?? 0), at);
  }
  return items.map((item) => [places.get(packageKey(item.groupId, item.version)), item] as const);
}
