import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGraph, type LineageInput, type LineageJob } from './build-graph';

const input = (maker: string | undefined, more: Partial<LineageInput> = {}): LineageInput => ({
  kind: 'iterate',
  packageArn: 'arn',
  seen: true,
  step: 10,
  ...(maker !== undefined && { maker }),
  ...more,
});

const job = (id: string, createdMs: number, from?: LineageInput): LineageJob => ({
  id,
  jobCategory: 'AgentRFT',
  createdMs,
  ...(from && { input: from }),
});

describe('buildGraph', () => {
  it('joins jobs by what they started from, and says how', () => {
    const graph = buildGraph([
      job('c', 3, input('b', { kind: 'resume', step: 40 })),
      job('a', 1),
      job('b', 2, input('a', { step: 20 })),
      { ...job('e', 4, input('b')), jobCategory: 'AgentRFTEvaluation' },
    ]);
    expect(graph.map(({ job: { id }, parent, kind, stepOffset }) => [id, parent?.job.id, kind, stepOffset])).toEqual([
      ['a', undefined, undefined, 0],
      ['b', 'a', 'iterate', 20],
      // A resume goes on counting, so that nothing is added.
      ['c', 'b', 'resume', 20],
      ['e', 'b', 'evaluate', 30],
    ]);
    expect(graph.every(({ root }) => root.job.id === 'a')).toBe(true);
  });

  it.each([
    ['a job that is gone', input('gone'), 'unseen'],
    ['a package nobody has seen', input(undefined, { seen: false }), 'unseen'],
    ['a package without a job', input(undefined), 'unattributed'],
    ['a package of another account', input(undefined, { foreign: true, seen: false }), 'foreign'],
  ])('keeps a root that started from %s, and why', (_, from, problem) => {
    const [root] = buildGraph([job('a', 1, from)]);
    expect([root?.problem, root?.parent]).toEqual([problem, undefined]);
  });

  it('is not hung by evidence that leads in a circle', () => {
    const graph = buildGraph([
      job('self', 1, input('self')),
      job('a', 2, input('c')),
      job('b', 3, input('a')),
      job('c', 4, input('b')),
      job('d', 5, input('c')),
    ]);
    expect(graph.map(({ job: { id } }) => id).sort()).toEqual(['a', 'b', 'c', 'd', 'self']);
    expect(graph.filter(({ problem }) => problem === 'loop')).toHaveLength(2);
  });

  it('puts parents first and visits every job once, whatever points where', () => {
    const anyJob = fc.record({ createdMs: fc.integer({ min: 0, max: 50 }), to: fc.integer({ min: -5, max: 39 }) });
    fc.assert(
      fc.property(fc.array(anyJob, { maxLength: 40 }), (plans) => {
        const graph = buildGraph(
          plans.map(({ createdMs, to }, index) => job(`j${index}`, createdMs, to < 0 ? undefined : input(`j${to}`))),
        );
        expect(new Set(graph.map(({ job: { id } }) => id)).size).toBe(plans.length);
        const place = new Map(graph.map((node, index) => [node, index]));
        for (const [index, { parent }] of graph.entries()) {
          if (parent) expect(place.get(parent)).toBeLessThan(index);
        }
      }),
    );
  });

  it('follows a chain of ten thousand resumes', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      job(`j${index}`, index, index === 0 ? undefined : input(`j${index - 1}`, { kind: 'resume' })),
    );
    const graph = buildGraph(chain);
    expect(graph.at(-1)?.root.job.id).toBe('j0');
  });

  it('says when a job is older than its checkpoint', () => {
    const [, child] = buildGraph([job('a', 1), job('b', 5, input('a', { writtenMs: 9 }))]);
    expect(child?.skewed).toBe(true);
  });
});
