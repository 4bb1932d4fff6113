import 'server-only';
import type { JobRef } from '@/lib/contract/jobs';
import type { AwsRegion } from '../aws/clients';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { EventBus } from '../events/event-bus';
import type { Backoff } from './backoff';
import type { ErrorBook } from './error-book';
import type { RegionMemory } from './region-memory';

/** What every lane of a region works with. */
export interface RegionContext {
  region: string;
  scope: Scope;
  catalog: Catalog;
  /** Clients nobody waits for. */
  aws: AwsRegion;
  memory: RegionMemory;
  errors: ErrorBook;
  backoff: Backoff;
  events: EventBus;
  /** Our clock, epoch milliseconds. */
  now(): number;
  /** The clock of AWS, epoch milliseconds. */
  awsNow(): number;
  /** How many times longer than usual to wait between polls: 1, or more after AWS asked to slow down. */
  slowness(): number;
}

/** Tells listeners of jobs that changed. */
export function publishJobs({ events, region }: RegionContext, refs: readonly JobRef[]): void {
  for (const { jobCategory, jobName } of refs) events.publish({ type: 'job', region, jobCategory, jobName });
  if (refs.length > 0) events.publish({ type: 'jobs', region });
}

/** Tells listeners of jobs whose checkpoints changed. */
export function publishCheckpoints({ events, region }: RegionContext, refs: readonly JobRef[]): void {
  for (const { jobCategory, jobName } of refs) events.publish({ type: 'checkpoints', region, jobCategory, jobName });
}
