import type { CatalogEvent } from '../contract/events';
import { queryKeys } from './query-keys';

/** The whole tree: the branch that every key starts with. */
const EVERYTHING: readonly unknown[] = [];

/** The branches of the query tree that an event makes old. After `hello` that is everything: there is no history to catch up with. */
export function branchesOf(event: CatalogEvent): (readonly unknown[])[] {
  switch (event.type) {
    case 'hello':
      return [EVERYTHING];
    case 'job':
    case 'checkpoints':
      return [
        queryKeys.job(event.region, event),
        queryKeys.jobLists(event.region),
        queryKeys.lineage(event.region),
        queryKeys.prune(event.region),
      ];
    case 'jobs':
      return [queryKeys.jobLists(event.region), queryKeys.lineage(event.region), queryKeys.prune(event.region)];
    case 'metrics':
      return [
        queryKeys.metrics(event.region, event),
        queryKeys.jobLists(event.region),
        queryKeys.compares(event.region),
      ];
    case 'marks':
      return [queryKeys.checkpoint(event.region, event.group, event.version), queryKeys.lineage(event.region)];
    case 'prune':
      return [queryKeys.pruneRuns(event.region)];
    case 'sync':
      // While a region is being read nothing may be pruned: the end of that is told by this event alone.
      return [queryKeys.health, queryKeys.prune(event.region)];
  }
}
