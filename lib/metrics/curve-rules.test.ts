import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { niceTicks, paddedDomain } from '../shared/ticks';
import { findBest } from './best-mark';
import { metricGroups } from './metric-groups';
import { findWarnings } from './metric-warnings';
import { formatMetric, metricLabel } from './metric-words';
import { findPace } from './pace';
import { parsePassKey } from './reward-keys';
import { smooth } from './smooth';
import { testSeries } from './test-data';
import { warningLimits } from './warning-limits';
import { clampZoom, formatZoom, parseZoom } from './zoom';

const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ');

describe('smooth', () => {
  it('leaves a curve as it is with weight 0, and a level one level with any', () => {
    expect(smooth([1, null, 3], 0)).toEqual([1, null, 3]);
    for (const value of smooth([2, 2, null, 2, 2], 0.9)) if (value !== null) expect(value).toBeCloseTo(2);
  });

  it('stays between the lowest and the highest value, and keeps every gap', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true, min: -1e3, max: 1e3 }), { nil: null }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (raw, weight) => {
        const smoothed = smooth(raw, weight);
        const real = raw.filter((value) => value !== null);
        smoothed.forEach((value, place) => {
          expect(value === null).toBe(raw[place] === null);
          if (value === null) return;
          expect(value).toBeGreaterThanOrEqual(Math.min(...real) - 1e-6);
          expect(value).toBeLessThanOrEqual(Math.max(...real) + 1e-6);
        });
      }),
    );
  });
});

describe('findBest', () => {
  const at = (step: number, value: number | null) => ({ at: 0, step, cumulative: step, timeMs: 0, value });

  it('is the peak of validation, where there is one', () => {
    const best = findBest([at(10, 0.4), at(20, 0.6), at(30, 0.5)], [at(1, 0.9)], [0.9]);
    expect(best).toMatchObject({ by: 'validation', value: 0.6, point: { step: 20 } });
    expect(best?.reason).toBe('Chosen by the highest validation reward, 0.600.');
  });

  it('else the peak of the smoothed reward, not that of one lucky step', () => {
    const reward = [at(1, 0.2), at(2, 0.9), at(3, 0.5)];
    expect(findBest([at(10, null)], reward, [0.2, 0.4, 0.45])).toMatchObject({
      by: 'smoothed_reward',
      point: { step: 3 },
    });
    expect(findBest([], [], [])).toBeUndefined();
  });
});

describe('findPace', () => {
  const minute = 60_000;
  const series = { steps: [1, 2, 3, 4], timesMs: [0, 10, 20, 30].map((value) => value * minute) };

  it('tells the time left and what it is reckoned from', () => {
    const pace = findPace({ series, nowMs: 32 * minute, training: true, totalSteps: 10 });
    expect(plain(pace?.left?.words)).toBe('about 58 min left');
    expect(plain(pace?.left?.basis)).toContain('6 steps left at 10 min each, the median of the last 3 steps');
    expect(pace?.stalled).toBeUndefined();
  });

  it('calls it stalled after four times the usual step, and not before', () => {
    expect(findPace({ series, nowMs: 70 * minute, training: true })?.stalled).toBeUndefined();
    const stalled = findPace({ series, nowMs: 75 * minute, training: true })?.stalled;
    expect(plain(stalled?.words)).toBe('No new step for 45 min; a step usually takes 10 min.');
  });

  it('says nothing of a job that does not train, nor before the third step', () => {
    expect(findPace({ series, nowMs: 900 * minute, training: false })).toEqual({ medianStepMs: 10 * minute });
    const young = { steps: [1, 2], timesMs: [0, minute] };
    expect(findPace({ series: young, nowMs: 900 * minute, training: true })).toBeUndefined();
  });
});

