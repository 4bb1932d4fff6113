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
import { createPollerLoops, type PollerLoops } from './poller-loops';
import { RegionPoller } from './region-sync';

/** The one poller of a deployment. */
export interface Sync extends PollerLoops {
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
  return {
    ...createPollerLoops([...pollers.values()], { lookEveryMs: LOOK_EVERY_MS }),
    nudge: (region, ref) => pollerOf(region).nudge(ref),
    scope: (region) => pollerOf(region).scope(),
    status: (region) => pollerOf(region).status(),
  };
}
