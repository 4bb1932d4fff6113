import 'server-only';
import { AppError } from '@/lib/contract/app-error';
import { jobStatusFacts } from '@/lib/jobs/status';
import { curatedKeys, HEADLINE_KEYS } from '@/lib/metrics/curated-keys';
import { parseMlflowArn } from '@/lib/metrics/mlflow-arn';
import { toRewardSummary } from '@/lib/metrics/to-reward-summary';
import { appendTail, type RawPoint, type SeriesColumns, toSeries } from '@/lib/metrics/to-series';
import type { Catalog } from '../catalog/catalog';
import {
  listSeries,
  listSeriesStates,
  type MetricJob,
  runsOfOthers,
  type SeriesState,
  type StoredRun,
  saveReward,
  saveRun,
  saveSeries,
} from '../catalog/metrics-store';
import type { Scope } from '../catalog/scopes-store';
import type { Settings } from '../env';
import type { EventBus } from '../events/event-bus';
import { getHistory, getTail } from '../mlflow/history';
import type { MlflowClient } from '../mlflow/mlflow-client';
import type { MlflowTarget } from '../mlflow/mlflow-errors';
import { type AmbiguousRuns, type FoundRun, findRun, getRun } from '../mlflow/runs';
import { ambiguous, NO_RUN, NOT_BEGUN, NOT_CONFIGURED, stateOf } from './source-of';
import { Troubles } from './troubles';

/** MLflow may get the last points some time after the job has ended; a run that was never closed is not waited for longer. */
const SETTLE_AFTER_MS = 10 * 60_000;
/** A run that is missing that long after the end of its job will not come. */
const GIVE_UP_AFTER_MS = 24 * 3_600_000;

/** Who asks, and how: a person who waits, or the background behind its limit. */
export interface Asker {
  client: MlflowClient;
  waits: 'person' | 'nobody';
}

export interface JobMetricsParts {
  settings: Settings;
  catalog: Catalog;
  events: EventBus;
  /** Our clock and AWS's, epoch milliseconds. */
  now(): number;
  awsNow(region: string): number;
}

/**
 * Reads metrics of jobs from MLflow into the catalog. What is under way is shared: a run and a series are never asked
 * for twice at once, and what has settled is never asked for again.
 */
export class JobMetrics {
  private readonly troubles: Troubles;
  private readonly looks = new Map<number, Promise<StoredRun>>();
  private readonly reads = new Map<string, Promise<boolean>>();
  /** By resource, the jobs whose runs failed since it last answered. */
  private readonly failing = new Map<string, Set<number>>();
  private readonly touched = new Map<number, number>();

  constructor(private readonly parts: JobMetricsParts) {
    this.troubles = new Troubles(parts.now);
  }

  /** Which MLflow a job logs to; undefined when it names none and there is no own one. */
  targetOf(job: MetricJob): MlflowTarget | undefined {
    return this.parts.settings.mlflow.own ? 'own' : parseMlflowArn(job.mlflow?.resourceArn);
  }

  /** Why the MLflow of a job is not to be asked just now: it failed a moment ago. */
  waitOf(job: MetricJob, waits: Asker['waits']): AppError | undefined {
    const target = this.targetOf(job);
    return target && this.troubleOf(target, job, waits);
  }

  /** The ARNs of MLflow resources that the background does not ask just now. */
  resting(): string[] {
    return this.troubles.keys('nobody').filter((key) => parseMlflowArn(key) !== undefined);
  }

  /** How often reading metrics touched the catalog: who keeps a list of jobs by its revision takes these off. */
  touches(scopeId: number): number {
    return this.touched.get(scopeId) ?? 0;
  }

  /** Looks at the run of a job: which metrics it has and how far they are. One call, for all of its metrics. */
  look(scope: Scope, job: MetricJob, asker: Asker): Promise<StoredRun> {
    const underWay = this.looks.get(job.id);
    if (underWay) return underWay;
    const look = this.lookNow(scope, job, asker).finally(() => this.looks.delete(job.id));
    this.looks.set(job.id, look);
    return look;
  }

