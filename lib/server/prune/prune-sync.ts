import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { AwsRegion } from '../aws/clients';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';
import type { Sync } from '../sync/sync';
import { PrunePoller, type Trouble } from './prune-poller';

/** Carries clean-ups out in the background, in every region. */
export interface PruneSync {
  start(): void;
  /** Stops the timers and waits for the deletion that is under way. */
  stop(): Promise<void>;
  /** Works off one handful in every region. */
  tick(): Promise<void>;
  /** Ticks until nothing is left to do but what time or a person will bring. */
  runUntilIdle(): Promise<void>;
  /** What holds the region's clean-up up, if anything. */
  trouble(region: string): Trouble | undefined;
  /** Somebody asked for it to go on: it does not wait out a failure of before. */
  hurry(region: string): void;
}

export interface PruneSyncParts {
  settings: Settings;
  catalog: Catalog;
  events: EventBus;
  sync: Sync;
  background(region: string): AwsRegion;
  scope(region: string): Promise<Scope>;
  awsNow(region: string): Date;
  now(): number;
}

/** How often the timers look whether there is anything to do; looking costs one small query. */
const LOOK_EVERY_MS = 1_000;

/** Makes it; nothing happens until it is started or ticked. */
export function createPruneSync(parts: PruneSyncParts): PruneSync {
  const { settings, sync } = parts;
  const pollers = new Map(
    settings.regions.map((region) => [
      region,
      new PrunePoller({
        ...parts,
        region,
        aws: parts.background(region),
        scope: () => parts.scope(region),
        filled: () => sync.status(region).phase === 'live',
        nudge: (ref: JobRef) => sync.nudge(region, { jobCategory: ref.jobCategory, jobName: ref.jobName }),
        awsNow: () => parts.awsNow(region).getTime(),
      }),
    ]),
  );
  let stopped = false;
  const sleepers = new Set<() => void>();
  const loops: Promise<void>[] = [];

  async function loop(poller: PrunePoller): Promise<void> {
    while (!stopped) {
      const done = await poller.tick();
      if (!stopped && done === 0) await sleep();
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

  const wakeAll = () => {
    for (const wake of [...sleepers]) wake();
  };

  return {
    start() {
      if (loops.length === 0) loops.push(...[...pollers.values()].map(loop));
    },
    async stop() {
      stopped = true;
      for (const poller of pollers.values()) poller.stop();
      wakeAll();
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
    trouble: (region) => pollers.get(region)?.trouble(),
    hurry(region) {
      pollers.get(region)?.hurry();
      wakeAll();
    },
  };
}
