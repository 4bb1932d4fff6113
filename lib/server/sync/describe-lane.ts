import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { JobCategory } from '@/lib/contract/names';
import { describeJob } from '../aws/sagemaker-jobs';
import { listLiveJobs, listToDescribe } from '../catalog/sync-reads';
import type { Lane, Unit } from './lane';
import type { RegionContext } from './region-context';
import { noteDeleted, type SavedJob, saveJob } from './save-job';

/** Live jobs: a step takes minutes, so 10 s shows it at once for what it costs. */
const LIVE_EVERY_MS = 10_000;
/** A job that says nothing new for an hour, or for a day, is asked less often: it may be one AWS forgot. */
const QUIET = [
  { afterMs: 24 * 3_600_000, everyMs: 10 * 60_000 },
  { afterMs: 3_600_000, everyMs: 60_000 },
];
const LOADED_AT_ONCE = 200;
const TOGETHER = 4;
/** Failures that may hit every job alike: then one wait for all instead of one for each. */
const COMMON = new Set(['access_denied', 'credentials_missing', 'credentials_expired', 'region_unsupported']);
/** After so many of them in a row they are taken to. Fewer may be a policy that shuts single jobs, by tag or by name. */
const COMMON_IN_A_ROW = 5;

const keyOf = ({ jobCategory, jobName }: JobRef) => `${jobCategory}/${jobName}`;

interface LiveJob {
  ref: JobRef;
  dueAt: number;
  /** When it last said something new. */
  newsAt: number;
}

export interface DescribeLane extends Lane {
  /** Whether any job may still change. */
  hasLive(): boolean;
}

/** Describes jobs: live ones over and over, and those never described or changed since, newest first. */
export function createDescribeLane(context: RegionContext): DescribeLane {
  const { memory, backoff } = context;
  const busy = new Set<string>();
  const live = new Map<string, LiveJob>();
  let queue: JobRef[] = [];
  /** Nothing is left to describe but what waits after a failure. */
  let exhausted = false;
  /** Jobs whose description failed. */
  const waitingAgain = new Map<string, JobRef>();
  /** How many jobs of a category failed in the common way since one did not. */
  const commonInARow = new Map<JobCategory, number>();

  async function refreshLive(): Promise<void> {
    memory.jobsChanged = false;
    exhausted = false;
    queue = [];
    const refs = await listLiveJobs(context.catalog, context.scope);
    const keys = new Set(refs.map(keyOf));
    for (const key of live.keys()) if (!keys.has(key)) live.delete(key);
    for (const ref of refs) {
      if (!live.has(keyOf(ref))) live.set(keyOf(ref), { ref, dueAt: 0, newsAt: context.now() });
    }
  }

  const free = (ref: JobRef) =>
    !busy.has(keyOf(ref)) &&
    backoff.ready(`describe ${keyOf(ref)}`) &&
    backoff.ready(`describe every ${ref.jobCategory}`);

  function findLive(): JobRef | undefined {
    let found: LiveJob | undefined;
    for (const one of live.values()) {
      if (one.dueAt <= context.now() && free(one.ref) && (!found || one.dueAt < found.dueAt)) found = one;
    }
    return found?.ref;
  }

  async function findQueued(): Promise<JobRef | undefined> {
    if (queue.length === 0 && !exhausted) {
      const refs = await listToDescribe(context.catalog, context.scope, LOADED_AT_ONCE);
      queue = refs.filter((ref) => free(ref) && !live.has(keyOf(ref)));
      exhausted = queue.length === 0;
    }
    while (queue.length > 0) {
      const ref = queue.shift();
      if (ref && free(ref)) return ref;
    }
    return undefined;
  }

  function toUnit(ref: JobRef): Unit {
    const key = keyOf(ref);
    busy.add(key);
    return {
      scope: `${ref.jobCategory} descriptions`,
      key: `describe ${key}`,
      async run() {
        try {
          const { changed, live: stillLive } = await refreshJob(context, ref);
          const now = context.now();
          const newsAt = changed ? now : (live.get(key)?.newsAt ?? now);
          const everyMs = QUIET.find(({ afterMs }) => now - newsAt >= afterMs)?.everyMs ?? LIVE_EVERY_MS;
          if (stillLive) live.set(key, { ref, newsAt, dueAt: now + everyMs * context.slowness() });
          else live.delete(key);
          waitingAgain.delete(key);
          commonInARow.delete(ref.jobCategory);
          backoff.succeeded(`describe every ${ref.jobCategory}`);
        } catch (error) {
          if (error instanceof AppError && COMMON.has(error.code)) noteCommon(ref.jobCategory);
          // It is looked for again when its wait is over, with the next change or round.
          waitingAgain.set(key, ref);
          throw error;
        } finally {
          busy.delete(key);
        }
      },
    };
  }

  function noteCommon(category: JobCategory): void {
    const inARow = (commonInARow.get(category) ?? 0) + 1;
    commonInARow.set(category, inARow);
    if (inARow >= COMMON_IN_A_ROW) backoff.failed(`describe every ${category}`);
  }

  return {
    async next() {
      if (busy.size >= TOGETHER) return undefined;
      if (memory.jobsChanged) await refreshLive();
      if (exhausted) {
        const ready = [...waitingAgain].filter(([, ref]) => free(ref));
        // The others' waits go on: forgotten here, they would be asked for only when something else changes.
        for (const [key] of ready) waitingAgain.delete(key);
        exhausted = ready.length === 0;
      }
      const ref = findLive() ?? (await findQueued());
      return ref && toUnit(ref);
    },
    filling: () =>
      memory.jobsChanged ||
      queue.length > 0 ||
      !exhausted ||
      busy.size > 0 ||
      [...waitingAgain.keys()].some((key) => !backoff.blocked(`describe ${key}`)),
    hasLive: () => live.size > 0,
  };
}

/** Asks for one job and writes the answer. A job that AWS does not have any more is remembered as deleted. */
export async function refreshJob(context: RegionContext, ref: JobRef): Promise<SavedJob> {
  try {
    return await saveJob(context, await describeJob(context.aws, ref));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    await noteDeleted(context, ref);
    return { changed: true, live: false };
  }
}
