import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { RegionSync } from '@/lib/contract/health';
import type { JobRef } from '@/lib/contract/jobs';
import type { CallLimit } from '../aws/call-limit';
import type { CallMeter } from '../aws/call-meter';
import type { AwsRegion } from '../aws/clients';
import { getIdentity } from '../aws/identity';
import { describeJob } from '../aws/sagemaker-jobs';
import type { Catalog } from '../catalog/catalog';
import { refreshStatistics } from '../catalog/refresh-statistics';
import { lastScope, rememberScope, type Scope } from '../catalog/scopes-store';
import type { EventBus } from '../events/event-bus';
import { log } from '../log';
import { createAttributeLane } from './attribute-lane';
import { createBackoff } from './backoff';
import { createDescribeLane, type DescribeLane } from './describe-lane';
import { createErrorBook } from './error-book';
import { createInputLane } from './input-lane';
import { createInspectLane, type InspectLane } from './inspect-lane';
import { isPassing, type Lane, type Unit } from './lane';
import { createListLane, type ListLane } from './list-lane';
import { createPackageLanes } from './package-lane';
import { createReconcileLane } from './reconcile-lane';
import type { RegionContext } from './region-context';
import { RegionMemory } from './region-memory';
import { noteDeleted, saveJob } from './save-job';

export interface RegionSyncParts {
  region: string;
  catalog: Catalog;
  events: EventBus;
  meter: CallMeter;
  limit: CallLimit;
  background: AwsRegion;
  interactive: AwsRegion;
  now(): number;
}

/** Pieces of work of one region under way at once; the server-wide limit decides how fast they really go. */
const WORKERS = 6;
/** Whose the credentials are is asked again each hour: a profile may have been pointed at another account. */
const IDENTITY_EVERY_MS = 3_600_000;
/** A person who waits is told the same failure for this long instead of waiting for a new try. */
const IDENTITY_FAILURE_MS = 5_000;
/** An idle worker looks again after this long, so that a slow call of another holds up nothing that came due since. */
const LOOK_AGAIN_MS = 1_000;
/** How often listeners hear that the fill moved on. */
const SYNC_EVENT_EVERY_MS = 1_000;

const CREDENTIALS = new Set(['credentials_missing', 'credentials_expired']);
const IDENTITY = 'credentials';
const CATALOG = 'catalog';

/** Everything that works for one account in one region. */
interface Opened {
  context: RegionContext;
  lists: ListLane;
  describes: DescribeLane;
  inspects: InspectLane;
  lanes: Lane[];
  /** Everything was read once. */
  filled: boolean;
}

/** The poller of one region: finds out whose region it is, then lets its lanes work, the most urgent first. */
export class RegionPoller {
  private opened: Opened | undefined;
  private identity: { dueAt: number; failure?: AppError; failedAt: number } = { dueAt: 0, failedAt: 0 };
  private identifying: Promise<Scope> | undefined;
  private readonly errors;
  private readonly backoff;
  private readonly nudges = new Map<string, Promise<void>>();
  private running = 0;
  private taking: Promise<unknown> = Promise.resolve();
  private readonly sleepers = new Set<() => void>();
  private stopped = false;
  private lastSyncEventMs = 0;

  constructor(private readonly parts: RegionSyncParts) {
    this.errors = createErrorBook(parts.now);
    this.backoff = createBackoff(parts.now);
  }

  /** Does everything that is due, and of the fill everything that does not wait for time. Gives how much was done. */
  async tick(): Promise<number> {
    if (!(await this.identify())) return 0;
    const done = await Promise.all(Array.from({ length: WORKERS }, () => this.work()));
    await this.noteFilled();
    return done.reduce((sum, count) => sum + count, 0);
  }

  stop(): void {
    this.stopped = true;
  }

  /** The account of the credentials; while nobody can say, the account of last time; else why nobody can. */
  async scope(): Promise<Scope> {
    if (this.opened && !this.identity.failure) return this.opened.context.scope;
    const { failure, failedAt } = this.identity;
    const known = this.opened?.context.scope ?? (await lastScope(this.parts.catalog, this.parts.region));
    if (failure && this.parts.now() - failedAt < IDENTITY_FAILURE_MS) {
      if (known) return known;
      throw failure;
    }
    const opening = this.open(this.parts.interactive);
    if (!known) return opening;
    // Nobody waits for AWS to say again what it said last time; a failure is noted and told by the health.
    opening.catch(() => undefined);
    return known;
  }

