import 'server-only';
import { z } from 'zod';
import { AppError } from '@/lib/contract/app-error';
import { addRange, missingRanges, type TimeRange } from '@/lib/story/time-ranges';
import { type CallLimit, createCallLimit } from '../aws/call-limit';
import { lookupEventsPage, type TrailEvent } from '../aws/cloudtrail';
import { listBusyDeletions } from '../catalog/actions-store';
import { findSyncState, saveSyncState } from '../catalog/sync-state-store';
import { saveTrailEvents } from '../catalog/trail-events-store';
import type { Deployment } from '../deployment';

/** CreateJob is an event name of other services as well. */
const SOURCES = new Set(['sagemaker.amazonaws.com', 'bedrock-agentcore.amazonaws.com', 'lambda.amazonaws.com']);
/** Events show up within about 15 min (AWS docs): what is younger than this is asked for again. */
const LAG_MS = 20 * 60_000;
/** However many look: the newest events are asked for once in this time, and a refusal is believed for half of it. */
const FRESH_MS = 60_000;
/** LookupEvents' largest page (AWS docs). */
const PAGE_EVENTS = 50;
/** Of one name in one go; whoever still looks then has it go on. */
const MAX_PAGES = 120;
const MAX_THROTTLES = 5;

// One range as it was written before there could be several.
const rangeSchema = z.object({ fromMs: z.number(), toMs: z.number() });
const coveredSchema = z.array(rangeSchema).or(rangeSchema.transform((range) => [range]));

interface Task {
  name: string;
  wanted: TimeRange[];
  pages: number;
  throttles: number;
  done: Promise<void>;
  settle(error?: unknown): void;
}

/**
 * Reads one region's events by name, page by page and name by name in turn, at CloudTrail's pace. What a page covered is
 * written down at once, so that nothing is read twice: not by the next who looks, and not after a restart.
 */
export class TrailReader {
  /** 2 a second is the account's limit (AWS docs); others may use it too. */
  private readonly limit: CallLimit = createCallLimit(1.8);
  private readonly tasks = new Map<string, Task>();
  private readonly fresh = new Map<string, { at: number; ranges: TimeRange[] }>();
  private refused?: { at: number; error: AppError };
  private deletions?: { at: number; ranges: TimeRange[] };
  private working = false;

  constructor(
    private readonly d: Deployment,
    private readonly region: string,
  ) {}

  /** The stretches of a name that are still to be read, newest first. */
  async missing(name: string, wanted: TimeRange): Promise<TimeRange[]> {
    const own = name === 'DeleteModelPackage' ? await this.ownDeletions() : [];
    return missingRanges([...(await this.covered(name)), ...this.freshOf(name), ...own].reduce(addRange, []), wanted);
  }

  /**
   * When Cairn itself deleted packages by the page: they are in its own ledger, and to read thousands of them again would
   * take minutes of a limit that all share. What somebody else deleted in those minutes is not seen.
   */
  private async ownDeletions(): Promise<TimeRange[]> {
    if (this.deletions && Date.now() - this.deletions.at < FRESH_MS) return this.deletions.ranges;
    const { d, region } = this;
    const skewMs = d.awsNow(region).getTime() - Date.now();
    const busy = await listBusyDeletions(d.catalog, await d.scope(region), PAGE_EVENTS);
    const ranges = busy
      .map(({ fromMs, toMs }) => ({ fromMs: fromMs + skewMs, toMs: toMs + skewMs }))
      .reduce<TimeRange[]>(addRange, []);
    this.deletions = { at: Date.now(), ranges };
    return ranges;
  }

  /** Has a stretch of a name read; resolves when it is, rejects with why not. */
  read(name: string, wanted: TimeRange): Promise<void> {
    if (this.refused && Date.now() - this.refused.at < FRESH_MS / 2) return Promise.reject(this.refused.error);
    const known = this.tasks.get(name);
    const task = known ?? newTask(name);
    task.wanted = addRange(task.wanted, wanted);
    this.tasks.set(name, task);
    if (!this.working) void this.work();
    return task.done;
  }

