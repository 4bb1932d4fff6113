import 'server-only';
import type { RegionSync } from '@/lib/contract/health';
import type { JobRef } from '@/lib/contract/jobs';
import type { CallLimit } from '../aws/call-limit';
import type { CallMeter } from '../aws/call-meter';
import type { AwsRegion } from '../aws/clients';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';
import { RegionPoller } from './region-sync';

/** The one poller of a deployment. */
export interface Sync {
  /** Starts the timers. */
  start(): void;
  /** Stops the timers and waits for what is under way. */
  stop(): Promise<void>;
  /** Does what is due now in every region. */
  tick(): Promise<void>;
  /** Ticks until nothing is left to do but what time will bring. Tests and benchmarks use it instead of waiting. */
  runUntilIdle(): Promise<void>;
  /** Fetches one job at once, as after an action, and publishes what changed. Throws AppError `not_found` when AWS has no such job. */
  nudge(region: string, ref: JobRef): Promise<void>;
  /** Whose data of a region is shown; see Deployment. */
  scope(region: string): Promise<Scope>;
  /** State of one region for health and pages. */
  status(region: string): RegionSync;
}

export interface SyncParts {
  settings: Settings;
  catalog: Catalog;
  events: EventBus;
  meter: CallMeter;
  limit: CallLimit;
  background(region: string): AwsRegion;
  interactive(region: string): AwsRegion;
  /** Our clock, epoch milliseconds. */
  now(): number;
}

/** How often the timers look whether something is due; looking costs nothing. */
const LOOK_EVERY_MS = 500;

/** Makes the poller; it does nothing until it is started or ticked. Regions work side by side and never wait for each other. */
export function createSync(parts: SyncParts): Sync {
  const pollers = new Map(
    parts.settings.regions.map((region) => [
      region,
      new RegionPoller({
        ...parts,
        region,
        background: parts.background(region),
        interactive: parts.interactive(region),
      }),
    ]),
  );
  const pollerOf = (region: string) => {
    const poller = pollers.get(region);
    if (!poller) throw new Error(`${region} is not watched`);
    return poller;
  };
  let stopped = false;
  const sleepers = new Set<() => void>();
  const loops: Promise<void>[] = [];

  async function loop(poller: RegionPoller): Promise<void> {
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
      if (loops.length === 0) for (const poller of pollers.values()) loops.push(loop(poller));
    },
    async stop() {
      stopped = true;
      for (const poller of pollers.values()) poller.stop();
      for (const wake of [...sleepers]) wake();
      await Promise.all(loops);
    },
    async tick() {
      await Promise.all([...pollers.values()].map((poller) => poller.tick()));
    },
    async runUntilIdle() {
      for (;;) {
        const done = await Promise.all([...pollers.values()].map((poller) => poller.tick()));
        if (done.every((count) => count === 0)) return;
      }
    },
    nudge: (region, ref) => pollerOf(region).nudge(ref),
    scope: (region) => pollerOf(region).scope(),
    status: (region) => pollerOf(region).status(),
  };
}
