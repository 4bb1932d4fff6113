import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { createCallLimit } from './aws/call-limit';
import { type CallMeter, createCallMeter } from './aws/call-meter';
import { type AwsRegion, createAwsRegion, type Flavour } from './aws/clients';
import type { Catalog } from './catalog/catalog';
import { openCatalog } from './catalog/open-catalog';
import type { Scope } from './catalog/scopes-store';
import { type EventDataStore, readSettings, type Settings } from './env';
import { createEventBus, type EventBus } from './events/event-bus';
import { log, setLogLevel } from './log';
import { LogKeeper } from './logs/log-keeper';
import { JobMetrics } from './metrics/job-metrics';
import { createMlflowClient, type MlflowClient, type WayMemory } from './mlflow/mlflow-client';
import { MlflowSessions } from './mlflow/sessions';
import { Slots } from './mlflow/slots';
import { createPruneSync, type PruneSync } from './prune/prune-sync';
import { createMetricsSync } from './sync/metrics-sync';
import type { PollerLoops } from './sync/poller-loops';
import { createSync, type Sync } from './sync/sync';

/**
 * The composition root: everything the use cases work with, made once per process. Use cases take it as their first
 * argument; pages and routes get it from `deployment()`, tests make their own with `createDeployment`.
 */
export interface Deployment {
  settings: Settings;
  catalog: Catalog;
  events: EventBus;
  sync: Sync;
  meter: CallMeter;
  /** Reads metrics from MLflow into the catalog. */
  metrics: JobMetrics;
  metricsSync: PollerLoops;
  /** Deletes what clean-ups list. */
  prune: PruneSync;
  /** MLflow for somebody who waits. */
  mlflow(region: string): MlflowClient;
  /** Clients for somebody who waits: 3 attempts. Throws AppError `bad_request` for a region that is not watched. */
  aws(region: string): AwsRegion;
  /** Clients for what nobody waits for: behind the limit of the whole background. */
  backgroundAws(region: string): AwsRegion;
  /** Keeps the logs of finished jobs. */
  logKeeper: LogKeeper;
  /** Clients for somebody who waits, of the region of an event data store, which need not be a watched one. */
  lakeAws(store: EventDataStore): AwsRegion;
  /** The time at AWS now, by the Date header of its last answer. */
  awsNow(region: string): Date;
  /**
   * Whose data of that region is shown: the account of the credentials, or while nobody can say, the one of last time.
   * Throws AppError `bad_request` for a region that is not watched, and why the account is unknown when it never was.
   */
  scope(region: string): Promise<Scope>;
  close(): Promise<void>;
}

/** A person waits for a page; the background waits as long as the SDK does. */
const MLFLOW_TIMEOUT_MS = { person: 8_000, nobody: 20_000 };
/** One comparison may want hundreds of series: MLflow gets this many calls of all who wait at once. */
const MLFLOW_AT_ONCE = 8;

/** Throws AppError `bad_request` when the region is not one of CAIRN_REGIONS. */
export function requireRegion(settings: Settings, region: string): void {
  if (settings.regions.includes(region)) return;
  throw new AppError('bad_request', `Cairn does not watch the region ${region.slice(0, 40)}.`, {
    hint: `It watches ${settings.regions.join(', ')}. Add a region to CAIRN_REGIONS and start Cairn again.`,
    field: 'region',
  });
}

/**
 * Makes a deployment: opens and migrates the catalog. The sync does nothing until `sync.start()`. `now` is our clock in
 * epoch milliseconds; tests of the sync move it by hand.
 */
