import { expect, it } from 'vitest';
import type { Series } from '../contract/metrics';
import { explainDip } from './explain-dip';
import { TROUBLE_KEYS, troubleSeries } from './trouble-series';

const MINUTE = 60_000;
const T0 = Date.parse('2026-11-20T03:00:00Z');
const series = (key: string, values: (number | null)[]): Series => ({
  key,
  steps: values.map((_, i) => i + 1),
  values,
  timesMs: values.map((_, i) => T0 + (i + 1) * 5 * MINUTE),
  total: values.length,
});

const rising = [0.2, 0.24, 0.27, 0.31, 0.34, 0.38, 0.41, 0.45];
const reward = series('rollout/reward/mean', [...rising, 0.3, 0.12, 0.1, 0.1]);
const flat = (value: number) => series('x', Array(12).fill(value));
const broken = series(TROUBLE_KEYS.errors, [0, 0, 0, 1, 0, 0, 0, 0, 9, 14, 12, 10]);

it('a fall beside errors of the agent points at the environment', () => {
  const dip = explainDip({ reward, errors: broken, timeouts: flat(0), stepSeconds: flat(60), turns: flat(4) });
  expect(dip).toMatchObject({ fromStep: 8, blame: 'environment' });
  expect(dip?.words).toContain('agent errors and timeouts rose from 0.200 to 11.3 a step');
});

it('a fall beside slow steps does, too', () => {
  const slow = series('timing_s/step', [...Array(8).fill(60), 200, 220, 240, 230]);
  const dip = explainDip({ reward, errors: flat(0), timeouts: flat(0), stepSeconds: slow });
  expect(dip).toMatchObject({ blame: 'environment' });
  expect(dip?.words).toMatch(/steps took 3\.\d+ times as long/);
});

it('a fall while all else stayed as it was points at the policy, and changed turns are told', () => {
  const turns = series('rollout/turns/mean', [...Array(8).fill(4), 7, 8, 8, 8]);
  const dip = explainDip({ reward, errors: flat(0), timeouts: flat(0), stepSeconds: flat(60), turns });
  expect(dip).toMatchObject({ blame: 'policy' });
  expect(dip?.words).toMatch(/Turns changed by \+9\d%/);
});

it('says when nobody can tell, and nothing of a reward that only rises, is short, or is noise', () => {
  expect(explainDip({ reward })).toMatchObject({ blame: 'unclear' });
  expect(explainDip({ reward: series('r', rising), errors: broken })).toBeUndefined();
  expect(explainDip({ reward: series('r', [0.5, 0.1]), errors: broken })).toBeUndefined();
  expect(explainDip({ reward: undefined })).toBeUndefined();
  const noise = [0.3, 0.5, 0.28, 0.52, 0.3, 0.5, 0.31, 0.49, 0.29, 0.5, 0.3, 0.5];
  expect(explainDip({ reward: series('r', noise), errors: flat(0) })).toBeUndefined();
});

it('trouble counts for the step it came in; what was not read is a gap', () => {
  const steps = series('rollout/reward/mean', [0.1, 0.2, 0.3]);
  const minutes = [
    { atMs: T0 + 2 * MINUTE, errors: 1, timeouts: 0 },
    { atMs: T0 + 7 * MINUTE, errors: 2, timeouts: 3 },
    { atMs: T0 + 60 * MINUTE, errors: 9, timeouts: 9 },
  ];
  const [errors, timeouts] = troubleSeries(minutes, steps, { fromMs: T0, toMs: T0 + 11 * MINUTE });
  expect(errors).toMatchObject({ key: TROUBLE_KEYS.errors, values: [1, 2, null] });
  expect(timeouts?.values).toEqual([0, 3, null]);
});
