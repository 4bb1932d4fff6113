import { PRUNE_REASON_NAMES, type PruneReason, type PruneRules } from '../contract/prune';
import { statusGroup } from '../jobs/status';
import { blockedBy } from './blocked-by';
import {
  COMPLETED,
  MODEL,
  type PackageColumns,
  packageKey,
  placesByJob,
  RESUMABLE,
  UNFINISHED,
  UNKNOWN_KIND,
} from './package-columns';
import type { PackageAddress, PruneFacts, PruneJob } from './prune-facts';
import { rankSteps } from './rank-steps';

/** A bit for each reason, in the order of the table. */
export const REASON_BITS = Object.fromEntries(PRUNE_REASON_NAMES.map((name, place) => [name, 1 << place])) as Record<
  PruneReason,
  number
>;

export interface Verdicts {
  /** Reasons to keep each package, as bits; 0: it may go. */
  why: Uint32Array;
  /** 1: the narrowing leaves it. What it does not leave is never deleted, whatever `why` says. */
  looked: Uint8Array;
}

const DAY_MS = 86_400_000;
const nameKey = (name: string) => name.toLowerCase();

/**
 * Judges every package: what may go, and why each other one stays. One pass over the packages and one over the jobs.
 * `nowMs` is the clock of AWS. Protections come first and do not depend on the rules; a property test holds them.
 */
export function judge(facts: PruneFacts, rules: PruneRules, nowMs: number): Verdicts {
  const { packages } = facts;
  const why = new Uint32Array(packages.count);
  const groupIds = new Map([...facts.groups].map(([id, { name }]) => [nameKey(name), id]));
  const marks = new Map<number, number>();
  const mark = (address: PackageAddress | undefined, reason: PruneReason) => {
    const groupId = address && groupIds.get(nameKey(address.group));
    if (groupId === undefined || !address) return;
    const key = packageKey(groupId, address.version);
    marks.set(key, (marks.get(key) ?? 0) | REASON_BITS[reason]);
  };
  for (const each of facts.creating) mark(each, 'creating');
  for (const each of facts.pinned) mark(each, 'pinned');
  if (rules.noted === '1') for (const each of facts.noted) mark(each, 'noted');
  const allRead = blockedBy(facts) === undefined;
  for (const job of facts.jobs.values()) {
    if (!job.deleted) mark(job.input, 'input');
    if (rules.branch === '1') mark(job.input, 'branch');
    if (rules.evaluated === '1' && job.ref.jobCategory === 'AgentRFTEvaluation') mark(job.input, 'evaluated');
    if (rules.last === '1') mark(job.output, 'last');
  }
  const stepRules = rules.best > 0 || rules.nth > 0 || rules.last === '1';
  for (let at = 0; at < packages.count; at += 1) {
    const groupId = packages.groupId[at] ?? 0;
    const jobId = packages.jobId[at] ?? 0;
    const step = packages.step[at] ?? -1;
    const job = jobId === 0 ? undefined : facts.jobs.get(jobId);
    let bits = marks.get(packageKey(groupId, packages.version[at] ?? 0)) ?? 0;
    if (!allRead || !facts.groups.get(groupId)?.read || packages.kind[at] === UNKNOWN_KIND) bits |= REASON_BITS.unread;
    if (!job) bits |= REASON_BITS.unattributed;
    else if (job.live) bits |= REASON_BITS.live;
    if (packages.status[at] === UNFINISHED) bits |= REASON_BITS.unfinished;
    if (rules.guessed !== '1' && packages.guessed[at] === 1) bits |= REASON_BITS.guessed;
    if (rules.approved === '1' && packages.approved[at] === 1) bits |= REASON_BITS.approved;
    if (step >= 0 && rules.nth > 0 && step % rules.nth === 0) bits |= REASON_BITS.nth;
    if (step < 0 && stepRules) bits |= REASON_BITS.unranked;
    why[at] = bits;
  }
  for (const [jobId, places] of placesByJob(packages)) {
    const job = facts.jobs.get(jobId);
    if (!job) continue;
    judgeJob(facts, rules, job, places, why);
    // A package that is only guessed to be of this job may be another's: it stands in for none that surely is.
    const sure = places.filter((at) => packages.guessed[at] !== 1);
    if (sure.length < places.length) judgeJob(facts, rules, job, sure, why);
  }
  return { why, looked: narrow(facts, rules, nowMs, groupIds) };
}

