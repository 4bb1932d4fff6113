import 'server-only';
import type { CallLimit } from '../aws/call-limit';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { EventBus } from '../events/event-bus';
import type { JobMetrics } from '../metrics/job-metrics';
import type { MlflowClient } from '../mlflow/mlflow-client';
import { MetricsPoller } from './metrics-poller';

/** Reads metrics in the background, in every region. */
export interface MetricsSync {
  start(): void;
  /** Stops the timers and waits for what is under way. */
  stop(): Promise<void>;
  tick(): Promise<void>;
  /** Ticks until nothing is left to do but what time will bring. */
  runUntilIdle(): Promise<void>;
}

export interface MetricsSyncParts {
  regions: readonly string[];
  catalog: Catalog;
  events: EventBus;
  metrics: JobMetrics;
  limit: CallLimit;
  client(region: string): MlflowClient;
  scope(region: string): Promise<Scope>;
  now(): number;
}

/** How often the timers look whether something is due; looking costs nothing. */
const LOOK_EVERY_MS = 1_000;

/** Makes it; nothing happens until it is started or ticked. */
export function createMetricsSync(parts: MetricsSyncParts): MetricsSync {
  const pollers = parts.regions.map(
    (region) =>
      new MetricsPoller({
        ...parts,
        region,
        asker: { client: parts.client(region), waits: 'nobody' },
        scope: () => parts.scope(region),
        slowness: () => parts.limit.slowness(),
      }),
  );
  let stopped = false;
  const sleepers = new Set<() => void>();
  const loops: Promise<void>[] = [];

  async function loop(poller: MetricsPoller): Promise<void> {
    while (!stopped) {
      await poller.tick();
      if (!stopped) await sleep();
    }
  }

  function sleep(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LOOK_EVERY_MS);
      timer.unref();
      sleepers.add(wake);
    });
  }

  return {
    start() {
      if (loops.length === 0) loops.push(...pollers.map(loop));
    },
    async stop() {
      stopped = true;
      for (const poller of pollers) poller.stop();
      for (const wake of [...sleepers]) wake();
      await Promise.all(loops);
    },
    async tick() {
      await Promise.all(pollers.map((poller) => poller.tick()));
    },
    async runUntilIdle() {
      for (;;) {
        const done = await Promise.all(pollers.map((poller) => poller.tick()));
        if (done.every((count) => count === 0)) return;
      }
    },
  };
}
