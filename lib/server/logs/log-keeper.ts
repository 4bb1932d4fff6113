import 'server-only';
import type { JobRef } from '../../contract/jobs';
import { listJobsWithoutKeptLog } from '../catalog/kept-logs-store';
import type { Deployment } from '../deployment';
import { log } from '../log';
import { SETTLED_MS } from './job-logs';
import { keepLog } from './keep-log';
import { jobTimesOf, sourceReaderOf } from './log-parts';

/** A finished job's log takes two or three calls, once; one job every few seconds leaves the account's limits alone. */
const PAUSE_MS = 3_000;
/** Nothing to do, or something refused: looked at again after this. */
const REST_MS = 60_000;
/** The first fill of the catalog goes first. */
const WAIT_MS = 15_000;
const MB = 1_000_000;

/** Keeps the logs of finished jobs, one after the other, in the background. */
export class LogKeeper {
  private readonly queue = new Map<string, { region: string; ref: JobRef; source: string }>();
  private readonly refused = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly d: Deployment) {}

  start(): void {
    if (this.d.settings.keptLogMb > 0) this.schedule(WAIT_MS);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Keeps this one next: somebody is reading it, and the next who does shall not cost a call. */
  want(region: string, ref: JobRef, source: string): void {
    if (this.d.settings.keptLogMb === 0 || this.stopped) return;
    const key = JSON.stringify([region, ref.jobCategory, ref.jobName, source]);
    if ((this.refused.get(key) ?? 0) > Date.now() || this.queue.has(key)) return;
    this.queue.set(key, { region, ref, source });
    this.schedule(0);
  }

  /** Keeps one log now. Throws what AWS refuses. */
  async keep(region: string, ref: JobRef, source: string): Promise<number | undefined> {
    const { d } = this;
    const { endedAtMs } = await jobTimesOf(d)(region, ref);
    const awsNowMs = d.awsNow(region).getTime();
    if (endedAtMs === undefined || awsNowMs - endedAtMs < SETTLED_MS) return undefined;
    const scope = await d.scope(region);
    const reader = await sourceReaderOf(d, region, ref, source, 'background');
    const maxBytes = d.settings.keptLogMb * MB;
    return keepLog({ catalog: d.catalog, scope, ref, source, reader, maxBytes, endedAtMs, awsNowMs });
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.running = this.running.then(() => this.once()).then((pause) => this.schedule(pause));
    }, ms);
    this.timer.unref();
  }

  /** One log; gives how long to wait before the next. */
  private async once(): Promise<number> {
    if (this.stopped) return REST_MS;
    const next = this.queue.entries().next().value ?? (await this.findNext().catch(noteFailure));
    if (!next) return REST_MS;
    const [key, { region, ref, source }] = next;
    try {
      const lines = await this.keep(region, ref, source);
      if (lines === undefined) this.refused.set(key, Date.now() + REST_MS);
    } catch (error) {
      this.refused.set(key, Date.now() + 10 * REST_MS);
      log.info({ region, job: ref.jobName, source, err: error }, 'a log could not be kept; it is tried again later');
    }
    this.queue.delete(key);
    return this.queue.size > 0 ? 0 : PAUSE_MS;
  }

  private async findNext() {
    for (const region of this.d.settings.regions) {
      const scope = await this.d.scope(region).catch(() => undefined);
      if (!scope || this.d.sync.status(region).phase !== 'live') continue;
      const before = new Date(this.d.awsNow(region).getTime() - 2 * SETTLED_MS);
      const waiting = await listJobsWithoutKeptLog(this.d.catalog, scope, before, 50 + this.refused.size);
      for (const ref of waiting) {
        const key = JSON.stringify([region, ref.jobCategory, ref.jobName, 'job']);
        if ((this.refused.get(key) ?? 0) < Date.now()) return [key, { region, ref, source: 'job' }] as const;
      }
    }
    return undefined;
  }
}

/** The catalog answers again some day; until then nothing is next. */
function noteFailure(err: unknown): undefined {
  log.error({ err }, 'the catalog could not tell whose log to keep next; it is asked again later');
  return undefined;
}
