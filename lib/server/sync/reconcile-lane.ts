import 'server-only';
import { JOB_CATEGORIES, type JobCategory } from '@/lib/contract/names';
import { listJobNames } from '../catalog/sync-reads';
import { refreshJob } from './describe-lane';
import type { Lane, Unit } from './lane';
import { readPage } from './list-lane';
import type { RegionContext } from './region-context';

/** The whole list is walked again this long after the last walk, one page at a time. */
const EVERY_MS = 10 * 60_000;
/** Two of these a minute and the eight calls of the lists are the ten an idle account may cost. */
const SPACING_MS = 31_000;

interface Walk {
  category: JobCategory;
  seen: Set<string>;
  beganAt?: Date;
  nextToken?: string;
}

/**
 * Work that is in no hurry, one call each half minute: walking the whole list to notice jobs that were deleted (each is
 * asked for once more before it is believed), and `late` reads after a job's end.
 */
export function createReconcileLane(context: RegionContext, late: Lane): Lane {
  let walks: Walk[] = [];
  let missing: { jobCategory: JobCategory; jobName: string }[] = [];
  let dueAt = context.now() + EVERY_MS;
  let freeAt = 0;
  let busy = false;

  async function walkOn(walk: Walk): Promise<void> {
    const { nextToken } = walk;
    // A walk that breaks off begins again in its time: its token may be what AWS does not take any more.
    walks = walks.filter((one) => one !== walk);
    const { page, beganAt } = await readPage(context, { category: walk.category, nextToken });
    walk.beganAt ??= beganAt;
    for (const { jobName } of page.jobs) walk.seen.add(jobName);
    walk.nextToken = page.nextToken;
    if (page.nextToken) {
      walks.unshift(walk);
      return;
    }
    const known = await listJobNames(context.catalog, context.scope, walk.category, walk.beganAt);
    for (const jobName of known) {
      if (!walk.seen.has(jobName)) missing.push({ jobCategory: walk.category, jobName });
    }
  }

  function toUnit(key: string, run: () => Promise<void>): Unit {
    busy = true;
    freeAt = context.now() + SPACING_MS;
    return {
      scope: 'reconciliation',
      key,
      async run() {
        try {
          await run();
        } finally {
          busy = false;
        }
      },
    };
  }

  return {
    async next() {
      if (busy || context.now() < freeAt || !context.backoff.ready('reconcile')) return undefined;
      const read = await late.next();
      if (read) {
        freeAt = context.now() + SPACING_MS;
        return read;
      }
      const [gone] = missing;
      if (gone) {
        // Out of the queue first, and waiting under its own name: one that cannot be asked for holds up no other, and
        // the next walk misses it again.
        missing = missing.slice(1);
        return toUnit(
          `reconcile ${gone.jobCategory}/${gone.jobName}`,
          async () => void (await refreshJob(context, gone)),
        );
      }
      if (walks.length === 0 && context.now() >= dueAt) {
        walks = JOB_CATEGORIES.map((category) => ({ category, seen: new Set<string>() }));
        dueAt = context.now() + EVERY_MS;
      }
      const [walk] = walks;
      return walk && toUnit('reconcile', () => walkOn(walk));
    },
    filling: () => false,
  };
}
