import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { JOB_CATEGORIES, type JobCategory } from '@/lib/contract/names';
import { listJobsPage } from '../aws/sagemaker-jobs';
import { saveSummaries } from '../catalog/jobs-writes';
import { listMakers } from '../catalog/sync-reads';
import { findSyncState, saveSyncState } from '../catalog/sync-state-store';
import { isPassing, type Lane, type Unit } from './lane';
import { publishJobs, type RegionContext } from './region-context';

/**
 * 16 s: four rounds of two categories in any minute are 8 calls, which leaves 2 of the 10 that an idle account may cost
 * for everything else.
 */
const EVERY_MS = 16_000;
/** Lists may show a change a little after it happened (assumption). */
const OVERLAP_MS = 2 * 60_000;

const storedSchema = z.object({ seen: z.iso.datetime() });

interface CategoryState {
  category: JobCategory;
  /** AWS's clock at the beginning of the last whole pass; absent until the first one is through. */
  seen?: Date;
  /** The last `seen` that was written down. */
  storedMs: number;
  /** A first pass that is under way. */
  firstPass?: { beganAt: Date; nextToken: string };
  dueAt: number;
  lastSuccessMs?: number;
  busy: boolean;
}

export interface ListLane extends Lane {
  /** When the category that lags most was last read, epoch milliseconds of our clock. */
  lastSuccessMs(): number | undefined;
}

/** Keeps the list of jobs: whole and newest first the first time, then what was modified since. */
export async function createListLane(context: RegionContext): Promise<ListLane> {
  const categories: CategoryState[] = [];
  for (const category of JOB_CATEGORIES) {
    const stored = storedSchema.safeParse(await findSyncState(context.catalog, context.scope, stateKey(category)));
    const seen = stored.success ? new Date(stored.data.seen) : undefined;
    categories.push({ category, seen, storedMs: seen?.getTime() ?? 0, dueAt: 0, busy: false });
  }
  return {
    async next() {
      const due = categories.find(
        (one) => !one.busy && one.dueAt <= context.now() && context.backoff.ready(stateKey(one.category)),
      );
      return due && toUnit(context, due);
    },
    filling: () => categories.some(({ category, seen }) => !seen && !context.backoff.blocked(stateKey(category))),
    lastSuccessMs() {
      const times = categories.map((one) => one.lastSuccessMs);
      return times.every((time) => time !== undefined) ? Math.min(...times) : undefined;
    },
  };
}

const stateKey = (category: JobCategory) => `list ${category}`;

function toUnit(context: RegionContext, state: CategoryState): Unit {
  state.busy = true;
  return {
    scope: state.category,
    key: stateKey(state.category),
    async run() {
      try {
        await (state.seen ? readChanges(context, state, state.seen) : readFirst(context, state));
      } finally {
        state.busy = false;
      }
    },
  };
}

/** One page of the first pass; the next one is due at once. A pass that was refused begins again. */
async function readFirst(context: RegionContext, state: CategoryState): Promise<void> {
  const { firstPass, category } = state;
  const { page, beganAt } = await readPage(context, { category, nextToken: firstPass?.nextToken }).catch((error) => {
    // A token that AWS does not take any more must not be tried for ever; a busy AWS says nothing against it.
    if (!(error instanceof AppError && isPassing(error))) state.firstPass = undefined;
    throw error;
  });
  state.lastSuccessMs = context.now();
  const passBeganAt = firstPass?.beganAt ?? beganAt;
  state.firstPass = page.nextToken ? { beganAt: passBeganAt, nextToken: page.nextToken } : undefined;
  if (!page.nextToken) await finishPass(context, state, passBeganAt);
}

async function readChanges(context: RegionContext, state: CategoryState, seen: Date): Promise<void> {
  const lastModifiedAfter = new Date(seen.getTime() - OVERLAP_MS);
  let passBeganAt: Date | undefined;
  let nextToken: string | undefined;
  do {
    const { page, beganAt } = await readPage(context, { category: state.category, lastModifiedAfter, nextToken });
    passBeganAt ??= beganAt;
    nextToken = page.nextToken;
  } while (nextToken);
  state.lastSuccessMs = context.now();
  await finishPass(context, state, passBeganAt);
}

async function finishPass(context: RegionContext, state: CategoryState, beganAt: Date): Promise<void> {
  state.seen = beganAt;
  state.dueAt = context.now() + EVERY_MS * context.slowness();
  // Written rarely: after a crash a few minutes more are asked for, which costs nothing.
  if (Math.abs(beganAt.getTime() - state.storedMs) < OVERLAP_MS) return;
  state.storedMs = beganAt.getTime();
  await saveSyncState(context.catalog, context.scope, stateKey(state.category), { seen: beganAt.toISOString() });
}

/** Reads and writes one page. `beganAt` is AWS's clock when the page was asked for, by the Date header of its answer. */
export async function readPage(
  context: RegionContext,
  input: { category: JobCategory; lastModifiedAfter?: Date; nextToken?: string },
) {
  const askedAt = context.now();
  const page = await listJobsPage(context.aws, input);
  const now = context.now();
  const beganAt = new Date(context.awsNow() - (now - askedAt));
  const { catalog, scope, memory } = context;
  const { changed, added, replaced } = await saveSummaries(catalog, scope, page.jobs, new Date(now));
  if (replaced) await memory.reload();
  else memory.counts.jobs += added;
  if (changed.length > 0) {
    const names = changed.map(({ jobName }) => jobName);
    for (const maker of await listMakers(catalog, scope, names)) await memory.putMaker(maker);
    memory.jobsChanged = true;
    publishJobs(context, changed);
  }
  return { page, beganAt };
}
