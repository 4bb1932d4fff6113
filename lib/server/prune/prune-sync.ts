import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { AwsRegion } from '../aws/clients';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';
import { createPollerLoops, type PollerLoops } from '../sync/poller-loops';
import type { Sync } from '../sync/sync';
import { PrunePoller, type Trouble } from './prune-poller';

/** Carries clean-ups out in the background, in every region. */
export interface PruneSync extends PollerLoops {
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
  const loops = createPollerLoops([...pollers.values()], { lookEveryMs: LOOK_EVERY_MS, eager: true });
  return {
    ...loops,
    trouble: (region) => pollers.get(region)?.trouble(),
    hurry(region) {
      pollers.get(region)?.hurry();
      loops.wake();
    },
  };
}