describe('findWarnings', () => {
  const steps = (values: (number | null)[]) =>
    values.map((value, index): [number, number | null] => [index + 1, value]);

  it('finds responses that sit at the cap for three steps, and not a single long one', () => {
    const series = [testSeries('rollout/tokens/response_max', steps([100, 4096, 90, 4096, 4096, 4096, 90]))];
    expect(findWarnings({ series, maxTokens: 4096 })).toMatchObject([{ kind: 'truncated', fromStep: 4, toStep: 6 }]);
    expect(findWarnings({ series, maxTokens: 8192 })).toEqual([]);
  });

  it('finds steps in which most groups teach nothing', () => {
    const series = [testSeries('analysis/zero_adv_groups', steps([10, 20, 20, 20]))];
    expect(findWarnings({ series, groups: 32 })).toMatchObject([{ kind: 'no_gradient', fromStep: 2, toStep: 4 }]);
    const counted = testSeries('training/num_groups', steps([32, 32, 32, 32]));
    expect(findWarnings({ series: [...series, counted] })).toHaveLength(1);
    expect(findWarnings({ series })).toEqual([]);
  });

  it('finds reward zero on the rise, and turns that climb while reward does not', () => {
    const rising = steps(Array.from({ length: 40 }, (_, index) => index / 40));
    const level = steps(new Array<number>(40).fill(0.3));
    const zero = [testSeries('rollout/reward/zero_frac', rising)];
    expect(findWarnings({ series: zero }).map(({ kind }) => kind)).toEqual(['zero_reward_rising']);
    const turns = testSeries('rollout/turns/mean', steps(Array.from({ length: 40 }, (_, index) => 3 + index / 4)));
    const flat = testSeries('rollout/reward/mean', level);
    const better = testSeries('rollout/reward/mean', rising);
    expect(findWarnings({ series: [turns, flat] }).map(({ kind }) => kind)).toEqual(['looping']);
    expect(findWarnings({ series: [turns, better] })).toEqual([]);
  });

  it('survives gaps, and reads its limits out of a document of any shape', () => {
    expect(findWarnings({ series: [testSeries('rollout/reward/zero_frac', steps([null, null]))] })).toEqual([]);
    expect(warningLimits(undefined)).toEqual({ maxTokens: 4096 });
    const document = { TrainingConfig: { HyperParameters: { sampling_max_tokens: '2048', global_batch_size: 32 } } };
    expect(warningLimits(document)).toEqual({ maxTokens: 2048, groups: 32 });
  });
});

describe('names and values', () => {
  it.each([
    ['rollout/reward/mean', 'Mean reward'],
    ['val/reward/mean', 'Validation: mean reward'],
    ['val/reward/pass_at_8', 'pass@8'],
    ['eval/reward/pass_power_2', 'pass^2'],
    ['somebody/new', 'somebody/new'],
  ])('%s is called %s', (key, label) => expect(metricLabel(key)).toBe(label));

  it.each([
    ['timing_s/step', 95, '1 min 35 s'],
    ['rollout/reward/zero_frac', 0.25, '25%'],
    ['training/total_tokens', 1_234_567, '1.23 M'],
    ['rollout/reward/mean', 0.12345, '0.123'],
  ])('%s of %d is written %s', (key, value, text) => expect(plain(formatMetric(key, value))).toBe(text));

  it('reads pass@k of any k', () => {
    expect(parsePassKey('val/reward/pass_at_64')).toEqual({ of: 'val', kind: 'at', k: 64 });
    expect(parsePassKey('val/reward/pass_at_')).toBeUndefined();
  });

  it('shows curated panels unasked, and searches keys and names', () => {
    const available = ['rollout/reward/mean', 'analysis/zero_adv_groups', 'custom/thing'];
    expect(metricGroups(available, '')[0]?.title).toBe('Reward');
    const found = metricGroups(available, 'without adv').flatMap(({ panels }) => panels.map(({ key }) => key));
    expect(found).toEqual(['analysis/zero_adv_groups']);
    expect(metricGroups(available, 'zebra')).toEqual([]);
  });
});

describe('zoom and ticks', () => {
  it('a zoom survives the URL, and nonsense is none', () => {
    expect(parseZoom(formatZoom([12.25, 48]))).toEqual([12.25, 48]);
    for (const text of [null, '', '5', '9..2', 'a..b', '1..2..3', '..4', '1..Infinity'])
      expect(parseZoom(text)).toBeUndefined();
  });

  it('a zoom stays inside, and one that shows all is none', () => {
    expect(clampZoom([-5, 50], [0, 100])).toEqual([0, 50]);
    expect(clampZoom([-5, 500], [0, 100])).toBeUndefined();
    expect(clampZoom([200, 300], [0, 100])).toBeUndefined();
  });

  it('ticks are round, few and inside', () => {
    expect(niceTicks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(niceTicks([1, 4], 8, true)).toEqual([1, 2, 3, 4]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        (from, span) => {
          const ticks = niceTicks([from, from + span], 5);
          expect(ticks.length).toBeLessThanOrEqual(7);
        },
      ),
    );
  });

  it('a level curve gets room, and one above zero no axis below it', () => {
    expect(paddedDomain(2, 2)).toEqual([1.8, 2.2]);
    expect(paddedDomain(0.01, 1)[0]).toBe(0);
    expect(paddedDomain(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([0, 1]);
  });
});
