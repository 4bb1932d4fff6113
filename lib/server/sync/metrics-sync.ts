import 'server-only';
import type { CallLimit } from '../aws/call-limit';
import type { Catalog } from '../catalog/catalog';
import type { Scope } from '../catalog/scopes-store';
import type { EventBus } from '../events/event-bus';
import type { JobMetrics } from '../metrics/job-metrics';
import type { MlflowClient } from '../mlflow/mlflow-client';
import { MetricsPoller } from './metrics-poller';
import { createPollerLoops, type PollerLoops } from './poller-loops';

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

/** Reads metrics in the background, in every region; nothing happens until it is started or ticked. */
export function createMetricsSync(parts: MetricsSyncParts): PollerLoops {
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
  return createPollerLoops(pollers, { lookEveryMs: LOOK_EVERY_MS });
}
