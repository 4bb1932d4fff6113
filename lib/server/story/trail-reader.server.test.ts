import { afterEach, expect, it } from 'vitest';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getStory } from './get-story';
import { readTrail } from './read-trail';
import { getDiagnosis } from './run-diagnosis';

let test: TestDeployment;
afterEach(() => test.close());

const HOUR = 3_600_000;

it('answers after a while with what there is, goes on by itself, and reads nothing twice after a restart', async () => {
  const asked: Array<{ StartTime: number; EndTime: number }> = [];
  test = await startTestDeployment({
    scenario: 'empty',
    through: {
      denies: (operation, body) => {
        if (operation === 'LookupEvents') asked.push(JSON.parse(body));
        return false;
      },
    },
  });
  const toMs = test.d.awsNow(REGION).getTime();
  // 210 jobs, five pages.
  for (let i = 1; i <= 210; i++) {
    await test.control.seedJob({ name: `seeded-${i}`, outcome: 'completed', steps: 1, startedAgo: `${i * 17}m` });
  }
  const wanted = [{ name: 'CreateJob', fromMs: toMs - 60 * HOUR, toMs }];
  let first = await readTrail(test.d, REGION, wanted, 100);
  while (first.fromMs === toMs) first = await readTrail(test.d, REGION, wanted, 100);
  expect(first).toMatchObject({ state: 'ok', reading: true });
  expect(first.fromMs).toBeGreaterThan(toMs - 60 * HOUR);
  expect(first.fromMs).toBeLessThan(toMs);

  await test.restart();
  asked.length = 0;
  const whole = await readTrail(test.d, REGION, wanted, 30_000);
  expect(whole).toMatchObject({ state: 'ok', reading: false, fromMs: toMs - 60 * HOUR });
  // Only what was missing, and the newest minutes, which events reach late.
  const again = asked.filter(
    ({ StartTime, EndTime }) => EndTime * 1000 > (first.fromMs ?? 0) && StartTime * 1000 < toMs - HOUR,
  );
  expect(again).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);
  asked.length = 0;
  await readTrail(test.d, REGION, [{ name: 'CreateJob', fromMs: toMs - 30 * HOUR, toMs }], 30_000);
  expect(asked).toEqual([]);
});

it('bears being throttled, and says so when it lasts', async () => {
  test = await startTestDeployment({ scenario: 'failure-classes' });
  const toMs = test.d.awsNow(REGION).getTime();
  const wanted = [{ name: 'CreateJob', fromMs: toMs - 24 * HOUR, toMs }];
  await test.control.setFaults([{ operation: 'LookupEvents', kind: 'throttle', times: 4 }]);
  expect(await readTrail(test.d, REGION, wanted, 30_000)).toMatchObject({ state: 'ok', reading: false });
  await test.control.setFaults([{ operation: 'LookupEvents', kind: 'access-denied' }]);
  const denied = await readTrail(test.d, REGION, [{ ...wanted[0], name: 'StopJob', fromMs: 0, toMs }], 5_000);
  expect(denied).toMatchObject({ state: 'denied', reading: false });
  expect(denied.error?.message).toContain('cloudtrail:LookupEvents');
});

it('a story does not wait for a slow CloudTrail: it says what is missing, and is whole and kept later', async () => {
  test = await startTestDeployment({ scenario: 'failure-classes' });
  const job = { jobCategory: 'AgentRFT' as const, jobName: 'agent-redeployed' };
  await test.control.setFaults([{ operation: 'LookupEvents', kind: 'delay', delayMs: 2_000 }]);
  const startedAt = Date.now();
  const early = await getStory(test.d, REGION, job);
  expect(Date.now() - startedAt).toBeLessThan(8_000);
  expect(early.sources.find(({ source }) => source === 'cloudtrail')).toMatchObject({
    state: 'reading',
    note: expect.stringContaining('Still reading CloudTrail'),
  });
  expect(early.entries.some(({ source }) => source === 'agent-log')).toBe(true);
  const diagnosis = await getDiagnosis(test.d, REGION, job);
  expect(diagnosis.reading).toBe(true);

  await test.control.setFaults([]);
  await test.control.resetCalls();
  const late = await getStory(test.d, REGION, job);
  expect(late.sources.find(({ source }) => source === 'cloudtrail')?.state).toBe('ok');
  expect(late.causes[0]?.id).toBe('agent-redeployed');
  // The logs were read for the first answer.
  expect((await test.control.calls()).byOperation['Logs.FilterLogEvents'] ?? 0).toBe(0);
  expect((await getStory(test.d, REGION, job)).kept).toBe(true);
  expect((await getDiagnosis(test.d, REGION, job)).reading).toBeUndefined();
}, 60_000);