  async nudge(ref: JobRef): Promise<void> {
    const key = `${ref.jobCategory}/${ref.jobName}`;
    const underWay = this.nudges.get(key);
    if (underWay) return underWay;
    const nudge = this.fetchNow(ref).finally(() => this.nudges.delete(key));
    this.nudges.set(key, nudge);
    return nudge;
  }

  status(): RegionSync {
    const { region } = this.parts;
    const errors = this.errors.list();
    const lastMs = this.opened?.lists.lastSuccessMs();
    const lastSuccessAt = lastMs === undefined ? undefined : new Date(lastMs).toISOString();
    const failing = this.identity.failure !== undefined || (errors.length > 0 && lastMs === undefined);
    const waiting = !this.opened && !failing;
    if (waiting || failing) return { region, phase: failing ? 'failing' : 'waiting', lastSuccessAt, errors };
    if (!this.opened || this.opened.filled) return { region, phase: 'live', lastSuccessAt, errors };
    const { memory } = this.opened.context;
    const groups = [...memory.groups.values()];
    return {
      region,
      phase: 'filling',
      fill: {
        jobsListed: memory.counts.jobs,
        jobsDescribed: memory.counts.described,
        groupsDone: groups.filter(({ complete }) => complete).length,
        groupsTotal: this.opened.describes.filling() ? undefined : groups.length,
        packagesListed: memory.counts.packages,
        packagesDescribed: memory.counts.packagesDescribed,
        packagesToInspect: this.opened.inspects.left(),
      },
      lastSuccessAt,
      errors,
    };
  }

  private async identify(): Promise<boolean> {
    const { now, background } = this.parts;
    if (now() < this.identity.dueAt && this.opened) return !this.identity.failure;
    if (!this.backoff.ready(IDENTITY)) return false;
    try {
      await this.open(background);
      return true;
    } catch {
      return false;
    }
  }

  /** Asks whose the credentials are and makes ready to work for that account. */
  private open(aws: AwsRegion): Promise<Scope> {
    this.identifying ??= this.openNow(aws).finally(() => {
      this.identifying = undefined;
    });
    return this.identifying;
  }

  private async openNow(aws: AwsRegion): Promise<Scope> {
    const { catalog, region, now } = this.parts;
    try {
      const { account, partition } = await getIdentity(aws);
      const scope = await rememberScope(catalog, { account, partition, region });
      if (this.opened?.context.scope.id !== scope.id) this.opened = await this.openScope(scope);
      this.identity = { dueAt: now() + IDENTITY_EVERY_MS, failedAt: 0 };
      this.backoff.succeeded(IDENTITY);
      if (this.errors.clear(IDENTITY)) this.publishSync();
      return scope;
    } catch (error) {
      const failure = toFailure(error);
      this.identity = { dueAt: 0, failure, failedAt: now() };
      this.backoff.failed(IDENTITY);
      if (this.errors.record(IDENTITY, failure)) this.publishSync();
      throw failure;
    }
  }

  private async openScope(scope: Scope): Promise<Opened> {
    const { parts } = this;
    const context: RegionContext = {
      region: parts.region,
      scope,
      catalog: parts.catalog,
      aws: parts.background,
      memory: await RegionMemory.load(parts.catalog, scope),
      errors: this.errors,
      backoff: this.backoff,
      events: parts.events,
      now: parts.now,
      awsNow: () => parts.meter.awsNow(parts.region).getTime(),
      slowness: () => parts.limit.slowness(),
    };
    const lists = await createListLane(context);
    const describes = createDescribeLane(context);
    const packages = createPackageLanes(context);
    const jobsRead = () => !lists.filling() && !describes.filling();
    const groupsRead = () => jobsRead() && !packages.fill.filling();
    const attributes = createAttributeLane(context, jobsRead);
    const inputs = createInputLane(context, groupsRead);
    const inspects = createInspectLane(context, () => groupsRead() && !attributes.filling());
    const reconciles = createReconcileLane(context, packages.late);
    const fill = takeTurns([describes, packages.fill]);
    const lanes = [lists, packages.live, fill, attributes, inputs, inspects, reconciles];
    return { context, lists, describes, inspects, lanes, filled: false };
  }

