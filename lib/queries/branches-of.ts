import type { CatalogEvent } from '../contract/events';
import { queryKeys } from './query-keys';

/** The branches of the query tree that an event makes old. */
export function branchesOf(event: CatalogEvent): (readonly unknown[])[] {
  switch (event.type) {
    case 'hello':
      return [];
    case 'job':
    case 'checkpoints':
      return [queryKeys.job(event.region, event), queryKeys.jobLists(event.region)];
    case 'jobs':
      return [queryKeys.jobLists(event.region)];
    case 'sync':
      return [queryKeys.health];
  }
}
