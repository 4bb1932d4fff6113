import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curveRows, toCsv } from './curve-table';
import { placeHops } from './place-hops';
import { prepareRewardChart } from './prepare-reward-chart';
import { REWARD } from './reward-keys';
import { piecesOf, stitchSeries } from './stitch-series';
import { testHop, testSeries, threeHops } from './test-data';

const branch = placeHops(threeHops()).hops;

describe('a branch of train, resume and iterate', () => {
  it('is one line: the child wins beyond the checkpoint, and an iterate counts on over the branch', () => {
    const { live, tails } = stitchSeries(branch, REWARD.mean);
    expect(live.map(({ cumulative }) => cumulative)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1));
    expect(live.filter(({ at }) => at === 0)).toHaveLength(8);
    expect(live.find(({ cumulative }) => cumulative === 9)).toMatchObject({ at: 1, step: 9, value: 0.59 });
    expect(live.find(({ cumulative }) => cumulative === 16)).toMatchObject({ at: 2, step: 1, value: 1.01 });
    expect(tails.map(({ at, points }) => [at, points.map(({ step }) => step)])).toEqual([
      [0, [9, 10]],
      [1, [16, 17, 18, 19, 20]],
    ]);
  });

  it('has two labelled seams, and says what was lost and what was left aside', () => {
    const { model, losses } = prepareRewardChart(branch, { axis: 'cumulative', smoothing: 0 });
    expect(model.seams.map(({ x, label }) => [x, label])).toEqual([
      [8, 'Resumed from step 8: nothing changed'],
      [15, 'Iterated from step 15: learning_rate'],
    ]);
    expect(losses.map((text) => text.replaceAll('\u00a0', ' '))).toEqual([
      '2 steps of first after the checkpoint were lost and trained again.',
      '5 steps of second after the checkpoint are left aside.',
    ]);
    expect(model.lines.filter(({ look }) => look === 'strong')).toHaveLength(1);
    expect(model.lines.filter(({ look }) => look === 'dimmed').map(({ xs }) => xs)).toEqual([
      [9, 10],
      [16, 17, 18, 19, 20],
    ]);
  });

  it('starts anew on own steps after an iterate only', () => {
    const pieces = piecesOf(stitchSeries(branch, REWARD.mean), branch, 'step');
    expect(pieces.map((points) => [points[0]?.step, points.at(-1)?.step])).toEqual([
      [1, 15],
      [1, 12],
    ]);
    expect(prepareRewardChart(branch, { axis: 'step', smoothing: 0.5 }).model.seams).toHaveLength(1);
  });

  it('draws no line over the time in which nobody trained', () => {
    const { model } = prepareRewardChart(branch, { axis: 'time', smoothing: 0 });
    const [line] = model.lines.filter(({ look }) => look === 'strong');
    expect(line?.ys.filter((value) => value === null)).toHaveLength(2);
  });

  it('is listed step by step, the lost ones too, and as CSV', () => {
    const rows = curveRows(branch, [REWARD.mean, REWARD.validation]);
    expect(rows).toHaveLength(10 + 12 + 12);
    expect(rows.filter(({ state }) => state === 'redone').map(({ step }) => step)).toEqual([9, 10]);
    const csv = toCsv(rows, [REWARD.mean, REWARD.validation]).split('\r\n');
    expect(csv[0]).toBe('job,step,cumulative_step,time,state,rollout/reward/mean,val/reward/mean');
    expect(csv[1]).toBe('first,1,1,2026-11-01T00:01:00.000Z,on the line,0.01,');
  });
});

describe('what cannot be joined', () => {
  it('begins after a checkpoint of an unknown step, and says so', () => {
    const [first, second] = threeHops();
    if (!first || !second) throw new Error('no hops');
    const { hops, cut } = placeHops([first, { ...second, from: { kind: 'resume', group: 'g', version: 8 } }]);
    expect(hops.map(({ hop }) => hop.jobName)).toEqual(['second']);
    expect(cut).toContain('second started from is not known');
  });

  it('a gap stays a gap, in the line and in its average', () => {
    const hop = testHop({
      jobName: 'gappy',
      series: [
        testSeries(REWARD.mean, [
          [1, 0.1],
          [2, null],
          [3, 0.3],
        ]),
      ],
    });
    const { model } = prepareRewardChart(placeHops([hop]).hops, { axis: 'step', smoothing: 0.9 });
    for (const { ys } of model.lines) expect(ys[1]).toBeNull();
  });
});

it('every value of every job is on the line or on a tail once, except first ones measured again', () => {
  const hop = fc.record({
    kind: fc.constantFrom('resume', 'iterate'),
    from: fc.nat(30),
    length: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(fc.array(hop, { minLength: 1, maxLength: 6 }), (shapes) => {
      let start = 0;
      const hops = shapes.map(({ kind, from, length }, index) => {
        const first = index > 0 && kind === 'resume' ? from + 1 : 1;
        start += 1_000_000_000;
        const points = Array.from({ length }, (_, at): [number, number] => [first + at, index * 1000 + at]);
        return testHop({
          jobName: `job-${index}`,
          series: [testSeries(REWARD.mean, points, start)],
          ...(index > 0 ? { from: { kind: kind as 'resume' | 'iterate', group: 'g', version: 1, step: from } } : {}),
        });
      });
      const { live, tails } = stitchSeries(placeHops(hops).hops, REWARD.mean);
      const seen = [...live, ...tails.flatMap(({ points }) => points)].map(({ value }) => value);
      expect(new Set(seen).size).toBe(seen.length);
      const ascending = live.every((point, at) => at === 0 || point.cumulative > (live[at - 1]?.cumulative ?? 0));
      expect(ascending).toBe(true);
    }),
  );
});