  /**
   * Brings series into the catalog as far as the last look at the run tells they go: whole ones where there is none, and
   * of those that grew the tail. Gives whether anything was written. Throws when MLflow fails.
   */
  async readSeries(
    scope: Scope,
    job: MetricJob,
    run: StoredRun,
    keys: readonly string[],
    asker: Asker,
    together = 1,
  ): Promise<boolean> {
    const target = this.targetOf(job);
    const { latest, runId } = run;
    if (!target || !latest || !runId) return false;
    const states = await listSeriesStates(this.parts.catalog, job.id, keys);
    const due = keys.filter((key) => latest[key] && needsReading(states.get(key), latest[key], run.settled));
    let wrote = false;
    const queue = [...due];
    const worker = async () => {
      for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
        const one = key;
        const name = `${job.id} ${one}`;
        const read =
          this.reads.get(name) ??
          this.guarded(target, job, asker, () =>
            this.readOne(job, run, runId, one, states.get(one), target, asker),
          ).finally(() => this.reads.delete(name));
        this.reads.set(name, read);
        wrote = (await read) || wrote;
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.min(together, due.length) }, worker));
    } finally {
      const headline: readonly string[] = HEADLINE_KEYS[job.jobCategory];
      if (wrote && due.some((key) => headline.includes(key))) await this.summarize(scope, job);
    }
    return wrote;
  }

  /** The keys of a run that the background keeps. */
  keptKeys(job: MetricJob, run: StoredRun): string[] {
    return curatedKeys(job.jobCategory, Object.keys(run.latest ?? {}));
  }

  /** Notes that everything the background keeps of a settled run is in the catalog. */
  async noteComplete(job: MetricJob, run: StoredRun): Promise<boolean> {
    if (!run.settled || run.complete) return false;
    const states = await listSeriesStates(this.parts.catalog, job.id);
    if (!this.keptKeys(job, run).every((key) => states.get(key)?.whole)) return false;
    await saveRun(this.parts.catalog, { ...run, complete: true });
    return true;
  }

  private async lookNow(scope: Scope, job: MetricJob, asker: Asker): Promise<StoredRun> {
    const { catalog, now } = this.parts;
    const target = this.targetOf(job);
    const over = isOver(job);
    const base: StoredRun = { ...EMPTY, ...job.run, jobId: job.id, triedAt: new Date(now()) };
    const save = async (run: StoredRun) => {
      await saveRun(catalog, run);
      return run;
    };
    if (!target) return save({ ...base, ...NOT_CONFIGURED, settled: over, complete: over });
    const awsNowMs = this.parts.awsNow(scope.region);
    const givenUp = over && job.endedAt !== null && awsNowMs - job.endedAt.getTime() > GIVE_UP_AFTER_MS;
    let found: FoundRun | AmbiguousRuns | undefined;
    try {
      found = await this.guarded(target, job, asker, () => this.findRun(scope, target, job, asker.client));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { message, hint = null } = error;
      const missing = error.code === 'not_found';
      // The service names a run some moments before it begins.
      const early = missing && !over && !base.readAt;
      const said = early ? NOT_BEGUN : { state: stateOf(error), message, hint };
      const run = await save({ ...base, ...said, complete: missing && givenUp });
      if (missing) return run;
      throw error;
    }
    if (!found) {
      return save({ ...base, ...(over ? NO_RUN : NOT_BEGUN), complete: givenUp });
    }
    // A run that says whose it is may still come, and so may the service's own word.
    if ('ambiguous' in found) return save({ ...base, ...ambiguous(found.ambiguous), complete: givenUp });
    const { run, foundBy } = found;
    const late = job.endedAt !== null && awsNowMs - job.endedAt.getTime() > SETTLE_AFTER_MS;
    const latest = Object.fromEntries(
      [...run.latest].map(([key, { step, value, timeMs }]) => [
        key,
        [step, value, timeMs] as [number, number | null, number],
      ]),
    );
    return save({
      ...base,
      state: 'ready',
      message: null,
      hint: null,
      resourceArn: target === 'own' ? null : target.arn,
      experimentId: run.experimentId ?? null,
      runId: run.runId,
      foundBy,
      readAt: new Date(now()),
      runEnded: run.ended,
      settled: over && (run.ended || late),
      complete: false,
      latest,
    });
  }

  /** A run that was found once is asked for by its id. */
  private async findRun(
    scope: Scope,
    target: MlflowTarget,
    job: MetricJob,
    client: MlflowClient,
  ): Promise<FoundRun | AmbiguousRuns | undefined> {
    const known = job.run;
    if (known?.runId && known.foundBy && known.foundBy !== 'service_output' && !job.mlflow?.runId) {
      return { run: await getRun(client, target, known.runId), foundBy: known.foundBy };
    }
    return findRun(client, target, {
      jobCategory: job.jobCategory,
      jobName: job.jobName,
      createdAtMs: job.createdAt.getTime(),
      ...(job.endedAt && { endedAtMs: job.endedAt.getTime() }),
      mlflow: job.mlflow ?? {},
      takenByOthers: (runIds) => runsOfOthers(this.parts.catalog, scope, job.id, runIds),
    });
  }

  private async readOne(
    job: MetricJob,
    run: StoredRun,
    runId: string,
    key: string,
    state: SeriesState | undefined,
    target: MlflowTarget,
    { client }: Asker,
  ): Promise<boolean> {
    const { catalog } = this.parts;
    const whole = run.settled;
    let series: SeriesColumns | undefined;
    if (!whole && state) {
      const tail = await this.tailOf(run, runId, key, state, target, client);
      const [known] = tail ? await listSeries(catalog, [job.id], [key]) : [];
      if (tail && known) series = appendTail(known.series, tail);
    }
    series ??= toSeries(await getHistory(client, target, runId, key));
    await saveSeries(catalog, { jobId: job.id, key, whole, series });
    return true;
  }

  /**
   * What a series grew by. The look at the run told its last point already: when that is the very next step, nothing
   * else is asked. Points written anew behind it come with the whole history once the job is over.
   */
  private async tailOf(
    run: StoredRun,
    runId: string,
    key: string,
    { lastStep }: SeriesState,
    target: MlflowTarget,
    client: MlflowClient,
  ): Promise<RawPoint[] | undefined> {
    if (lastStep === null) return undefined;
    const [step, value, timeMs] = run.latest?.[key] ?? [];
    if (step !== undefined && value !== undefined && timeMs !== undefined && step === lastStep + 1) {
      return [{ step, value, timeMs }];
    }
    return getTail(client, target, { runId, key, fromStep: lastStep, toStep: step });
  }

  private async summarize(scope: Scope, job: MetricJob): Promise<void> {
    const keys = HEADLINE_KEYS[job.jobCategory];
    const stored = await listSeries(this.parts.catalog, [job.id], keys);
    const of = (key: string | undefined) => stored.find((one) => one.key === key)?.series;
    const [mean, validation] = job.jobCategory === 'AgentRFT' ? keys : [undefined, keys[0]];
    const changed = await saveReward(this.parts.catalog, scope, job.id, toRewardSummary(of(mean), of(validation)));
    if (changed) this.touched.set(scope.id, this.touches(scope.id) + 1);
  }

  /** Asks unless that failed a moment ago, and remembers what fails: for all jobs of the same MLflow at once. */
  private async guarded<T>(target: MlflowTarget, job: MetricJob, asker: Asker, ask: () => Promise<T>): Promise<T> {
    const trouble = this.troubleOf(target, job, asker.waits);
    if (trouble) throw trouble;
    const key = troubleKey(target);
    try {
      const answer = await ask();
      this.troubles.clear(key);
      this.troubles.clear(runKey(target, job));
      this.failing.delete(key);
      return answer;
    } catch (error) {
      if (error instanceof AppError && COMMON.has(error.code)) this.note(target, job, error);
      throw error;
    }
  }

  /** A fault may be one run's alone, or one slow history's: the others wait only once a second run failed as well. */
  private note(target: MlflowTarget, job: MetricJob, error: AppError): void {
    const key = troubleKey(target);
    if (MAYBE_ONE_RUN.has(error.code)) {
      this.troubles.note(runKey(target, job), error);
      const failing = (this.failing.get(key) ?? new Set()).add(job.id);
      this.failing.set(key, failing);
      if (failing.size < 2) return;
    }
    this.troubles.note(key, error);
  }

  private troubleOf(target: MlflowTarget, job: MetricJob, waits: Asker['waits']): AppError | undefined {
    return this.troubles.of(troubleKey(target), waits) ?? this.troubles.of(runKey(target, job), waits);
  }
}