  private async work(): Promise<void> {
    this.working = true;
    for (let [task] = this.tasks.values(); task; [task] = this.tasks.values()) {
      try {
        const finished = await this.readPage(task);
        this.limit.report('ok');
        // To the end of the line: each name shows its newest events before any shows its oldest.
        this.tasks.delete(task.name);
        if (finished || task.pages >= MAX_PAGES) task.settle();
        else this.tasks.set(task.name, task);
      } catch (error) {
        if (error instanceof AppError && error.code === 'throttled' && task.throttles++ < MAX_THROTTLES) {
          this.limit.report('throttled');
          continue;
        }
        if (error instanceof AppError) this.refused = { at: Date.now(), error };
        // What one name is refused every other is refused as well.
        for (const each of this.tasks.values()) each.settle(error);
        this.tasks.clear();
      }
    }
    this.working = false;
  }

  /** Reads one page of the newest stretch that is missing; true when nothing was. */
  private async readPage(task: Task): Promise<boolean> {
    const { d, region } = this;
    const gaps = (await Promise.all(task.wanted.map((wanted) => this.missing(task.name, wanted)))).flat();
    const gap = gaps.reduce<TimeRange | undefined>(
      (best, one) => (best && best.toMs >= one.toMs ? best : one),
      undefined,
    );
    if (!gap) return true;
    const scope = await d.scope(region);
    let nextToken: string | undefined;
    let reachedMs = gap.toMs;
    // Without an event that is older than the ones known, only the token leads further.
    do {
      await this.limit.take();
      task.pages += 1;
      const answer = await lookupEventsPage(d.aws(region), {
        key: 'EventName',
        value: task.name,
        from: new Date(gap.fromMs),
        to: new Date(gap.toMs),
        nextToken,
      });
      const events = answer.events.filter(({ source }) => SOURCES.has(source));
      await saveTrailEvents(d.catalog, scope, events.map(toStored));
      nextToken = answer.nextToken;
      reachedMs = nextToken ? Math.min(reachedMs, ...answer.events.map(({ at }) => at.getTime())) : gap.fromMs;
    } while (reachedMs >= gap.toMs && nextToken && task.pages < MAX_PAGES);
    await this.keep(task.name, { fromMs: reachedMs, toMs: gap.toMs });
    return false;
  }

  private async keep(name: string, read: TimeRange): Promise<void> {
    const settledMs = this.d.awsNow(this.region).getTime() - LAG_MS;
    const scope = await this.d.scope(this.region);
    const settled = addRange(await this.covered(name), { ...read, toMs: Math.min(read.toMs, settledMs) });
    await saveSyncState(this.d.catalog, scope, keyOf(name), settled);
    if (read.toMs <= settledMs) return;
    const fresh = this.fresh.get(name);
    const ranges = addRange(this.freshOf(name), { ...read, toMs: Number.MAX_SAFE_INTEGER });
    this.fresh.set(name, { at: fresh && this.freshOf(name).length > 0 ? fresh.at : Date.now(), ranges });
  }

  private async covered(name: string): Promise<TimeRange[]> {
    const scope = await this.d.scope(this.region);
    return coveredSchema.safeParse(await findSyncState(this.d.catalog, scope, keyOf(name))).data ?? [];
  }

  private freshOf(name: string): TimeRange[] {
    const fresh = this.fresh.get(name);
    return fresh && Date.now() - fresh.at < FRESH_MS ? fresh.ranges : [];
  }
}

const keyOf = (name: string) => `trail ${name}`;

function newTask(name: string): Task {
  const task = { name, wanted: [], pages: 0, throttles: 0 } as unknown as Task;
  task.done = new Promise((resolve, reject) => {
    task.settle = (error) => (error === undefined ? resolve() : reject(error));
  });
  // Whoever asked may have gone on without waiting for the end.
  task.done.catch(() => undefined);
  return task;
}

function toStored(event: TrailEvent) {
  const { jobName, jobCategory } = event.request;
  return {
    eventId: event.id,
    name: event.name,
    at: event.at,
    ...(jobName !== undefined && { jobName }),
    ...(jobCategory !== undefined && { jobCategory }),
    event,
  };
}
