import type { LineageKind } from '../contract/jobs';
import type { ParentProblem } from '../contract/lineage';
import type { JobCategory } from '../contract/names';

/** Where a job started from, as the catalog knows it. */
export interface LineageInput {
  kind: LineageKind;
  packageArn: string;
  group?: string;
  version?: number;
  step?: number;
  /** When the package was written, epoch milliseconds. */
  writtenMs?: number;
  /** Id of the job that made it. */
  maker?: string;
  /** The package is of another account or region. */
  foreign?: boolean;
  /** The catalog has the package. */
  seen: boolean;
}

/** A job as far as lineage is concerned. */
export interface LineageJob {
  id: string;
  jobCategory: JobCategory;
  createdMs: number;
  input?: LineageInput;
}

export interface GraphNode<J extends LineageJob = LineageJob> {
  job: J;
  parent?: GraphNode<J>;
  kind?: LineageKind;
  problem?: ParentProblem;
  children: GraphNode<J>[];
  root: GraphNode<J>;
  /** Steps trained before it on the way from the root. */
  stepOffset: number;
  /** It was created before its checkpoint was written. */
  skewed: boolean;
}

/**
 * Jobs joined by the checkpoints they started from: a forest, parents before children, otherwise oldest first. A job has
 * one input at most, so following inputs upwards is a walk; where evidence would close a circle the link that closes it
 * is cut (`loop`). Nothing recurses: a chain may be as long as the account. Time: one sort, then linear.
 */
export function buildGraph<J extends LineageJob>(jobs: readonly J[]): GraphNode<J>[] {
  const nodes = new Map<string, GraphNode<J>>();
  for (const job of jobs) {
    if (nodes.has(job.id)) continue;
    const node = { job, children: [], stepOffset: 0, skewed: false } as unknown as GraphNode<J>;
    node.root = node;
    nodes.set(job.id, node);
  }
  const oldestFirst = [...nodes.values()].sort(
    (a, b) => a.job.createdMs - b.job.createdMs || (a.job.id < b.job.id ? -1 : 1),
  );
  for (const node of oldestFirst) link(node, nodes);
  cutLoops(oldestFirst);
  for (const node of oldestFirst) node.parent?.children.push(node);
  return parentsFirst(oldestFirst);
}

function link<J extends LineageJob>(node: GraphNode<J>, nodes: Map<string, GraphNode<J>>): void {
  const { input } = node.job;
  if (!input) return;
  node.kind = node.job.jobCategory === 'AgentRFTEvaluation' ? 'evaluate' : input.kind;
  const maker = input.maker === undefined ? undefined : nodes.get(input.maker);
  if (maker) node.parent = maker;
  else if (input.foreign) node.problem = 'foreign';
  else node.problem = input.seen && input.maker === undefined ? 'unattributed' : 'unseen';
  node.skewed = input.writtenMs !== undefined && input.writtenMs > node.job.createdMs;
}

function cutLoops<J extends LineageJob>(nodes: readonly GraphNode<J>[]): void {
  const safe = new Set<GraphNode<J>>();
  for (const start of nodes) {
    const walk = new Set<GraphNode<J>>();
    let at: GraphNode<J> | undefined = start;
    while (at && !safe.has(at)) {
      walk.add(at);
      if (at.parent && walk.has(at.parent)) {
        at.parent = undefined;
        at.problem = 'loop';
      }
      at = at.parent;
    }
    for (const each of walk) safe.add(each);
  }
}

/** With clocks that disagree a child may be older than its parent; it still comes after it. */
function parentsFirst<J extends LineageJob>(oldestFirst: readonly GraphNode<J>[]): GraphNode<J>[] {
  const done = new Set<GraphNode<J>>();
  const order: GraphNode<J>[] = [];
  for (const start of oldestFirst) {
    const way: GraphNode<J>[] = [];
    for (let at: GraphNode<J> | undefined = start; at && !done.has(at); at = at.parent) way.push(at);
    for (const node of way.reverse()) {
      done.add(node);
      order.push(node);
      const { parent } = node;
      if (!parent) continue;
      node.root = parent.root;
      node.stepOffset = stepsBefore(node, parent);
    }
  }
  return order;
}

/**
 * Where the child's steps begin on the way from the root. After a resume the job goes on counting (its first step is the
 * checkpoint's plus one), so that its own numbers already hold what the parent trained.
 */
function stepsBefore<J extends LineageJob>(node: GraphNode<J>, parent: GraphNode<J>): number {
  return parent.stepOffset + (node.kind === 'resume' ? 0 : (node.job.input?.step ?? 0));
}
