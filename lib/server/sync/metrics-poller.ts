import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { HEADLINE_KEYS } from '@/lib/metrics/curated-keys';
import type { Catalog } from '../catalog/catalog';
import { listIncompleteJobs, type MetricJob } from '../catalog/metrics-store';
import type { Scope } from '../catalog/scopes-store';
import type { EventBus } from '../events/event-bus';
import { log } from '../log';
import { type Asker, COMMON, isOver, type JobMetrics } from '../metrics/job-metrics';

export interface MetricsPollerParts {
  region: string;
  catalog: Catalog;
  events: EventBus;
  metrics: JobMetrics;
  asker: Asker;
  scope(): Promise<Scope>;
  now(): number;
  slowness(): number;
  /** How many finished jobs are worked on before the catalog is asked for more; 500. */
  room?: number;
}

/** A step takes minutes; one look tells of all metrics of a job. */
const LIVE_EVERY_MS = 20_000;
/** A run that MLflow does not have yet, or not any more. */
const MISSING_EVERY_MS = 60_000;
/** What is wrong with one job alone is not mended by asking often. */
const FAILED_FIRST_MS = 30_000;
const FAILED_LONGEST_MS = 3_600_000;
/** What may be all of MLflow's passes at once, and no job is to sleep long behind it. */
const COMMON_LONGEST_MS = 5 * 60_000;
const ROOM = 500;
const TOGETHER = 2;

/**
 * Keeps the metrics of one region in the catalog, apart from the sync of jobs so that a slow MLflow holds up nothing
 * else: live jobs over and over, then the headline metrics of every finished job, newest first, then the rest.
 */
export class MetricsPoller {
  private readonly dueAt = new Map<number, number>();
  private readonly failures = new Map<number, number>();
  /** Work that is known, live jobs and those that are over. */
  private live: MetricJob[] = [];
  private over: MetricJob[] = [];
  /** What the lists were made from. */
  private loaded: string | undefined;
  /** More jobs are over than the list has room for. */
  private cut = false;
  /** When the first of the jobs that were left out, because they wait, is due again. */
  private leftOutUntil = Number.POSITIVE_INFINITY;
  private readonly busy = new Set<number>();
  private stopped = false;
  /** The failure that the log has already. */
  private reported: string | undefined;

  constructor(private readonly parts: MetricsPollerParts) {}

  /** Does what is due now. Gives how many jobs were worked on. */
  async tick(): Promise<number> {
    let scope: Scope;
    try {
      scope = await this.parts.scope();
    } catch {
      // The sync of jobs tells everybody why nobody knows whose region this is.
      return 0;
    }
    let done = 0;
    const worker = async () => {
      while (!this.stopped) {
        const job = await this.take(scope);
        if (!job) return;
        done += 1;
        await this.work(scope, job).finally(() => this.busy.delete(job.id));
      }
    };
    try {
      await Promise.all(Array.from({ length: TOGETHER }, worker));
    } catch (err) {
      log.error({ region: this.parts.region, err }, 'metrics could not be kept');
    }
    return done;
  }

  stop(): void {
    this.stopped = true;
  }

  private async take(scope: Scope): Promise<MetricJob | undefined> {
    await this.load(scope);
    let next = this.findDue();
    // Everybody in the list had a turn or waits: those that the list has no room for are next.
    if (!next && this.mayHoldMore()) {
      this.loaded = undefined;
      await this.load(scope);
      next = this.findDue();
    }
    if (next) this.busy.add(next.id);
    return next;
  }

  private findDue(): MetricJob | undefined {
    const now = this.parts.now();
    const isDue = (job: MetricJob) =>
      !this.busy.has(job.id) &&
      (this.dueAt.get(job.id) ?? 0) <= now &&
      this.parts.metrics.waitOf(job, 'nobody') === undefined;
    const due = this.over.filter(isDue);
    // Of finished jobs everybody gets the headline before anybody the rest.
    return this.live.find(isDue) ?? due.find((job) => !job.run?.settled) ?? due[0];
  }

  private mayHoldMore(): boolean {
    return this.cut || this.parts.now() >= this.leftOutUntil;
  }

