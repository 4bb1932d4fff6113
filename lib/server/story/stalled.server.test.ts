import { afterAll, beforeAll, expect, it } from 'vitest';
import { REWARD } from '@/lib/metrics/reward-keys';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetrics } from '../metrics/get-metrics';
import { getDiagnosis, runDiagnosis } from './run-diagnosis';

let test: TestDeployment;
const ref = (jobName: string) => ({ jobCategory: 'AgentRFT' as const, jobName });

beforeAll(async () => {
  test = await startTestDeployment({ scenario: 'running-badly' });
  await test.d.sync.nudge(REGION, ref('stalled'));
  await test.d.sync.nudge(REGION, ref('training-well'));
  for (const name of ['stalled', 'training-well']) await getMetrics(test.d, REGION, ref(name), [REWARD.mean]);
});
afterAll(() => test.close());

it('a job that makes no step is diagnosed by itself, and not by every viewer', async () => {
  let diagnosis = await getDiagnosis(test.d, REGION, ref('stalled'));
  // Made before CloudTrail had told everything, it is made once more.
  while (diagnosis.reading) diagnosis = await getDiagnosis(test.d, REGION, ref('stalled'));
  expect(diagnosis.stalled).toMatch(/^No new step for .+; a step usually takes .+\.$/);
  expect(diagnosis.checks.find(({ id }) => id === 'pace')).toMatchObject({
    state: 'fail',
    evidence: diagnosis.stalled,
  });
  expect(diagnosis.checks.find(({ id }) => id === 'runtime')).toMatchObject({ state: 'pass' });
  await test.control.resetCalls();
  const again = await getDiagnosis(test.d, REGION, ref('stalled'));
  expect(again.ranAt).toBe(diagnosis.ranAt);
  expect((await test.control.calls()).total).toBe(0);
});

it('a job that keeps its pace is diagnosed when somebody asks, and then shown as it was', async () => {
  const before = await getDiagnosis(test.d, REGION, ref('training-well'));
  expect(before).toMatchObject({ checks: [], causes: [] });
  const asked = await runDiagnosis(test.d, REGION, ref('training-well'), { invoke: false });
  expect(asked.checks.find(({ id }) => id === 'pace')).toMatchObject({ state: 'pass' });
  const after = await getDiagnosis(test.d, REGION, ref('training-well'));
  expect(after.ranAt).toBe(asked.ranAt);
  expect(after.stalled).toBeUndefined();
});
