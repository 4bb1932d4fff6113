import 'server-only';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import {
  type GetLineageQuery,
  type GetLineageResponse,
  type LineageEdge,
  type LineageLane,
  MAX_LANES,
} from '@/lib/contract/lineage';
import { parseStatusWords } from '@/lib/jobs/jobs-search';
import { shownStatus, statusGroup } from '@/lib/jobs/status';
import type { GraphNode } from '@/lib/lineage/build-graph';
import { Standouts, toMarks } from '@/lib/lineage/choose-marks';
import { collapse, relatives } from '@/lib/lineage/collapse';
import { listPinnedSteps } from '../catalog/checkpoint-marks';
import { countsOf } from '../catalog/kept-counts';
import { findPackagePlace, listStepPackages, type StepCounts, type StepPackage } from '../catalog/lineage-reads';
import type { Scope } from '../catalog/scopes-store';
import type { Deployment } from '../deployment';
import { type BaseJob, type LineageBase, lineageBase, stepCountsOf } from './lineage-base';

type Node = GraphNode<BaseJob>;

/**
 * The lineage of a region, collapsed to what a screen can hold: lanes, what stands out on them, how everything else
 * is spread, and how many jobs are not shown and where. Answers from the catalog alone, in a handful of queries.
 */
export async function getLineage(d: Deployment, region: string, query: GetLineageQuery): Promise<GetLineageResponse> {
  const scope = await d.scope(region);
  // Pins are people's own and no change of the jobs: they are read anew for every answer.
  const [base, { facets }, pinned] = await Promise.all([
    lineageBase(d.catalog, scope),
    countsOf(d.catalog, scope, listJobsQuerySchema.parse({})),
    listPinnedSteps(d.catalog, scope),
  ]);
  const pins = new Map<number, number[]>();
  for (const { jobId, step } of pinned) pins.set(jobId, [...(pins.get(jobId) ?? []), step]);
  const focus = await findFocus(d, scope, base, query.focus);
  const around = focus?.node && (query.only === '1' || query.depth !== undefined);
  const matches = toMatcher(base, query);
  const collapsed = collapse(base.graph, {
    budget: MAX_LANES,
    matches,
    within: around && focus.node ? relatives(focus.node, query.only === '1' ? undefined : query.depth) : undefined,
    closed: new Set(query.closed),
    first: [
      ...(focus?.node ? [focus.node.job.id] : []),
      ...(query.open ?? []).flatMap((id) => base.byId.get(id)?.children.map(({ job }) => job.id) ?? []),
      ...(base.best ? [base.best.node.job.id] : []),
    ],
  });
  const lanes = await toLanes(d, base, collapsed, { closed: new Set(query.closed), focus, pins });
  const [newest] = collapsed.leftOut;
  return {
    lanes,
    totals: {
      jobs: base.graph.length,
      matching: collapsed.matching,
      lineages: new Set(collapsed.shown.map(({ root }) => root)).size + collapsed.leftOut.length,
      checkpoints: base.checkpoints,
      unattributed: base.unattributed,
    },
    older: newest && {
      jobs: collapsed.leftOut.reduce((sum, { jobs }) => sum + jobs, 0),
      lineages: collapsed.leftOut.length,
      until: new Date(newest.lastMs).toISOString(),
    },
    best: base.best && {
      lane: base.best.node.job.id,
      step: base.best.step,
      value: base.best.value,
      by: base.best.by,
    },
    focus: focus && { found: focus.node !== undefined, lane: focus.node?.job.id, step: focus.step },
    facets,
    asOf: d.sync.status(region).lastSuccessAt,
    awsNow: d.awsNow(region).toISOString(),
  };
}

interface Focus {
  node?: Node;
  step?: number;
}

/** What people want of the answer besides what the jobs are. */
interface Wishes {
  closed: ReadonlySet<string>;
  focus: Focus | undefined;
  /** Pinned steps, by the catalog's id of their job. */
  pins: ReadonlyMap<number, readonly number[]>;
}

async function findFocus(
  d: Deployment,
  scope: Scope,
  base: LineageBase,
  focus: string | undefined,
): Promise<Focus | undefined> {
  if (focus === undefined) return undefined;
  if (focus.startsWith('job:')) return { node: base.byId.get(focus.slice('job:'.length)) };
  const [group = '', version = ''] = focus.slice('package:'.length).split('/');
  const place = await findPackagePlace(d.catalog, scope, group, Number(version));
  return {
    node: place?.jobId == null ? undefined : base.byRowId.get(place.jobId),
    step: place?.step ?? undefined,
  };
}

/** Which jobs the filters ask for; undefined without any. */
function toMatcher(base: LineageBase, query: GetLineageQuery): ((id: string) => boolean) | undefined {
  const { status, baseModel, dataset, since, until } = query;
  if (!status && !baseModel && !dataset && !since && !until) return undefined;
  const words = new Set(parseStatusWords(status));
  const sinceMs = since ? Date.parse(since) : Number.NEGATIVE_INFINITY;
  const untilMs = until ? Date.parse(until) : Number.POSITIVE_INFINITY;
  return (id) => {
    const row = base.byId.get(id)?.job.row;
    if (!row) return false;
    const createdMs = row.createdAt.getTime();
    return (
      (words.size === 0 || words.has(row.status) || words.has(statusGroup(row.status))) &&
      (!baseModel || row.baseModel === baseModel) &&
      (!dataset || row.dataset === dataset) &&
      createdMs >= sinceMs &&
      createdMs <= untilMs
    );
  };
}