  /**
   * The jobs there is work for, the newest first. Those that wait for an MLflow that does not answer, or for their own next
   * try, take no room: however many they are, the others get their turn.
   */
  private async load(scope: Scope): Promise<void> {
    const { catalog, metrics, now, room = ROOM } = this.parts;
    const revision = catalog.revision(scope.id) - metrics.touches(scope.id);
    const resting = metrics.resting();
    const state = [scope.id, revision, ...resting].join(' ');
    if (this.loaded === state) return;
    const nowMs = now();
    const waiting = [...this.dueAt].filter(([, dueMs]) => dueMs > nowMs);
    const wish = { limit: room, exceptResources: resting };
    this.live = await listIncompleteJobs(catalog, scope, { ...wish, live: true, exceptIds: [], exceptResources: [] });
    this.over = await listIncompleteJobs(catalog, scope, {
      ...wish,
      live: false,
      exceptIds: [...waiting.map(([id]) => id), ...this.busy],
    });
    this.cut = this.over.length === room;
    this.leftOutUntil = Math.min(Number.POSITIVE_INFINITY, ...waiting.map(([, dueMs]) => dueMs));
    this.loaded = state;
  }

  private async work(scope: Scope, job: MetricJob): Promise<void> {
    const { metrics, asker, now, slowness } = this.parts;
    const live = !isOver(job);
    try {
      const first = !job.run?.settled;
      const run = live || first ? await metrics.look(scope, job, asker) : job.run;
      job.run = run;
      if (!run?.latest || run.state !== 'ready') {
        this.changed(job);
        this.dueAt.set(job.id, now() + MISSING_EVERY_MS * slowness());
        // It was given up: there is no run, and none will come.
        if (run?.complete) this.forget(job);
        return;
      }
      const kept = metrics.keptKeys(job, run);
      const headline: readonly string[] = HEADLINE_KEYS[job.jobCategory];
      const keys = !live && first ? kept.filter((key) => headline.includes(key)) : kept;
      const wrote = await metrics.readSeries(scope, job, run, keys, asker);
      const complete = await metrics.noteComplete(job, run);
      this.failures.delete(job.id);
      this.reported = undefined;
      if (wrote || complete || first) this.changed(job);
      this.dueAt.set(job.id, live || !run.settled ? now() + LIVE_EVERY_MS * slowness() : 0);
      if (complete) this.forget(job);
    } catch (error) {
      const { region } = this.parts;
      const common = error instanceof AppError && COMMON.has(error.code);
      // Whatever failed, the other jobs go first: one that fails for ever holds up nobody.
      const tries = (this.failures.get(job.id) ?? 0) + 1;
      this.failures.set(job.id, tries);
      const longest = common ? COMMON_LONGEST_MS : FAILED_LONGEST_MS;
      this.dueAt.set(job.id, now() + Math.min(longest, FAILED_FIRST_MS * 2 ** (tries - 1)));
      if (!(error instanceof AppError)) {
        log.error({ region, job: job.jobName, err: error }, 'metrics of a job could not be kept');
      } else if (common) {
        // All jobs of that MLflow may wait together.
        if (this.reported !== error.code) log.warn({ region, code: error.code }, error.message);
        this.reported = error.code;
        this.changed(job);
      } else if (tries === 1) {
        log.warn({ region, job: job.jobName, code: error.code }, `metrics: ${error.message}`);
        this.changed(job);
      }
    }
  }

  /** The list of work is as old as the last change of the catalog's jobs; what this poller writes it knows itself. */
  private forget(job: MetricJob): void {
    const others = ({ id }: MetricJob) => id !== job.id;
    // A job may be over by its status before AWS tells its end: then it stands among the live ones.
    this.live = this.live.filter(others);
    this.over = this.over.filter(others);
    this.dueAt.delete(job.id);
    this.failures.delete(job.id);
  }

  private changed({ jobCategory, jobName }: MetricJob): void {
    this.parts.events.publish({ type: 'metrics', region: this.parts.region, jobCategory, jobName });
  }
}
