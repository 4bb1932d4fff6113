import { unitAt } from '../rng';
import { stepEndTime } from './job-state';
import { lifeOf } from './life';
import { lastSavedStep, nextSavedStep } from './step-schedule';
import type { Job, Tag } from './types';

// A model package group as an append-only index. Versions count up in the order packages appear, across all the jobs that
// write into the group, so they are settled once and never again; everything else about a package is computed from its
// row (time, job, step, kind) when somebody asks. A row takes 17 bytes, so 200,000 packages are nothing.

export const PACKAGE_KINDS = ['resumable', 'model', 'promoted', 'stray'] as const;
/** `promoted`: the model checkpoint made of the last resumable one when a job ended early. `stray`: made by no job. */
export type PackageKind = (typeof PACKAGE_KINDS)[number];

export interface PackageRow {
  version: number;
  createdAt: number;
  kind: PackageKind;
  job?: Job;
  step: number;
}

/** What people changed about a package since it was made. */
export interface PackageEdit {
  approvalStatus?: string;
  approvalDescription?: string;
  customerMetadata?: Record<string, string>;
  metadataRemoved?: string[];
  registrationType?: string;
  sourceUri?: string;
  lifeCycle?: { Stage: string; StageStatus: string; StageDescription?: string };
  modifiedAt: number;
}

interface Maker {
  job: Job;
  writes: 'resumable' | 'model';
  /** The last saved step whose package is in the index. */
  doneStep: number;
  promotedDone: boolean;
}

interface Entry {
  time: number;
  job: Job | undefined;
  step: number;
  kind: number;
}

const SALT_SAVE = 21;
/** Milliseconds from the end of a step to the registration of its checkpoints. */
const RESUMABLE_DELAY_MS = 3_000;
const MODEL_DELAY_MS = 8_000;
const SAVE_JITTER_MS = 4_000;
const PROMOTION_LEAD_MS = 1_000;

export class PackageGroup {
  readonly edits = new Map<number, PackageEdit>();
  readonly packageTags = new Map<number, Tag[]>();
  /** When each version that is gone went. */
  readonly deleted = new Map<number, number>();
  private makers: Maker[] = [];
  private readonly everWritten = new Set<'resumable' | 'model'>();
  private jobsByIndex: Array<Job | undefined>;
  private times = new Float64Array(64);
  private jobIndexes = new Int32Array(64);
  private steps = new Int32Array(64);
  private kinds = new Uint8Array(64);
  private count = 0;
  private settledTo = Number.NEGATIVE_INFINITY;
  private strays: number[] = [];
  private timesAscend = true;

  constructor(
    readonly region: string,
    readonly name: string,
    readonly createdAt: number,
    readonly restricted: boolean,
    readonly description: string | undefined,
    readonly tags: Tag[],
    jobsByIndex: Array<Job | undefined>,
  ) {
    this.jobsByIndex = jobsByIndex;
  }

  /** A job will write checkpoints of this kind here. What it already wrote by `now` gets the next versions. */
  addMaker(job: Job, writes: 'resumable' | 'model', now: number): void {
    this.settle(now);
    const first = job.plan.kind === 'train' ? job.plan.firstStep - 1 : 0;
    this.makers.push({ job, writes, doneStep: first, promotedDone: false });
    this.everWritten.add(writes);
    if (job.createdAt < this.settledTo) this.append(this.collect(this.settledTo));
  }

  /** A package that no job made, registered by hand at a time. */
  addStray(time: number): void {
    this.strays.push(time);
    this.strays.sort((a, b) => a - b);
  }

  /** True when a job was ever told to keep checkpoints of this kind here. */
  hasEverHeld(kind: 'resumable' | 'model'): boolean {
    return this.everWritten.has(kind);
  }

  /** Settles the versions of everything that appeared up to a time. Cheap when nothing did. */
  settle(t: number): void {
    if (t <= this.settledTo) return;
    this.append(this.collect(t));
    this.settledTo = t;
  }

  /** How many versions were ever given out up to now; deleted ones count. */
  versionCount(t: number): number {
    this.settle(t);
    return this.count;
  }

  /** The row of a version, or undefined when there is none (yet, or any more). */
  row(version: number, t: number): PackageRow | undefined {
    this.settle(t);
    if (version < 1 || version > this.count || this.deleted.has(version)) return undefined;
    const row = this.readRow(version);
    return row.createdAt <= t ? row : undefined;
  }

  delete(version: number, at: number): void {
    this.deleted.set(version, at);
  }

  /** The creation time of a version in range, without building a row. */
  timeOf(version: number): number {
    return this.times[version - 1] ?? Number.NaN;
  }

  /** All versions in order of creation time; usually that is the order of versions. */
  versionsByTime(t: number): Int32Array | undefined {
    this.settle(t);
    if (this.timesAscend) return undefined;
    const order = Int32Array.from({ length: this.count }, (_, i) => i + 1);
    return order.sort((a, b) => this.timeOf(a) - this.timeOf(b) || a - b);
  }

