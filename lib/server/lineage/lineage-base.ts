import 'server-only';
import { parsePackageArn } from '@/lib/checkpoints/package-arn';
import { type Best, findBest, type ScoredJob } from '@/lib/lineage/best-path';
import { buildGraph, type GraphNode, type LineageInput } from '@/lib/lineage/build-graph';
import type { Catalog } from '../catalog/catalog';
import { lineageKind } from '../catalog/job-rows';
import {
  countSteps,
  countUnattributed,
  type LineageJobRow,
  listLineageJobs,
  type StepCounts,
} from '../catalog/lineage-reads';
import type { Scope } from '../catalog/scopes-store';

/** Ranges a lane's checkpoints are counted in. */
export const TICK_RANGES = 24;

export interface BaseJob extends ScoredJob {
  row: LineageJobRow;
}

/** The whole lineage of one scope, as of one revision of the catalog. */
export interface LineageBase {
  graph: GraphNode<BaseJob>[];
  byId: Map<string, GraphNode<BaseJob>>;
  byRowId: Map<number, GraphNode<BaseJob>>;
  best?: Best<BaseJob>;
  unattributed: number;
  checkpoints: number;
}

interface Kept {
  revision: number;
  base: Promise<LineageBase>;
}

interface KeptSteps {
  /** Of what the counters said when the job's checkpoints were counted. */
  seal: string;
  counts: StepCounts | undefined;
}

const bases = new WeakMap<Catalog, Map<number, Kept>>();
const steps = new WeakMap<Catalog, Map<number, KeptSteps>>();

export const laneId = ({ category, name }: Pick<LineageJobRow, 'category' | 'name'>) => `${category}/${name}`;

/** Read once a change of the catalog, however many people look. */
export function lineageBase(catalog: Catalog, scope: Scope): Promise<LineageBase> {
  const kept = bases.get(catalog) ?? new Map<number, Kept>();
  bases.set(catalog, kept);
  const revision = catalog.revision(scope.id);
  const known = kept.get(scope.id);
  if (known?.revision === revision) return known.base;
  const base = readBase(catalog, scope);
  kept.set(scope.id, { revision, base });
  // A failed read must not be remembered as the answer.
  base.catch(() => kept.delete(scope.id));
  return base;
}

async function readBase(catalog: Catalog, scope: Scope): Promise<LineageBase> {
  const [rows, unattributed] = await Promise.all([listLineageJobs(catalog, scope), countUnattributed(catalog, scope)]);
  const idOf = new Map(rows.map((row) => [row.id, laneId(row)]));
  const graph = buildGraph(
    rows.map(
      (row): BaseJob => ({
        id: laneId(row),
        jobCategory: row.category,
        createdMs: row.createdAt.getTime(),
        input: toInput(row, idOf, scope),
        score: toScore(row),
        row,
      }),
    ),
  );
  return {
    graph,
    byId: new Map(graph.map((node) => [node.job.id, node])),
    byRowId: new Map(graph.map((node) => [node.job.row.id, node])),
    best: findBest(graph),
    unattributed,
    checkpoints: rows.reduce((sum, row) => sum + row.resumableCount + row.modelCount, 0),
  };
}

/** An evaluation's one value belongs to the checkpoint it looked at, whatever step it was written under. */
function toScore({ category, reward }: LineageJobRow): BaseJob['score'] {
  const best = reward?.bestValidation;
  if (!best) return undefined;
  return category === 'AgentRFTEvaluation' ? { value: best.value } : best;
}

function toInput(row: LineageJobRow, idOf: Map<number, string>, scope: Scope): LineageInput | undefined {
  if (row.inputArn === null) return undefined;
  const address = parsePackageArn(row.inputArn);
  return {
    kind: lineageKind(row.category, row.inputKind),
    packageArn: row.inputArn,
    group: row.inputGroup ?? undefined,
    version: row.inputVersion ?? undefined,
    step: row.inputStep ?? undefined,
    writtenMs: row.inputWrittenAt?.getTime(),
    maker: row.makerId === null ? undefined : idOf.get(row.makerId),
    seen: row.inputKind !== null,
    foreign: address !== undefined && (address.account !== scope.account || address.region !== scope.region),
  };
}

/**
 * The step counts of jobs. A job whose counters have not moved is not counted again: 200,000 checkpoints are looked at once.
 */
export async function stepCountsOf(catalog: Catalog, rows: readonly LineageJobRow[]): Promise<Map<number, StepCounts>> {
  const kept = steps.get(catalog) ?? new Map<number, KeptSteps>();
  steps.set(catalog, kept);
  const sealOf = (row: LineageJobRow) =>
    `${row.resumableCount} ${row.modelCount} ${row.lastResumableStep} ${row.status}`;
  const old = rows.filter((row) => row.resumableCount + row.modelCount > 0 && kept.get(row.id)?.seal !== sealOf(row));
  const counted = await countSteps(
    catalog,
    old.map(({ id }) => id),
    TICK_RANGES,
  );
  const fresh = new Map(counted.map((each) => [each.jobId, each]));
  for (const row of old) kept.set(row.id, { seal: sealOf(row), counts: fresh.get(row.id) });
  return new Map(
    rows.flatMap((row) => {
      const counts = kept.get(row.id)?.counts;
      return counts ? [[row.id, counts] as const] : [];
    }),
  );
}
