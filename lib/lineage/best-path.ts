import type { GraphNode, LineageJob } from './build-graph';

export interface ScoredJob extends LineageJob {
  /** An evaluation's own reward, or a training job's best validation and where it was. */
  score?: { value: number; step?: number };
}

export interface Best<J extends LineageJob> {
  /** The training job that holds it. */
  node: GraphNode<J>;
  step?: number;
  value: number;
  by: 'validation' | 'evaluation';
  /** From the root to it. */
  path: GraphNode<J>[];
}

/**
 * Today's best and the way that led to it. An evaluation was made to compare, so that one score of an evaluation counts
 * more than any validation; without one the highest validation reward does. Of equal values the older wins.
 */
export function findBest<J extends ScoredJob>(graph: readonly GraphNode<J>[]): Best<J> | undefined {
  const evaluated = highest(
    graph.filter(({ job, parent }) => job.jobCategory === 'AgentRFTEvaluation' && parent !== undefined),
  );
  const found = evaluated ?? highest(graph.filter(({ job }) => job.jobCategory === 'AgentRFT'));
  if (!found?.job.score) return undefined;
  const isEvaluation = found.job.jobCategory === 'AgentRFTEvaluation';
  const node = isEvaluation ? (found.parent ?? found) : found;
  const path: GraphNode<J>[] = [];
  for (let at: GraphNode<J> | undefined = node; at; at = at.parent) path.push(at);
  return {
    node,
    step: isEvaluation ? found.job.input?.step : found.job.score.step,
    value: found.job.score.value,
    by: isEvaluation ? 'evaluation' : 'validation',
    path: path.reverse(),
  };
}

function highest<J extends ScoredJob>(nodes: readonly GraphNode<J>[]): GraphNode<J> | undefined {
  return nodes.reduce<GraphNode<J> | undefined>(
    (best, node) => (node.job.score && (!best?.job.score || node.job.score.value > best.job.score.value) ? node : best),
    undefined,
  );
}
