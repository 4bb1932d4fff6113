import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type LineageJob } from './build-graph';
import { collapse, relatives } from './collapse';

const job = (id: string, createdMs: number, maker?: string): LineageJob => ({
  id,
  jobCategory: 'AgentRFT',
  createdMs,
  ...(maker && { input: { kind: 'iterate', packageArn: 'arn', seen: true, maker } as const }),
});

/** a ─ b ─ c and a ─ d; old; x ─ y, the youngest. */
const GRAPH = buildGraph([
  job('old', 0),
  job('a', 10),
  job('b', 20, 'a'),
  job('c', 30, 'b'),
  job('d', 40, 'a'),
  job('x', 50),
  job('y', 60, 'x'),
]);
const ids = (nodes: { job: { id: string } }[]) => nodes.map(({ job: { id } }) => id);

describe('collapse', () => {
  it('shows everything while it fits', () => {
    const { shown, hidden, leftOut } = collapse(GRAPH, { budget: 10 });
    expect(ids(shown)).toEqual(['old', 'a', 'b', 'c', 'd', 'x', 'y']);
    expect([hidden.size, leftOut.length]).toEqual([0, 0]);
  });

  it('shows the lineage last added to first, its newest jobs with the way to them, and counts the rest', () => {
    const { shown, hidden, leftOut } = collapse(GRAPH, { budget: 4 });
    expect(ids(shown)).toEqual(['a', 'd', 'x', 'y']);
    expect(ids(hidden.get('a') ?? [])).toEqual(['b', 'c']);
    expect(leftOut.map(({ root, jobs, lastMs }) => [root.job.id, jobs, lastMs])).toEqual([['old', 1, 0]]);
  });

  it('shows what is asked for by name before everything else', () => {
    expect(ids(collapse(GRAPH, { budget: 3, first: ['c'] }).shown)).toEqual(['a', 'b', 'c']);
  });

  it('hides what is below a closed lane and counts it there', () => {
    const { shown, hidden } = collapse(GRAPH, { budget: 10, closed: new Set(['a']) });
    expect(ids(shown)).toEqual(['old', 'a', 'x', 'y']);
    expect(ids(hidden.get('a') ?? [])).toEqual(['b', 'c', 'd']);
  });

  it('shows the way to what matches, and says that it is only the way', () => {
    const { shown, context, matching } = collapse(GRAPH, { budget: 10, matches: (id) => id === 'c' });
    expect(ids(shown)).toEqual(['a', 'b', 'c']);
    expect([...context].sort()).toEqual(['a', 'b']);
    expect(matching).toBe(1);
  });

  it('of a chain that is too long shows the end', () => {
    const chain = buildGraph(Array.from({ length: 50 }, (_, i) => job(`j${i}`, i, i ? `j${i - 1}` : undefined)));
    expect(ids(collapse(chain, { budget: 3 }).shown)).toEqual(['j47', 'j48', 'j49']);
  });

  it('never shows more than it may, and loses no job', () => {
    const anyJob = fc.record({ createdMs: fc.integer({ min: 0, max: 99 }), to: fc.integer({ min: -20, max: 59 }) });
    fc.assert(
      fc.property(fc.array(anyJob, { maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (plans, budget) => {
        const graph = buildGraph(
          plans.map(({ createdMs, to }, i) => job(`j${i}`, createdMs, to < 0 ? undefined : `j${to}`)),
        );
        const { shown, hidden, leftOut } = collapse(graph, { budget });
        const counted =
          shown.length +
          [...hidden.values()].reduce((sum, list) => sum + list.length, 0) +
          leftOut.reduce((sum, { jobs }) => sum + jobs, 0);
        expect(shown.length).toBe(Math.min(budget, graph.length));
        // Of a chain cut at its head the earlier jobs are told by the first lane shown.
        expect(counted).toBeLessThanOrEqual(graph.length);
        if (graph.length <= budget) expect(counted).toBe(graph.length);
      }),
    );
  });
});

describe('relatives', () => {
  const node = (id: string) => GRAPH.find(({ job: { id: each } }) => each === id) ?? GRAPH[0];
  it('is the whole lineage without a depth', () => {
    const found = node('c');
    expect(found && [...relatives(found)].sort()).toEqual(['a', 'b', 'c', 'd']);
  });
  it('goes as many generations up and down as asked', () => {
    const found = node('b');
    expect(found && [...relatives(found, 1)].sort()).toEqual(['a', 'b', 'c']);
  });
});
