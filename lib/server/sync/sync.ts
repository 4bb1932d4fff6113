import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { RegionSync } from '@/lib/contract/health';
import type { JobRef } from '@/lib/contract/jobs';
import type { CallLimit } from '../aws/call-limit';
import type { CallMeter } from '../aws/call-meter';
import type { AwsRegion } from '../aws/clients';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';

/** The one poller of a deployment. */
export interface Sync {
  /** Starts the timers. */
  start(): void;
  /** Stops the timers and waits for what is under way. */
  stop(): Promise<void>;
  /** Does what is due now in every region, once. */
  tick(): Promise<void>;
  /** Ticks until nothing is left to fetch but what time will bring. Tests and benchmarks use it instead of waiting. */
  runUntilIdle(): Promise<void>;
  /** Fetches one job at once, as after an action, and publishes what changed. Throws AppError `not_found` when AWS has no such job. */
  nudge(region: string, ref: JobRef): Promise<void>;
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
}

/** Makes the poller; it does nothing until it is started or ticked. */
export function createSync(_parts: SyncParts): Sync {
  throw new AppError('catalog_unavailable', 'The sync is not built yet.');
}
