import 'server-only';
import { groupKey } from '@/lib/checkpoints/maker-index';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { batchDescribePackages } from '../aws/model-packages';
import { ensureGroup } from '../catalog/package-groups-store';
import { type DescribedPackage, savePackagesPage } from '../catalog/packages-writes';
import { listMissingInputs } from '../catalog/sync-reads';
import { findMaker, toClues } from './find-maker';
import type { Lane } from './lane';
import { publishJobs, type RegionContext } from './region-context';

const BATCH = 100;

/**
 * Packages that jobs started from and that lie in no group Cairn reads, or are not in it any more: they are asked for by
 * name, once, so that lineage can tell resume from iterate. `settled` tells that jobs and groups are read.
 */
export function createInputLane(context: RegionContext, settled: () => boolean): Lane {
  const { memory, backoff } = context;
  const asked = new Set<string>();
  let busy = false;

  async function run(): Promise<void> {
    memory.inputsChanged = false;
    const missing = (await listMissingInputs(context.catalog, context.scope)).filter(({ group, version }) => {
      const read = memory.groups.get(groupKey(group));
      return !asked.has(`${group}/${version}`) && (!read || read.complete);
    });
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH);
      const { packages } = await batchDescribePackages(
        context.aws,
        batch.map((one) => formatPackageArn({ ...context.scope, ...one })),
      );
      for (const { group, version } of batch) asked.add(`${group}/${version}`);
      for (const one of packages) {
        const group = await ensureGroup(context.catalog, context.scope, one.group);
        const clues = toClues(context.scope, group.name, { ...one, createdAt: one.creationTime });
        const described: DescribedPackage = {
          ...one,
          kind: one.isCheckpoint ? 'resumable' : 'model',
          settled: true,
          ...findMaker(memory, clues),
        };
        const asOf = new Date(context.now());
        await savePackagesPage(context.catalog, { groupId: group.id, listed: [], described: [described], asOf });
      }
      if (packages.length > 0) {
        context.catalog.touch(context.scope.id);
        publishJobs(context, []);
        context.events.publish({ type: 'jobs', region: context.region });
      }
    }
  }

  return {
    async next() {
      if (busy || !memory.inputsChanged || !settled() || !backoff.ready('inputs')) return undefined;
      busy = true;
      return {
        scope: 'input packages',
        key: 'inputs',
        async run() {
          try {
            await run();
          } catch (error) {
            memory.inputsChanged = true;
            throw error;
          } finally {
            busy = false;
          }
        },
      };
    },
    filling: () => busy || (memory.inputsChanged && !backoff.blocked('inputs')),
  };
}