/** Failures that may hit every run of a resource alike. */
export const COMMON = new Set([
  'access_denied',
  'credentials_missing',
  'credentials_expired',
  'throttled',
  'aws_failed',
  'aws_unreachable',
  'not_configured',
]);

/** Of these, what MLflow also answers for one run that it cannot read. */
const MAYBE_ONE_RUN = new Set(['aws_failed', 'aws_unreachable']);

const EMPTY: Omit<StoredRun, 'jobId' | 'triedAt'> = {
  state: 'waiting',
  message: null,
  hint: null,
  resourceArn: null,
  experimentId: null,
  runId: null,
  foundBy: null,
  readAt: null,
  runEnded: false,
  settled: false,
  complete: false,
  latest: null,
};

const troubleKey = (target: MlflowTarget) => (target === 'own' ? target : target.arn);
const runKey = (target: MlflowTarget, { id }: MetricJob) => `${troubleKey(target)} ${id}`;

/** AWS says the job has ended. */
export const isOver = (job: MetricJob) => job.endedAt !== null || jobStatusFacts(job.status).final;

function needsReading(
  state: SeriesState | undefined,
  latest: [number, number | null, number],
  settled: boolean,
): boolean {
  if (!state) return true;
  if (settled) return !state.whole;
  return latest[0] !== state.lastStep || latest[2] !== state.lastTimeMs;
}
