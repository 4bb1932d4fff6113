import 'server-only';
import { countSteps, type Ending } from '@/lib/checkpoints/count-steps';
import { groupsOf } from '@/lib/checkpoints/maker-index';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { saveEveryOf } from '@/lib/checkpoints/save-every';
import { jobStatusFacts } from '@/lib/jobs/status';
import {
  type FindingUpdate,
  type PackageFinding,
  recountJobs,
  saveFindings,
  saveSteps,
} from '../catalog/packages-writes';
import { findCountFacts, listClues, listJobSteps, listUnresolved, type StoredClues } from '../catalog/sync-reads';
import { findMaker, improve, toClues } from './find-maker';
import type { Lane, Unit } from './lane';
import { publishCheckpoints, publishJobs, type RegionContext } from './region-context';
import type { GroupState } from './region-memory';

/** While jobs are still being described, what they change is thought over this often and not after each one. */
const EVERY_MS = 20_000;
/** While packages pour in, the numbers of their jobs follow this often. */
const RECOUNT_EVERY_MS = 2_000;
const CHUNK = 500;
const RECOUNT_AT_ONCE = 20;
/** The last day both JavaScript and PostgreSQL write in the same way. */
const END_OF_TIME_MS = Date.UTC(9999, 11, 31);

/**
 * Thinks over who made packages when more became known about jobs. Asks AWS nothing. `settled` tells that all jobs are
 * described, so that there is nothing to wait for.
 */
export function createAttributeLane(context: RegionContext, settled: () => boolean): Lane {
  const { memory, backoff } = context;
  let busy = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  let recountedMs = Number.NEGATIVE_INFINITY;

  const toThink = () => memory.stretches.size > 0 || memory.named.size > 0 || memory.toCount.size > 0;
  const due = (last: number, everyMs: number) => settled() || context.now() - last >= everyMs;

  function toUnit(run: () => Promise<void>): Unit {
    busy = true;
    return {
      scope: 'attribution',
      key: 'attribute',
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
      if (busy || !backoff.ready('attribute')) return undefined;
      if (toThink() && due(lastMs, EVERY_MS)) {
        return toUnit(async () => {
          await thinkOver(context);
          await recount(context);
          lastMs = context.now();
        });
      }
      if (memory.toRecount.size > 0 && due(recountedMs, RECOUNT_EVERY_MS)) {
        return toUnit(async () => {
          await recount(context);
          recountedMs = context.now();
        });
      }
      return undefined;
    },
    filling: () => busy || toThink() || memory.toRecount.size > 0,
  };
}

async function thinkOver(context: RegionContext): Promise<void> {
  const { memory } = context;
  for (const [key, versions] of [...memory.named]) {
    memory.named.delete(key);
    const group = memory.groups.get(key);
    if (group) await improveAll(context, group, await listClues(context.catalog, group.id, [...versions]));
  }
  for (const [key, { fromMs, toMs }] of [...memory.stretches]) {
    memory.stretches.delete(key);
    const group = memory.groups.get(key);
    if (!group) continue;
    const from = new Date(Math.max(0, fromMs));
    const to = new Date(Math.min(toMs, END_OF_TIME_MS));
    let after: StoredClues | undefined;
    do {
      const rows = await listUnresolved(context.catalog, group.id, { from, to, after }, CHUNK);
      await improveAll(context, group, rows);
      after = rows.length === CHUNK ? rows.at(-1) : undefined;
    } while (after);
  }
  for (const jobId of [...memory.toCount]) {
    memory.toCount.delete(jobId);
    await countJob(context, jobId);
  }
}

async function improveAll(context: RegionContext, group: GroupState, rows: readonly StoredClues[]): Promise<void> {
  const { memory } = context;
  const updates: FindingUpdate[] = [];
  for (const row of rows) {
    const better = improve(row, findMaker(memory, toClues(context.scope, group.name, row)));
    if (!better) continue;
    updates.push({ ...better, version: row.version });
    noteChange(context, row, better);
  }
  await saveFindings(context.catalog, group.id, updates);
}

/** Notes which jobs a new finding about a package concerns. */
export function noteChange({ memory }: RegionContext, before: StoredClues, after: PackageFinding): void {
  for (const id of [before.jobId, after.jobId]) if (id !== undefined) memory.toRecount.set(id, { changed: true });
  if (after.jobId !== undefined && after.step === undefined) memory.toCount.add(after.jobId);
}

/** Counts the checkpoints of the jobs that were noted and tells listeners. */
async function recount(context: RegionContext): Promise<void> {
  const { memory, catalog, scope } = context;
  while (memory.toRecount.size > 0) {
    // In portions, so that pages which wait for the catalog get their turn.
    const portion = [...memory.toRecount].slice(0, RECOUNT_AT_ONCE);
    for (const [id] of portion) memory.toRecount.delete(id);
    const ids = portion.map(([id]) => id);
    publishJobs(context, await recountJobs(catalog, scope.id, ids));
    const changed = portion.flatMap(([id, one]) => (one.changed ? (memory.makers.get(id)?.ref ?? []) : []));
    publishCheckpoints(context, changed);
  }
}

/** Gives packages of a job that say no step the step of their place, group by group, where everything known agrees. */
async function countJob(context: RegionContext, jobId: number): Promise<void> {
  const { memory, catalog, scope } = context;
  const maker = memory.makers.get(jobId);
  const facts = maker && (await findCountFacts(catalog, jobId));
  if (!maker || !facts) return;
  const startStep =
    facts.inputPackageArn === null || facts.inputKind === 'model'
      ? 0
      : facts.inputKind === 'resumable'
        ? (facts.inputStep ?? undefined)
        : undefined;
  for (const key of groupsOf(maker)) {
    const group = memory.groups.get(key);
    if (!group?.complete) continue;
    const rows = await listJobSteps(catalog, jobId, group.id);
    // Where some packages say their step, a count of the others proves nothing.
    const said = rows.some(({ stepEvidence }) => stepEvidence === 'path' || stepEvidence === 'package');
    const steps = said
      ? undefined
      : countSteps({
          isOutput: rows.map(
            ({ version }) => formatPackageArn({ ...scope, group: group.name, version }) === facts.outputPackageArn,
          ),
          startStep,
          saveEvery: saveEveryOf(facts.baseModel ?? undefined, facts.saveEvery ?? undefined),
          currentStep: facts.progress?.currentStep,
          totalSteps: facts.progress?.totalSteps,
          ending: endingOf(facts.status, facts.endedAt),
        });
    const updates = rows.flatMap(({ version, step: stored, stepEvidence }, place) => {
      const step = steps?.[place];
      if (stepEvidence === 'path' || stepEvidence === 'package' || (stored ?? undefined) === step) return [];
      return [{ version, step, stepEvidence: step === undefined ? undefined : ('counted' as const) }];
    });
    await saveSteps(catalog, group.id, updates);
    if (updates.length > 0) memory.toRecount.set(jobId, { changed: true });
  }
}

function endingOf(status: string, endedAt: Date | null): Ending {
  if (status === 'Completed') return 'completed';
  if (status === 'Failed' || status === 'Stopped') return 'early';
  return endedAt || jobStatusFacts(status).final ? 'unknown' : 'none';
}
