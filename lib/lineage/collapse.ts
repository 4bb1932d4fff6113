import type { GraphNode, LineageJob } from './build-graph';

export interface CollapseWish {
  /** Lanes the answer may hold. */
  budget: number;
  /** Jobs the filters ask for; undefined: all. */
  matches?: (id: string) => boolean;
  /** Jobs that must be shown before others: the focus, what is opened, the best path. Earlier first. */
  first?: readonly string[];
  /** Below these nothing is wanted. */
  closed?: ReadonlySet<string>;
  /** Only jobs of these. */
  within?: ReadonlySet<string>;
}

export interface Collapsed<J extends LineageJob> {
  /** Shown, parents first. */
  shown: GraphNode<J>[];
  /** Jobs hidden below a shown one, by its id. */
  hidden: Map<string, GraphNode<J>[]>;
  /** Whole lineages left out, newest activity first. */
  leftOut: { root: GraphNode<J>; jobs: number; lastMs: number }[];
  /** Shown only as part of the way to a job that matches. */
  context: Set<string>;
  matching: number;
}

/**
 * Which jobs become lanes. While everything fits, everything that matches is shown together with the way that led to it.
 * When it does not fit: first what was asked for by name, then lineage after lineage, the one last added to first, and
 * inside one its newest jobs with their ancestors. What is left out is counted at the nearest lane above it.
 */
export function collapse<J extends LineageJob>(graph: readonly GraphNode<J>[], wish: CollapseWish): Collapsed<J> {
  const shut = belowClosed(graph, wish.closed);
  const wanted = graph.filter(
    ({ job: { id } }) => (!wish.within || wish.within.has(id)) && (!wish.matches || wish.matches(id)),
  );
  const candidates = wanted.filter((node) => !shut.has(node));
  const shown = pick(graph, candidates, wish);
  const matched = new Set(wanted);

  const hidden = new Map<string, GraphNode<J>[]>();
  const leftOut = new Map<GraphNode<J>, { root: GraphNode<J>; jobs: number; lastMs: number }>();
  const above = new Map<GraphNode<J>, GraphNode<J>>();
  for (const node of graph) {
    const over = node.parent && above.get(node.parent);
    const nearest = shown.has(node) ? node : over;
    if (nearest) above.set(node, nearest);
    if (shown.has(node) || !matched.has(node)) continue;
    if (nearest) {
      const list = hidden.get(nearest.job.id) ?? [];
      list.push(node);
      hidden.set(nearest.job.id, list);
      continue;
    }
    const whole = leftOut.get(node.root) ?? { root: node.root, jobs: 0, lastMs: node.job.createdMs };
    whole.jobs += 1;
    whole.lastMs = Math.max(whole.lastMs, node.job.createdMs);
    leftOut.set(node.root, whole);
  }
  // Jobs before a chain that was cut at its head belong to a lineage that is on the screen.
  for (const node of shown) leftOut.delete(node.root);
  return {
    shown: graph.filter((node) => shown.has(node)),
    hidden,
    leftOut: [...leftOut.values()].sort((a, b) => b.lastMs - a.lastMs),
    context: new Set([...shown].filter((node) => !matched.has(node)).map(({ job }) => job.id)),
    matching: wanted.length,
  };
}

function belowClosed<J extends LineageJob>(graph: readonly GraphNode<J>[], closed: ReadonlySet<string> | undefined) {
  const below = new Set<GraphNode<J>>();
  if (!closed?.size) return below;
  for (const node of graph) {
    if (node.parent && (closed.has(node.parent.job.id) || below.has(node.parent))) below.add(node);
  }
  return below;
}

function pick<J extends LineageJob>(
  graph: readonly GraphNode<J>[],
  candidates: readonly GraphNode<J>[],
  { budget, first = [] }: CollapseWish,
): Set<GraphNode<J>> {
  const shown = new Set<GraphNode<J>>();
  /** The job and its ancestors, nearest first, until the answer is full: of a very long chain the end is shown. */
  const show = (node: GraphNode<J>) => {
    for (let at: GraphNode<J> | undefined = node; at && !shown.has(at) && shown.size < budget; at = at.parent) {
      shown.add(at);
    }
  };
  if (first.length > 0) {
    const byId = new Map(graph.map((node) => [node.job.id, node]));
    const able = new Set(candidates);
    for (const id of first) {
      const node = byId.get(id);
      if (node && able.has(node)) show(node);
    }
  }
  for (const node of byActivity(candidates)) {
    if (shown.size >= budget) break;
    show(node);
  }
  return shown;
}

/** Lineage after lineage, the one last added to first; inside one its newest jobs first. */
function byActivity<J extends LineageJob>(candidates: readonly GraphNode<J>[]): GraphNode<J>[] {
  const lastMs = new Map<GraphNode<J>, number>();
  for (const { root, job } of candidates) lastMs.set(root, Math.max(lastMs.get(root) ?? 0, job.createdMs));
  return [...candidates].sort(
    (a, b) =>
      (lastMs.get(b.root) ?? 0) - (lastMs.get(a.root) ?? 0) ||
      (a.root.job.id < b.root.job.id ? -1 : a.root.job.id > b.root.job.id ? 1 : 0) ||
      b.job.createdMs - a.job.createdMs,
  );
}

/** The jobs up to `depth` generations above and below one; its whole lineage without a depth. */
export function relatives<J extends LineageJob>(node: GraphNode<J>, depth?: number): Set<string> {
  const top = depth === undefined ? node.root : node;
  const found = new Set<string>();
  let level: GraphNode<J>[] = [top];
  for (let down = 0; level.length > 0 && (depth === undefined || down <= depth); down += 1) {
    for (const each of level) found.add(each.job.id);
    level = level.flatMap(({ children }) => children);
  }
  let up = node.parent;
  for (let height = 0; up && (depth === undefined || height < depth); height += 1, up = up.parent) found.add(up.job.id);
  return found;
}
