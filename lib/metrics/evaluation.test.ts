import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComparedJob } from '../contract/metrics';
import { compareConfigs, findIncomparable } from './compare-configs';
import { comparedWord, parseComparedWord, parseComparedWords } from './compare-words';
import { distribute, passRows } from './evaluation';
import { prepareCompareChart } from './prepare-compare-chart';
import { testSeries } from './test-data';

describe('an evaluation', () => {
  it('has pass@k and pass^k by k, also of a k nobody expects', () => {
    const series = [
      testSeries('eval/reward/pass_at_8', [[0, 0.9]]),
      testSeries('eval/reward/pass_at_1', [[0, 0.5]]),
      testSeries('eval/reward/pass_power_8', [[0, 0.1]]),
      testSeries('eval/reward/pass_at_3', [[0, null]]),
      testSeries('eval/reward/mean', [[0, 0.5]]),
    ];
    expect(passRows(series)).toEqual([
      { k: 1, at: 0.5 },
      { k: 8, at: 0.9, power: 0.1 },
    ]);
  });

  it('spreads its rewards over buckets and loses none', () => {
    expect(distribute([0, 1, 1])).toEqual([
      { from: 0, to: 0, count: 1 },
      { from: 1, to: 1, count: 2 },
    ]);
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e3, max: 1e3 })), (values) => {
        const buckets = distribute(values);
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        expect(buckets.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

const job = (jobName: string, config: Record<string, string>, defaults: string[] = []): ComparedJob => ({
  jobName,
  jobCategory: 'AgentRFT',
  jobStatus: 'Completed',
  creationTime: '2026-11-01T00:00:00.000Z',
  stepOffset: 0,
  config: Object.entries(config).map(([path, value]) => ({ path, value, isDefault: defaults.includes(path) })),
  source: { state: 'ready', complete: true },
  series: [],
});

describe('compared configs', () => {
  const rows = compareConfigs([
    job('a', { 'TrainingConfig.HyperParameters.learning_rate': '0.00002', 'AgentConfig.X.Arn': 'one', same: '1' }),
    job(
      'b',
      {
        'TrainingConfig.HyperParameters.learning_rate': '0.00004',
        'AgentConfig.X.Arn': 'two',
        same: '1',
        'OutputDataConfig.MlflowConfig.MlflowRunName': 'b',
      },
      ['TrainingConfig.HyperParameters.learning_rate'],
    ),
  ]);

  it('list differences first, mark defaults, and know which differ by nature', () => {
    expect(rows.map(({ path, differs, noise }) => [path, differs, noise])).toEqual([
      ['AgentConfig.X.Arn', true, false],
      ['OutputDataConfig.MlflowConfig.MlflowRunName', true, true],
      ['TrainingConfig.HyperParameters.learning_rate', true, false],
      ['same', false, false],
    ]);
    expect(rows[2]?.cells).toEqual([
      { value: '0.00002', isDefault: false },
      { value: '0.00004', isDefault: true },
    ]);
    expect(rows[1]?.cells[0]).toEqual({ isDefault: false });
  });

  it.each([
    ['AgentConfig.BedrockAgentCoreConfig.AgentRuntimeArn', 'agent'],
    ['InputDataConfig[0].DataSource.S3DataSource.S3Uri', 'dataset'],
    ['InputDataConfig.train.DataSource.S3DataSource.S3Uri', 'dataset'],
    ['TrainingConfig.BaseModelArn', 'base model'],
    ['TrainingConfig.RewardFunctionArn', 'reward function'],
  ])('%s makes rewards incomparable: %s', (path, what) => {
    const found = findIncomparable(compareConfigs([job('a', { [path]: 'x' }), job('b', { [path]: 'y' })]));
    expect(found).toEqual([{ what, paths: [path] }]);
    expect(findIncomparable(compareConfigs([job('a', { [path]: 'x' }), job('b', { [path]: 'x' })]))).toEqual([]);
  });
});

describe('compared curves', () => {
  const key = 'rollout/reward/mean';
  const series = [
    testSeries(key, [
      [1, 0.1],
      [2, 0.2],
    ]),
  ];
  const jobs = [
    { ...job('a', {}), series },
    { ...job('b', {}), series, stepOffset: 40 },
  ];
  const xs = (axis: 'step' | 'cumulative' | 'time') =>
    prepareCompareChart(jobs, { axis, smoothing: 0, key }).lines.map((line) => line.xs);

  it('lie over each other on steps, behind each other on cumulative steps, and begin together in time', () => {
    expect(xs('step')).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(xs('cumulative')).toEqual([
      [1, 2],
      [41, 42],
    ]);
    expect(xs('time')[0]).toEqual([60_000, 120_000]);
  });

  it('are in the URL as words that come back', () => {
    for (const jobCategory of ['AgentRFT', 'AgentRFTEvaluation'] as const) {
      const ref = { jobCategory, jobName: 'some-job' };
      expect(parseComparedWord(comparedWord(ref))).toEqual(ref);
    }
    expect(parseComparedWord('Nonsense/x')).toBeUndefined();
    expect(parseComparedWords(' a,,b,a ')).toEqual(['a', 'b']);
    expect(parseComparedWords(Array.from({ length: 30 }, (_, index) => `j${index}`).join(','))).toHaveLength(20);
  });
});
