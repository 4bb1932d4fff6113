import 'server-only';
import { countSteps, type Ending } from '@/lib/checkpoints/count-steps';
import { groupsOf } from '@/lib/checkpoints/maker-index';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { saveEveryOf } from '@/lib/checkpoints/save-every';
import { jobStatusFacts } from '@/lib/jobs/status';
import { type FindingUpdate, recountJobs, saveFindings, saveSteps } from '../catalog/packages-writes';
import { findCountFacts, listClues, listJobSteps, listUnresolved, type StoredClues } from '../catalog/sync-reads';
import { findMaker, improve, toClues } from './find-maker';
import type { Lane, Unit } from './lane';
import { publishCheckpoints, publishJobs, type RegionContext } from './region-context';
import type { GroupState } from './region-memory';

/** While jobs are still being described, what they change is thought over this often and not after each one. */
const EVERY_MS = 20_000;
const CHUNK = 500;
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

  const hasWork = () => memory.stretches.size > 0 || memory.named.size > 0 || memory.toCount.size > 0;

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
      if (busy || !hasWork() || !backoff.ready('attribute')) return undefined;
      if (!settled() && context.now() - lastMs < EVERY_MS) return undefined;
      return toUnit(async () => {
        await thinkOver(context);
        lastMs = context.now();
      });
    },
    filling: () => busy || hasWork(),
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
  const touched = new Set<number>();
  const updates: FindingUpdate[] = [];
  for (const row of rows) {
    const better = improve(row, findMaker(context.memory, toClues(context.scope, group.name, row)));
    if (!better) continue;
    updates.push({ ...better, version: row.version });
    for (const id of [row.jobId, better.jobId]) if (id !== undefined) touched.add(id);
    if (better.jobId !== undefined && better.step === undefined) context.memory.toCount.add(better.jobId);
  }
  await saveFindings(context.catalog, group.id, updates);
  await announce(context, touched);
}

/** Counts the checkpoints of jobs anew and tells listeners. */
export async function announce(context: RegionContext, jobIds: ReadonlySet<number>): Promise<void> {
  publishJobs(context, await recountJobs(context.catalog, context.scope.id, [...jobIds]));
  publishCheckpoints(
    context,
    [...jobIds].flatMap((id) => context.memory.makers.get(id)?.ref ?? []),
  );
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
  let changed = false;
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
    changed ||= updates.length > 0;
  }
  if (changed) await announce(context, new Set([jobId]));
}

function endingOf(status: string, endedAt: Date | null): Ending {
  if (status === 'Completed') return 'completed';
  if (status === 'Failed' || status === 'Stopped') return 'early';
  return endedAt || jobStatusFacts(status).final ? 'unknown' : 'none';
}
