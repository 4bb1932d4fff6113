import 'server-only';
import { formatPackageArn } from '@/lib/checkpoints/package-arn';
import { AppError } from '@/lib/contract/app-error';
import { describePackage, listTags } from '../aws/model-packages';
import { type FindingUpdate, type PackageFinding, saveFindings } from '../catalog/packages-writes';
import { countInspected, listUninspected, type StoredClues } from '../catalog/sync-reads';
import { noteChange } from './attribute-lane';
import { findMaker, improve, toCarriers, toClues } from './find-maker';
import { isPassing, type Lane, type Unit } from './lane';
import type { RegionContext } from './region-context';
import type { GroupState } from './region-memory';

/** Packages of one group that are ever inspected, at most: each costs one or two calls. */
const MOST_OF_A_GROUP = 5_000;
/** After so many in a row that told nothing, a group's packages are taken to tell nothing. */
const SILENT_DETAILS = 50;
const SILENT_TAGS = 20;
const LOADED_AT_ONCE = 60;
/** Inspected one after the other and written together. */
const BATCH = 10;
const TOGETHER = 4;

interface Inspection {
  queue: StoredClues[];
  busy: Set<number>;
  /** Inspected ever, also before this start; unknown until the catalog is asked. */
  asked?: number;
  /** How many there were to inspect when the catalog was asked, less those done since. */
  left: number;
  silentDetails: number;
  silentTags: number;
}

export interface InspectLane extends Lane {
  /** Packages still to be inspected in the groups it came to; undefined before the first. */
  left(): number | undefined;
}

/**
 * Asks for what only DescribeModelPackage and ListTags tell (GeneratedBy, customer metadata, tags), newest first and only
 * for packages whose maker or step is not known by anything better than the clock. `settled` tells that the cheaper
 * evidence is all in.
 */
export function createInspectLane(context: RegionContext, settled: () => boolean): InspectLane {
  const { memory, backoff } = context;
  const inspections = new Map<number, Inspection>();

  const of = (group: GroupState): Inspection => {
    const known = inspections.get(group.id);
    if (known) return known;
    const fresh = { queue: [], busy: new Set<number>(), left: 0, silentDetails: 0, silentTags: 0 };
    inspections.set(group.id, fresh);
    return fresh;
  };
  const spent = ({ asked = 0, silentDetails }: Inspection) =>
    asked >= MOST_OF_A_GROUP || silentDetails >= SILENT_DETAILS;
  const keyOf = (group: GroupState) => `inspect ${group.name}`;
  const wanted = (group: GroupState) => group.complete && group.uninspected;
  const busyCount = () => [...inspections.values()].reduce((sum, { busy }) => sum + busy.size, 0);

  async function take(group: GroupState, inspection: Inspection): Promise<StoredClues[]> {
    if (inspection.asked === undefined) {
      const { done, left } = await countInspected(context.catalog, group.id);
      inspection.asked = done;
      inspection.left = Math.min(left, MOST_OF_A_GROUP - done);
    }
    if (spent(inspection)) {
      group.uninspected = false;
      return [];
    }
    if (inspection.queue.length === 0) {
      const rows = await listUninspected(context.catalog, group.id, LOADED_AT_ONCE + inspection.busy.size);
      inspection.queue = rows.filter(({ version }) => !inspection.busy.has(version));
      if (inspection.queue.length === 0 && inspection.busy.size === 0) group.uninspected = false;
    }
    return inspection.queue.splice(0, BATCH);
  }

  function toUnit(group: GroupState, inspection: Inspection, batch: StoredClues[]): Unit {
    for (const { version } of batch) inspection.busy.add(version);
    inspection.asked = (inspection.asked ?? 0) + batch.length;
    return {
      scope: `details of group ${group.name}`,
      key: keyOf(group),
      async run() {
        const done: { stored: StoredClues; update: FindingUpdate }[] = [];
        let failure: AppError | undefined;
        try {
          for (const stored of batch) {
            try {
              done.push({ stored, update: await inspect(context, group, inspection, stored) });
            } catch (error) {
              // One busy moment does not hold up the others; its package comes again with the next batch.
              if (!(error instanceof AppError)) throw error;
              failure = error;
              if (!isPassing(error)) break;
            }
          }
          const updates = done.map(({ update }) => update);
          await saveFindings(context.catalog, group.id, updates);
          inspection.left = Math.max(0, inspection.left - done.length);
        } finally {
          for (const { version } of batch) inspection.busy.delete(version);
        }
        for (const { stored, update } of done) noteChange(context, stored, update);
        if (failure && (done.length === 0 || !isPassing(failure))) throw failure;
      },
    };
  }

  return {
    left() {
      const begun = [...memory.groups.values()].flatMap((group) => {
        const inspection = inspections.get(group.id);
        return inspection && wanted(group) && !spent(inspection) ? [inspection.left] : [];
      });
      return inspections.size === 0 ? undefined : begun.reduce((sum, left) => sum + left, 0);
    },
    async next() {
      if (!settled() || busyCount() >= TOGETHER * BATCH) return undefined;
      for (const group of memory.groups.values()) {
        if (!wanted(group) || !backoff.ready(keyOf(group))) continue;
        const inspection = of(group);
        const batch = await take(group, inspection);
        if (batch.length > 0) return toUnit(group, inspection, batch);
      }
      return undefined;
    },
    filling: () =>
      busyCount() > 0 || [...memory.groups.values()].some((group) => wanted(group) && !backoff.blocked(keyOf(group))),
  };
}

async function inspect(
  context: RegionContext,
  group: GroupState,
  inspection: Inspection,
  stored: StoredClues,
): Promise<FindingUpdate> {
  const { scope, memory, aws } = context;
  const arn = formatPackageArn({ ...scope, group: group.name, version: stored.version });
  const find = (carriers: Record<string, string>) =>
    findMaker(memory, toClues(scope, group.name, { ...stored, carriers }));
  const told = ({ evidence, stepEvidence }: PackageFinding) => evidence === 'package' || stepEvidence === 'package';

  let carriers: Record<string, string> = {};
  try {
    const detail = await describePackage(aws, arn);
    carriers = toCarriers(detail);
    let found = find(carriers);
    if (!(told(found) && found.step !== undefined) && inspection.silentTags < SILENT_TAGS) {
      const tags = await listTags(aws, arn);
      carriers = toCarriers({ ...detail, tags });
      const before = told(found);
      found = find(carriers);
      inspection.silentTags = !before && told(found) ? 0 : inspection.silentTags + 1;
    }
  } catch (error) {
    // Deleted since it was listed: it stays as it is known.
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
  }
  const found = find(carriers);
  inspection.silentDetails = told(found) ? 0 : inspection.silentDetails + 1;
  const better = improve(stored, found) ?? {
    jobId: stored.jobId,
    evidence: stored.evidence === 'none' ? undefined : stored.evidence,
    evidenceDetail: stored.evidenceDetail,
    step: stored.step,
    stepEvidence: stored.stepEvidence === 'none' ? undefined : stored.stepEvidence,
  };
  return { ...better, version: stored.version, carriers };
}