  /** The version holding a job's checkpoint of a step, or undefined. */
  findVersion(job: Job, step: number, kind: PackageKind, t: number): number | undefined {
    this.settle(t);
    const code = PACKAGE_KINDS.indexOf(kind);
    for (let i = this.count - 1; i >= 0; i--) {
      if (this.jobIndexes[i] !== job.index || this.steps[i] !== step || this.kinds[i] !== code) continue;
      return (this.times[i] ?? 0) <= t ? i + 1 : undefined;
    }
    return undefined;
  }

  private readRow(version: number): PackageRow {
    const i = version - 1;
    const job = this.jobsByIndex[this.jobIndexes[i] ?? -1];
    return {
      version,
      createdAt: this.times[i] ?? Number.NaN,
      kind: PACKAGE_KINDS[this.kinds[i] ?? 3] ?? 'stray',
      step: this.steps[i] ?? 0,
      ...(job && { job }),
    };
  }

  private collect(t: number): Entry[] {
    const entries: Entry[] = [];
    this.makers = this.makers.filter((maker) => !collectFrom(maker, t, entries));
    while (this.strays[0] !== undefined && this.strays[0] <= t) {
      entries.push({ time: this.strays[0], job: undefined, step: 0, kind: 3 });
      this.strays.shift();
    }
    return entries.sort((a, b) => a.time - b.time || (a.job?.index ?? -1) - (b.job?.index ?? -1) || a.step - b.step);
  }

  private append(entries: readonly Entry[]): void {
    this.reserve(this.count + entries.length);
    for (const entry of entries) {
      if (this.count > 0 && entry.time < (this.times[this.count - 1] ?? 0)) this.timesAscend = false;
      this.times[this.count] = entry.time;
      this.jobIndexes[this.count] = entry.job?.index ?? -1;
      this.steps[this.count] = entry.step;
      this.kinds[this.count] = entry.kind;
      this.count += 1;
    }
  }

  private reserve(needed: number): void {
    if (needed <= this.times.length) return;
    const size = Math.max(needed, this.times.length * 2);
    const grow = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A) => {
      to.set(from);
      return to;
    };
    this.times = grow(this.times, new Float64Array(size));
    this.jobIndexes = grow(this.jobIndexes, new Int32Array(size));
    this.steps = grow(this.steps, new Int32Array(size));
    this.kinds = grow(this.kinds, new Uint8Array(size));
  }
}

/** Adds what a maker registered up to a time and was not yet taken. Returns true when nothing more can come of it. */
function collectFrom(maker: Maker, t: number, entries: Entry[]): boolean {
  const { job, writes } = maker;
  if (job.plan.kind !== 'train') return true;
  const life = lifeOf(job);
  if (life.workStart === undefined) return life.endTime <= t;
  for (;;) {
    const step = nextSavedStep(job.plan, maker.doneStep);
    const time = step === undefined ? undefined : checkpointTime(job, step, writes);
    if (step === undefined || time === undefined || time > t) break;
    entries.push({ time, job, step, kind: writes === 'resumable' ? 0 : 1 });
    maker.doneStep = step;
  }
  if (writes === 'model' && !maker.promotedDone) {
    const promotion = promotionOf(job);
    if (promotion && promotion.time <= t) {
      entries.push({ time: promotion.time, job, step: promotion.step, kind: 2 });
      maker.promotedDone = true;
    }
  }
  return life.endTime <= t;
}

/** When the checkpoint of a saved step is registered, or undefined when the job ends before. */
export function checkpointTime(job: Job, step: number, kind: 'resumable' | 'model'): number | undefined {
  const end = stepEndTime(job, step);
  const { workEnd } = lifeOf(job);
  if (end === undefined || workEnd === undefined) return undefined;
  const delay = kind === 'resumable' ? RESUMABLE_DELAY_MS : MODEL_DELAY_MS;
  const time = Math.round(
    end + delay + unitAt(job.key, SALT_SAVE, step, kind === 'resumable' ? 0 : 1) * SAVE_JITTER_MS,
  );
  return time <= workEnd ? time : undefined;
}

/** The last step whose checkpoint of a kind was registered by a time, or undefined. */
export function lastCheckpointStep(job: Job, t: number, kind: 'resumable' | 'model'): number | undefined {
  const { plan } = job;
  if (plan.kind !== 'train') return undefined;
  let step = lastSavedStep(plan, reachedStep(job, t));
  while (step !== undefined) {
    const time = checkpointTime(job, step, kind);
    if (time !== undefined && time <= t) return step;
    step = lastSavedStep(plan, step - 1);
  }
  return undefined;
}

function reachedStep(job: Job, t: number): number {
  if (job.plan.kind !== 'train') return 0;
  let low = job.plan.firstStep - 1;
  let high = job.plan.lastStep;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const end = stepEndTime(job, middle);
    if (end !== undefined && end <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The promotion of the last resumable checkpoint when a job ends early, or undefined when there is none. */
export function promotionOf(job: Job): { step: number; time: number } | undefined {
  const life = lifeOf(job);
  if (life.finalStatus === 'Completed' || !job.quirks.promotes) return undefined;
  const step = lastCheckpointStep(job, life.endTime, 'resumable');
  if (step === undefined) return undefined;
  // The last thing a job does; after its end nothing about it changes.
  const time = Math.max(checkpointTime(job, step, 'resumable') ?? 0, life.endTime - PROMOTION_LEAD_MS);
  return { step, time };
}