async function toLanes(
  d: Deployment,
  base: LineageBase,
  collapsed: ReturnType<typeof collapse<BaseJob>>,
  wishes: Wishes,
): Promise<LineageLane[]> {
  const { shown, hidden, context } = collapsed;
  const counts = await stepCountsOf(
    d.catalog,
    shown.map(({ job }) => job.row),
  );
  const standouts = new Map(shown.map((node) => [node, standoutsOf(node, counts.get(node.job.row.id), base, wishes)]));
  const asked = [...standouts].flatMap(([node, each]) =>
    each.list().map(({ step }) => ({ jobId: node.job.row.id, step })),
  );
  const packages = new Map<number, StepPackage[]>();
  for (const each of await listStepPackages(d.catalog, asked)) {
    packages.set(each.jobId, [...(packages.get(each.jobId) ?? []), each]);
  }
  const isShown = new Set(shown);
  const onPath = new Set(base.best?.path);
  return shown.map((node) => {
    const { row, id, score } = node.job;
    const steps = counts.get(row.id);
    const below = hidden.get(id);
    const last = Math.max(steps?.last ?? 0, row.progress?.currentStep ?? 0);
    return {
      id,
      jobCategory: row.category,
      jobName: row.name,
      jobStatus: row.status,
      secondaryStatus: row.secondaryStatus,
      creationTime: row.createdAt.toISOString(),
      endTime: row.endedAt?.toISOString(),
      deletedAt: row.deletedAt?.toISOString(),
      baseModel: row.baseModel ?? undefined,
      dataset: row.dataset ?? undefined,
      parent: toEdge(node, isShown),
      stepOffset: node.stepOffset,
      firstStep: node.kind === 'resume' ? (node.job.input?.step ?? 0) : 0,
      lastStep: last > 0 ? last : undefined,
      plannedStep: row.progress?.totalSteps,
      checkpoints: { resumable: row.resumableCount, model: row.modelCount },
      marks: toMarks(standouts.get(node) ?? new Standouts(), packages.get(row.id) ?? []),
      ticks: steps && toTicks(steps, row.createdAt),
      spark: row.reward?.spark,
      score,
      best: onPath.has(node) || undefined,
      context: context.has(id) || undefined,
      hidden: below && {
        jobs: below.length,
        live: below.filter(({ job }) => !shownStatus(job.row.status, job.row.secondaryStatus).final).length,
        closed: wishes.closed.has(id),
      },
      hasChildren: node.children.length > 0,
    };
  });
}

/** Which steps of a job are nodes: its end, its best, where others start, what was evaluated, pinned or is looked at. */
function standoutsOf(node: Node, steps: StepCounts | undefined, base: LineageBase, { focus, pins }: Wishes): Standouts {
  const found = new Standouts();
  if (steps) found.add(steps.last, 'end');
  for (const { job, kind } of node.children) {
    const step = job.input?.step;
    if (step === undefined) continue;
    found.add(step, kind === 'evaluate' ? 'evaluated' : 'branch');
    if (kind === 'evaluate' && job.score) found.addScore(step, job.score.value);
  }
  const best = node.job.score?.step;
  if (best !== undefined) found.add(best, 'best');
  if (base.best?.node === node && base.best.step !== undefined) found.add(base.best.step, 'best');
  for (const step of pins.get(node.job.row.id) ?? []) found.add(step, 'pinned');
  if (focus?.node === node && focus.step !== undefined) found.add(focus.step, 'focus');
  return found;
}

function toTicks({ from, size, buckets }: StepCounts, createdAt: Date): LineageLane['ticks'] {
  const length = (buckets.at(-1)?.bucket ?? 0) + 1;
  const counts = new Array<number>(length).fill(0);
  const endMs = new Array<number>(length).fill(0);
  for (const { bucket, count, lastAt } of buckets) {
    counts[bucket] = count;
    endMs[bucket] = lastAt.getTime() - createdAt.getTime();
  }
  return { from, size, counts, endMs };
}

function toEdge(node: Node, shown: ReadonlySet<Node>): LineageEdge | undefined {
  const { input } = node.job;
  if (!input || !node.kind) return undefined;
  const { packageArn, group, version, step } = input;
  const edge: LineageEdge = { kind: node.kind, packageArn, group, version, step };
  if (node.skewed) edge.skewed = true;
  const { parent } = node;
  if (!parent) return { ...edge, problem: node.problem ?? 'unseen' };
  if (shown.has(parent)) return { ...edge, lane: parent.job.id };
  let hiddenJobs = 0;
  for (let at: Node | undefined = parent; at && !shown.has(at); at = at.parent) hiddenJobs += 1;
  return { ...edge, problem: 'hidden', hiddenJobs };
}
