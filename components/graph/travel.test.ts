import { describe, expect, it } from 'vitest';
import type { LineageLane } from '@/lib/contract/lineage';
import { layoutLanes } from '@/lib/lineage/layout';
import { markId, prepareGraph } from '@/lib/lineage/prepare-graph';
import { TEST_NOW_MS, testLane } from '@/lib/lineage/test-lanes';
import { type Direction, travel } from './travel';

const START_MS = Date.UTC(2026, 5, 1);

/** A checkpoint mark so many minutes into the test's day. */
const mark = (step: number, min: number): LineageLane['marks'][number] => ({
  step,
  roles: ['branch'],
  creationTime: new Date(START_MS + min * 60_000).toISOString(),
  resumable: { group: 'checkpoints', version: step },
});

const from = (parent: string, step: number, kind: 'resume' | 'iterate' | 'evaluate') => ({
  kind,
  packageArn: 'arn',
  step,
  lane: `AgentRFT/${parent}`,
});

/** Two lineages that share rows and time: of `root` came `child` (step 90) and of that `resume` and two evaluations. */
const LANES: LineageLane[] = [
  testLane('root', { startMin: 0, minutes: 1000, marks: [mark(20, 200), mark(90, 900)] }),
  testLane('other', { startMin: 10, minutes: 5000, marks: [mark(10, 500)] }),
  testLane('other-child', { startMin: 600, minutes: 3000, parent: from('other', 10, 'iterate') }),
  testLane('child', {
    startMin: 1100,
    minutes: 1000,
    marks: [mark(20, 1200), mark(47, 1500), mark(60, 1700)],
    parent: from('root', 90, 'iterate'),
  }),
  testLane('eval-a', {
    startMin: 1300,
    minutes: 30,
    jobCategory: 'AgentRFTEvaluation',
    parent: from('child', 47, 'evaluate'),
  }),
  testLane('resume', { startMin: 1600, minutes: 500, firstStep: 47, parent: from('child', 47, 'resume') }),
  testLane('eval-b', {
    startMin: 1800,
    minutes: 30,
    jobCategory: 'AgentRFTEvaluation',
    parent: from('child', 60, 'evaluate'),
  }),
];
const GRAPH = prepareGraph(layoutLanes(LANES, { axis: 'time', nowMs: TEST_NOW_MS }));

const job = (name: string) => `${name.startsWith('eval') ? 'AgentRFTEvaluation' : 'AgentRFT'}/${name}`;
const step = (name: string, at: number) => markId(job(name), at);

/** Every stop of one key, pressed until it leads nowhere. */
function press(start: string, direction: Direction): string[] {
  const stops: string[] = [];
  for (let at = travel(GRAPH, start, direction); at !== undefined; at = travel(GRAPH, at, direction)) {
    expect(stops).not.toContain(at);
    stops.push(at);
  }
  return stops;
}

describe('travel', () => {
  it('goes up through checkpoint and job by turns, to the first job and never beyond', () => {
    expect(press(job('resume'), 'up')).toEqual([step('child', 47), job('child'), step('root', 90), job('root')]);
  });

  it('goes up from a checkpoint nothing started from to its job', () => {
    expect(travel(GRAPH, step('child', 20), 'up')).toBe(job('child'));
    expect(travel(GRAPH, job('root'), 'up')).toBeUndefined();
    expect(travel(GRAPH, job('other'), 'up')).toBeUndefined();
  });

  it('goes down to all that came of a job, once each, and into no other lineage', () => {
    expect(press(job('root'), 'down')).toEqual([
      step('root', 90),
      job('child'),
      step('child', 47),
      job('eval-a'),
      job('resume'),
      step('child', 60),
      job('eval-b'),
    ]);
  });

  it('goes down from a checkpoint nothing started from to the next one something did', () => {
    expect(travel(GRAPH, step('child', 20), 'down')).toBe(step('child', 47));
  });

  it('goes right along a bar and left back to what it came from', () => {
    expect(press(job('root'), 'right').slice(0, 3)).toEqual([step('root', 20), step('root', 90), job('child')]);
    expect(press(step('child', 47), 'left')).toEqual([
      step('child', 20),
      job('child'),
      step('root', 90),
      step('root', 20),
      job('root'),
    ]);
  });

  it('changes to the lineage before or after only when that is asked', () => {
    expect(travel(GRAPH, step('child', 47), 'after')).toBe(job('other'));
    expect(travel(GRAPH, job('other-child'), 'before')).toBe(job('root'));
    expect(travel(GRAPH, job('other'), 'after')).toBeUndefined();
  });

  it('reaches a job whose checkpoint is not drawn, and comes back to the job it left', () => {
    const graph = { ...GRAPH, marks: GRAPH.marks.filter(({ id }) => id !== step('root', 90)) };
    const links = graph.links.map((link) =>
      link.fromMark === step('root', 90) ? { ...link, fromMark: undefined } : link,
    );
    expect(travel({ ...graph, links }, job('root'), 'down')).toBe(job('child'));
    expect(travel({ ...graph, links }, job('child'), 'up')).toBe(job('root'));
  });
});