export async function createDeployment(settings: Settings, now: () => number = Date.now): Promise<Deployment> {
  setLogLevel(settings.logLevel);
  const meter = createCallMeter(now);
  const limit = createCallLimit(settings.syncCallsPerSecond);
  const clients = new Map<string, AwsRegion>();
  const clientsIn = (region: string, flavour: Flavour) => {
    const key = `${flavour} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    const made = createAwsRegion({ settings, region, flavour, meter, ...(flavour === 'background' && { limit }) });
    clients.set(key, made);
    return made;
  };
  const clientsOf = (region: string, flavour: Flavour) => {
    requireRegion(settings, region);
    return clientsIn(region, flavour);
  };
  const catalog = await openCatalog(settings);
  const events = createEventBus();
  const sync = createSync({
    settings,
    catalog,
    events,
    meter,
    limit,
    now,
    background: (region) => clientsOf(region, 'background'),
    interactive: (region) => clientsOf(region, 'interactive'),
  });
  const scope = async (region: string) => {
    requireRegion(settings, region);
    return sync.scope(region);
  };
  const metrics = new JobMetrics({
    settings,
    catalog,
    events,
    now,
    awsNow: (region) => meter.awsNow(region).getTime(),
  });
  // MLflow is another server than the job API and slows down by itself.
  const mlflowLimit = createCallLimit(settings.mlflowCallsPerSecond);
  const mlflowParts = { settings, meter, now, sessions: new MlflowSessions(now), ways: new Map<string, WayMemory>() };
  const slots = new Slots(MLFLOW_AT_ONCE);
  const mlflow = (region: string) =>
    createMlflowClient({
      ...mlflowParts,
      aws: clientsOf(region, 'interactive'),
      slots,
      timeoutMs: MLFLOW_TIMEOUT_MS.person,
    });
  const metricsSync = createMetricsSync({
    regions: settings.regions,
    catalog,
    events,
    metrics,
    limit: mlflowLimit,
    client: (region) =>
      createMlflowClient({
        ...mlflowParts,
        aws: clientsOf(region, 'background'),
        limit: mlflowLimit,
        timeoutMs: MLFLOW_TIMEOUT_MS.nobody,
      }),
    scope,
    now,
  });
  const prune = createPruneSync({
    settings,
    catalog,
    events,
    sync,
    background: (region) => clientsOf(region, 'background'),
    scope,
    awsNow: (region) => meter.awsNow(region),
    now,
  });
  const made: Omit<Deployment, 'logKeeper'> = {
    settings,
    catalog,
    events,
    sync,
    prune,
    meter,
    metrics,
    metricsSync,
    mlflow,
    aws: (region) => clientsOf(region, 'interactive'),
    backgroundAws: (region) => clientsOf(region, 'background'),
    lakeAws: (store) => clientsIn(store.region, 'interactive'),
    awsNow: (region) => meter.awsNow(region),
    scope,
    async close() {
      await Promise.all([sync.stop(), metricsSync.stop(), prune.stop(), logKeeper.stop()]);
      events.close();
      for (const client of clients.values()) client.destroy();
      await catalog.close();
    },
  };
  const whole: Deployment = Object.assign(made, { logKeeper: undefined as never });
  const logKeeper = new LogKeeper(whole);
  return Object.assign(whole, { logKeeper });
}

interface ProcessState {
  opening?: Promise<Deployment>;
}

// Next bundles routes, pages and instrumentation apart from each other; only globalThis is common to them.
const KEY = Symbol.for('cairn.deployment');
// Called by the program that opened the port (scripts/lib/serve.mjs) when it is asked to end.
const CLOSE = Symbol.for('cairn.close');
const shared = globalThis as { [KEY]?: ProcessState; [CLOSE]?: () => Promise<void> };
shared[KEY] ??= {};
const state = shared[KEY];

/**
 * Opens the deployment of this process and starts its sync. Called once, from instrumentation.ts. Never throws: a failure
 * is kept, `deployment()` throws it, health reports it and pages explain it.
 */
export async function openDeployment(): Promise<void> {
  state.opening ??= open();
  await state.opening.catch(() => undefined);
}

async function open(): Promise<Deployment> {
  try {
    const opened = await createDeployment(readSettings());
    shared[CLOSE] = () => opened.close();
    opened.sync.start();
    opened.metricsSync.start();
    opened.prune.start();
    opened.logKeeper.start();
    log.info({ regions: opened.settings.regions, mode: opened.settings.mode }, 'catalog open, sync started');
    return opened;
  } catch (error) {
    const failure =
      error instanceof AppError
        ? error
        : new AppError('catalog_unavailable', 'The catalog could not be opened.', {
            hint: 'The server log says why. Cairn tries again when it is started again.',
            cause: error,
          });
    log.error({ code: failure.code, err: failure, hint: failure.hint }, failure.message);
    throw failure;
  }
}

/** The deployment of this process. Throws the AppError that kept it from opening. */
export async function deployment(): Promise<Deployment> {
  if (!state.opening) {
    throw new AppError('catalog_unavailable', 'The catalog was not opened when the server started.', {
      hint: 'Start Cairn with npm start, npm run dev or npm run demo.',
    });
  }
  return state.opening;
}