function judgeJob(
  facts: PruneFacts,
  rules: PruneRules,
  job: PruneJob,
  places: readonly number[],
  why: Uint32Array,
): void {
  const { packages } = facts;
  const add = (at: number | undefined, reason: PruneReason) => {
    if (at !== undefined) why[at] = (why[at] ?? 0) | REASON_BITS[reason];
  };
  const resumable = lastOf(packages, places, RESUMABLE);
  // Whoever wants to go on after it failed, was stopped or ends some day, starts here; a job that completed has no more to do.
  if (job.status !== 'Completed') {
    add(resumable.byStep, 'resumable');
    // Steps may be counted wrongly, the time of writing is not.
    add(resumable.byTime, 'resumable');
  }
  if (rules.last === '1') {
    for (const last of [resumable, lastOf(packages, places, MODEL)]) {
      add(last.byStep, 'last');
      add(last.byTime, 'last');
    }
  }
  if (rules.best > 0) {
    const steps = new Set(places.flatMap((at) => ((packages.step[at] ?? -1) >= 0 ? [packages.step[at] ?? -1] : [])));
    const best = rankSteps(facts.rewards.get(job.id), steps, rules);
    for (const at of places) {
      if (!best) add(at, 'unranked');
      else if (best.has(packages.step[at] ?? -1)) add(at, 'best');
    }
  }
}

/** The last complete package of one kind: by step, and by when it was written. */
function lastOf(packages: PackageColumns, places: readonly number[], kind: number) {
  let byStep: number | undefined;
  let byTime: number | undefined;
  const later = (at: number, known: number | undefined, of: Int32Array | Float64Array) =>
    known === undefined || (of[at] ?? 0) >= (of[known] ?? 0);
  for (const at of places) {
    if (packages.kind[at] !== kind || packages.status[at] !== COMPLETED) continue;
    if ((packages.step[at] ?? -1) >= 0 && later(at, byStep, packages.step)) byStep = at;
    if (later(at, byTime, packages.createdMs)) byTime = at;
  }
  return { byStep, byTime };
}

/** Which packages the narrowing leaves. */
function narrow(
  { packages, jobs }: PruneFacts,
  rules: PruneRules,
  nowMs: number,
  groupIds: ReadonlyMap<string, number>,
): Uint8Array {
  const looked = new Uint8Array(packages.count);
  const groupId = rules.group === undefined ? undefined : (groupIds.get(nameKey(rules.group)) ?? -1);
  const kind = rules.kind === undefined ? undefined : rules.kind === 'resumable' ? RESUMABLE : MODEL;
  const beforeMs = rules.days === undefined ? Number.POSITIVE_INFINITY : nowMs - rules.days * DAY_MS;
  const jobIds = narrowJobs([...jobs.values()], rules);
  for (let at = 0; at < packages.count; at += 1) {
    const fits =
      (groupId === undefined || packages.groupId[at] === groupId) &&
      (kind === undefined || packages.kind[at] === kind) &&
      (packages.createdMs[at] ?? 0) < beforeMs &&
      (jobIds === undefined || jobIds.has(packages.jobId[at] ?? 0));
    looked[at] = fits ? 1 : 0;
  }
  return looked;
}

/** Ids of the jobs whose checkpoints are looked at; undefined for all, also of those nobody is known to have made. */
function narrowJobs(jobs: readonly PruneJob[], { job, lineage, status }: PruneRules): Set<number> | undefined {
  if (job === undefined && lineage === undefined && status === undefined) return undefined;
  const training = (name: string) => jobs.find(({ ref }) => ref.jobCategory === 'AgentRFT' && ref.jobName === name);
  const root = lineage === undefined ? undefined : training(lineage)?.root;
  const words = new Set(status?.split(','));
  return new Set(
    jobs
      .filter(
        (each) =>
          (job === undefined || (each.ref.jobCategory === 'AgentRFT' && each.ref.jobName === job)) &&
          (lineage === undefined || (root !== undefined && each.root === root)) &&
          (status === undefined || words.has(statusGroup(each.status))),
      )
      .map(({ id }) => id),
  );
}

/** The reasons a number of bits stands for, strongest first. */
export function reasonsOf(bits: number): PruneReason[] {
  return PRUNE_REASON_NAMES.filter((name) => (bits & REASON_BITS[name]) !== 0);
}
