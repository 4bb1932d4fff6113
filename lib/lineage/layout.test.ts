import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineageLane } from '../contract/lineage';
import { type Layout, type LineageAxis, layoutLanes } from './layout';
import { TEST_NOW_MS, testLane } from './test-lanes';

interface Plan {
  startMin: number;
  minutes: number;
  live: boolean;
  evaluation: boolean;
  /** Which of the jobs before it is the parent, by share; none below 0. */
  parent: number;
  step: number;
  kind: 'resume' | 'iterate';
}

const plan: fc.Arbitrary<Plan> = fc.record({
  startMin: fc.integer({ min: 0, max: 20_000 }),
  minutes: fc.integer({ min: 0, max: 3_000 }),
  live: fc.boolean(),
  evaluation: fc.boolean(),
  parent: fc.double({ min: -0.3, max: 0.999, noNaN: true }),
  step: fc.integer({ min: 1, max: 100 }),
  kind: fc.constantFrom('resume', 'iterate'),
});

/** Lanes as the API sends them: parents first, otherwise oldest first. */
function toLanes(plans: readonly Plan[]): LineageLane[] {
  const lanes: LineageLane[] = [];
  const sorted = [...plans].sort((a, b) => a.startMin - b.startMin);
  for (const [index, { startMin, minutes, live, evaluation, parent, step, kind }] of sorted.entries()) {
    const above = parent < 0 ? undefined : lanes[Math.floor(parent * lanes.length)];
    const from = above && above.jobCategory === 'AgentRFT' ? above : undefined;
    lanes.push(
      testLane(`job-${index}`, {
        startMin,
        ...(!live && { minutes }),
        jobCategory: evaluation ? 'AgentRFTEvaluation' : 'AgentRFT',
        firstStep: kind === 'resume' && from ? step : 0,
        lastStep: (kind === 'resume' && from ? step : 0) + 40,
        stepOffset: from ? from.stepOffset + (kind === 'resume' ? 0 : step) : 0,
        ...(from && {
          parent: { kind: evaluation ? 'evaluate' : kind, packageArn: 'arn', step, lane: from.id } as const,
        }),
      }),
    );
  }
  return lanes;
}

const layoutOf = (lanes: readonly LineageLane[], axis: LineageAxis, scale?: number) =>
  layoutLanes(lanes, { axis, nowMs: TEST_NOW_MS, scale });

/** Lanes of one row that share a stretch of it, the link on their left included. */
function overlaps({ lanes }: Layout): string[] {
  const rows = new Map<number, typeof lanes>();
  for (const one of lanes) rows.set(one.row, [...(rows.get(one.row) ?? []), one]);
  return [...rows.values()].flatMap((row) => {
    const sorted = [...row].sort((a, b) => (a.dropX ?? a.x) - (b.dropX ?? b.x));
    return sorted.flatMap((one, index) => {
      const next = sorted[index + 1];
      return next && (next.dropX ?? next.x) <= one.x + one.width ? [`${one.lane.id} ${next.lane.id}`] : [];
    });
  });
}

describe.each(['time', 'steps'] as const)('layoutLanes by %s', (axis) => {
  it('never draws two lanes over one another', () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 80 }), (plans) => {
        expect(overlaps(layoutOf(toLanes(plans), axis))).toEqual([]);
      }),
    );
  });

  it('puts every job below the one it came from, and its link never right of itself', () => {
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 60 }), (plans) => {
        const { lanes, byId } = layoutOf(toLanes(plans), axis);
        for (const { lane, row, x, dropX } of lanes) {
          const parent = lane.parent?.lane === undefined ? undefined : byId.get(lane.parent.lane);
          if (!parent) continue;
          expect(row).toBeGreaterThan(parent.row);
          expect(dropX).toBeLessThan(x);
        }
      }),
    );
  });

  it('moves nothing when a job is added', () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 60 }), plan, (plans, added) => {
        const newest = Math.max(...plans.map(({ startMin }) => startMin));
        const before = layoutOf(toLanes(plans), axis);
        const lanes = toLanes([...plans, { ...added, startMin: newest + 1 + added.startMin }]);
        const after = layoutOf(lanes, axis, before.scale);
        for (const { lane, row, x } of before.lanes) {
          expect(after.byId.get(lane.id)).toMatchObject({ row, x });
        }
      }),
    );
  });

  it('gives an empty account an empty picture', () => {
    expect(layoutOf([], axis)).toMatchObject({ lanes: [], width: 0, rows: 0 });
  });
});

describe('layoutLanes', () => {
  it('keeps everything in its place when a running job ends', () => {
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 60 }), (plans) => {
        const lanes = toLanes(plans);
        const now = Date.UTC(2026, 5, 1) + 24_000 * 60_000;
        const before = layoutLanes(lanes, { axis: 'time', nowMs: now });
        const ended = lanes.map((lane) => ({ ...lane, endTime: lane.endTime ?? new Date(now).toISOString() }));
        const after = layoutLanes(ended, { axis: 'time', nowMs: now + 60_000, scale: before.scale });
        for (const { lane, row, x } of before.lanes) expect(after.byId.get(lane.id)).toMatchObject({ row, x });
      }),
    );
  });

  it('uses a row again once it is free', () => {
    const lanes = [0, 1_000, 2_000].map((startMin, index) => testLane(`lone-${index}`, { startMin, minutes: 100 }));
    // The state of a job stands behind its end, where idle time is folded to less: the next but one has the row again.
    expect(layoutOf(lanes, 'time', 1 / 10_000).lanes.map(({ row }) => row)).toEqual([0, 1, 0]);
    // At three minutes a pixel names need more room than jobs.
    expect(layoutOf(lanes, 'time', 1 / 180_000).rows).toBe(3);
  });

  it('looks at a bounded number of rows for each job, however many jobs there are', () => {
    // All of them at once and from one root: the worst there is for a search for room.
    const fan = (count: number) => {
      const root = testLane('root', { startMin: 0, minutes: 60 });
      const children = Array.from({ length: count }, (_, index) =>
        testLane(`child-${index}`, {
          startMin: 61 + index / 1_000,
          minutes: 60,
          parent: { kind: 'iterate', packageArn: 'arn', lane: root.id, step: 10 },
        }),
      );
      return layoutOf([root, ...children], 'time', 1 / 60_000);
    };
    expect(fan(100).rows).toBe(101);
    expect(fan(2_000).rows).toBe(2_001);
  });
});
