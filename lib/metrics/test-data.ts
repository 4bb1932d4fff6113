import type { BranchHop, Series } from '../contract/metrics';

const START = Date.UTC(2026, 10, 1);
const MINUTE = 60_000;

/** A series whose step n was logged n minutes after `startMs`. */
export function testSeries(key: string, points: [step: number, value: number | null][], startMs = START): Series {
  return {
    key,
    steps: points.map(([step]) => step),
    values: points.map(([, value]) => value),
    timesMs: points.map(([step]) => startMs + step * MINUTE),
    total: points.length,
  };
}

/** A hop with everything that a test does not name. */
export function testHop(hop: Partial<BranchHop> & { jobName: string }): BranchHop {
  return {
    jobCategory: 'AgentRFT',
    jobStatus: 'Completed',
    creationTime: new Date(START).toISOString(),
    changed: [],
    source: { state: 'ready', complete: true },
    series: [],
    ...hop,
  };
}

const climb = (from: number, to: number, at: (step: number) => number): [number, number][] =>
  Array.from({ length: to - from + 1 }, (_, index) => [from + index, at(from + index)]);

/** Trained to step 10, resumed from step 8 and trained to 20, iterated from step 15 of that and trained to 12. */
export function threeHops(): BranchHop[] {
  const key = 'rollout/reward/mean';
  return [
    testHop({
      jobName: 'first',
      jobStatus: 'Failed',
      series: [
        testSeries(
          key,
          climb(1, 10, (step) => step / 100),
        ),
      ],
    }),
    testHop({
      jobName: 'second',
      from: { kind: 'resume', group: 'g', version: 8, step: 8 },
      series: [
        testSeries(
          key,
          climb(9, 20, (step) => 0.5 + step / 100),
          START + 60 * MINUTE,
        ),
      ],
    }),
    testHop({
      jobName: 'third',
      from: { kind: 'iterate', group: 'm', version: 23, step: 15 },
      changed: ['HyperParameters.learning_rate'],
      series: [
        testSeries(
          key,
          climb(1, 12, (step) => 1 + step / 100),
          START + 120 * MINUTE,
        ),
      ],
    }),
  ];
}