  private async work(): Promise<number> {
    let done = 0;
    while (!this.stopped) {
      const unit = await this.take();
      if (unit) {
        await this.execute(unit);
        done += 1;
      } else if (this.running > 0) {
        // Others are still at it, and what they find may be more to do.
        await this.somethingEnded();
      } else return done;
    }
    return done;
  }

  /** Waits until a piece of work ends, or for a short while. */
  private somethingEnded(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_AGAIN_MS);
      timer.unref();
      this.sleepers.add(wake);
    });
  }

  /** One at a time, so that two workers never get the same piece. */
  private take(): Promise<Unit | undefined> {
    const taken = this.taking.then(async () => {
      if (this.identity.failure || !this.backoff.ready(CATALOG)) return undefined;
      try {
        for (const lane of this.opened?.lanes ?? []) {
          const unit = await lane.next();
          if (!unit) continue;
          this.running += 1;
          return unit;
        }
        this.settle(CATALOG, CATALOG);
      } catch (error) {
        this.fail(CATALOG, CATALOG, error);
      }
      return undefined;
    });
    this.taking = taken;
    return taken;
  }

  private async execute(unit: Unit): Promise<void> {
    try {
      await unit.run();
      this.settle(unit.scope, unit.key);
    } catch (error) {
      this.fail(unit.scope, unit.key, error);
    } finally {
      this.running -= 1;
      for (const wake of [...this.sleepers]) wake();
      this.publishProgress();
    }
  }

  private settle(scope: string, key: string): void {
    this.backoff.succeeded(key);
    if (this.errors.clear(scope)) this.publishSync();
  }

  private fail(scope: string, key: string, error: unknown): void {
    const failure = toFailure(error);
    this.backoff.failed(key, isPassing(failure) ? 'passing' : 'lasting');
    // Nothing else will work either: whose credentials these are is asked before anything more.
    if (CREDENTIALS.has(failure.code)) this.identity = { dueAt: 0, failure, failedAt: this.parts.now() };
    if (!this.errors.record(scope, failure)) return;
    log.warn({ region: this.parts.region, scope, code: failure.code, err: failure }, failure.message);
    this.publishSync();
  }

  private async fetchNow(ref: JobRef): Promise<void> {
    await this.scope();
    if (!this.opened || this.identity.failure) await this.identifying?.catch(() => undefined);
    const opened = this.opened;
    if (!opened)
      throw this.identity.failure ?? new AppError('aws_unreachable', 'AWS did not say whose region this is.');
    const { context } = opened;
    try {
      const job = await describeJob(this.parts.interactive, ref);
      await saveJob(context, job);
      context.memory.jobsChanged = true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') await noteDeleted(context, ref);
      throw error;
    }
  }

  private async noteFilled(): Promise<void> {
    const { opened } = this;
    if (!opened || opened.filled || opened.lists.lastSuccessMs() === undefined) return;
    if (opened.lanes.some((lane) => lane.filling())) return;
    opened.filled = true;
    this.publishSync();
    await refreshStatistics(this.parts.catalog).catch((err: unknown) => log.warn({ err }, 'no new statistics'));
  }

  private publishProgress(): void {
    if (this.opened?.filled || this.parts.now() - this.lastSyncEventMs < SYNC_EVENT_EVERY_MS) return;
    this.publishSync();
  }

  private publishSync(): void {
    this.lastSyncEventMs = this.parts.now();
    this.parts.events.publish({ type: 'sync', region: this.parts.region });
  }
}

/** Two lanes as one that gives each its turn. */
function takeTurns(lanes: Lane[]): Lane {
  let turn = 0;
  return {
    async next() {
      for (let i = 0; i < lanes.length; i += 1) {
        turn = (turn + 1) % lanes.length;
        const unit = await lanes[turn]?.next();
        if (unit) return unit;
      }
      return undefined;
    },
    filling: () => lanes.some((lane) => lane.filling()),
  };
}

function toFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  log.error({ err: error }, 'sync failed inside Cairn');
  return new AppError('internal', 'The background sync failed inside Cairn.', {
    hint: 'The server log says why; it tries again by itself.',
    cause: error,
  });
}
