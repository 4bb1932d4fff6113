import 'server-only';
import type { Health } from '@/lib/contract/health';
import { version } from '@/package.json';
import { isCatalogAlive } from '../catalog/is-catalog-alive';
import type { Deployment } from '../deployment';
import { boundHost } from '../http/bound-host';
import { readOnlyReason } from '../http/read-only';

/** State of a deployment: catalog, account, and how far and how fresh the sync is. Costs no AWS call. */
export async function getHealth(d: Deployment): Promise<Health> {
  const regions = d.settings.regions.map((region) => d.sync.status(region));
  const alive = await isCatalogAlive(d.catalog);
  const successes = regions.flatMap(({ lastSuccessAt }) => (lastSuccessAt ? [Date.parse(lastSuccessAt)] : []));
  // The region that lags most speaks for all: "as of" must never promise more than is true.
  const oldest = successes.length === regions.length ? Math.min(...successes) : undefined;
  const error = regions.flatMap(({ errors }) => errors).at(0);
  const reason = readOnlyReason({ readOnly: d.settings.readOnly, boundHost: boundHost() });
  return {
    status: !alive.ok ? 'unavailable' : error ? 'degraded' : 'ok',
    version,
    mode: d.settings.mode,
    account: await accountOf(d),
    regions: d.settings.regions,
    readOnly: reason ? { reason } : undefined,
    catalog: { kind: d.catalog.kind, ...alive },
    sync: {
      lastSuccessAt: oldest === undefined ? undefined : new Date(oldest).toISOString(),
      lagSeconds: oldest === undefined ? undefined : Math.max(0, (Date.now() - oldest) / 1000),
      error,
      regions,
    },
    awsNow: d.awsNow(d.settings.regions[0] ?? '').toISOString(),
    serverNow: new Date().toISOString(),
  };
}

/** Unknown until AWS, or the catalog from an earlier time, tells it. */
async function accountOf(d: Deployment): Promise<string | undefined> {
  for (const region of d.settings.regions) {
    const scope = await d.scope(region).catch(() => undefined);
    if (scope) return scope.account;
  }
  return undefined;
}
