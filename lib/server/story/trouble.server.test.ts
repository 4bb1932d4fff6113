import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TroubleResponse } from '@/lib/contract/trouble';
import { explainDip } from '@/lib/metrics/explain-dip';
import { REWARD } from '@/lib/metrics/reward-keys';
import { troubleSeries } from '@/lib/metrics/trouble-series';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getMetrics } from '../metrics/get-metrics';
import { getStory, isReading } from './get-story';
import { getTrouble } from './get-trouble';
import { getDiagnosis } from './run-diagnosis';

let test: TestDeployment;
const ref = (jobName: string) => ({ jobCategory: 'AgentRFT' as const, jobName });

beforeAll(async () => {
  test = await startTestDeployment({
    scenario: 'failure-classes',
    settings: { trailLogGroup: '/aws/cloudtrail/rollout-calls' },
  });
});
afterAll(() => test.close());

async function readWhole(jobName: string): Promise<TroubleResponse> {
  for (;;) {
    const answer = await getTrouble(test.d, REGION, ref(jobName));
    if (answer.state !== 'reading') return answer;
  }
}

const sum = ({ minutes }: TroubleResponse, kind: 'errors' | 'timeouts') =>
  minutes.reduce((all, one) => all + one[kind], 0);

it('counts errors and timeouts of an agent by minute, once, also over a restart', async () => {
  const trouble = await readWhole('lambda-timeout');
  expect(trouble).toMatchObject({ state: 'ok', logGroup: expect.stringContaining('/aws/lambda/') });
  expect(sum(trouble, 'timeouts')).toBe(4);
  expect(trouble.toMs).toBeGreaterThan(trouble.fromMs);
  expect(sum(await readWhole('access-denied-on-sample'), 'errors')).toBe(4);
  await test.restart();
  await test.control.resetCalls();
  expect((await readWhole('lambda-timeout')).minutes).toEqual(trouble.minutes);
  expect((await test.control.calls()).byOperation['Logs.FilterLogEvents'] ?? 0).toBe(0);
});

it('many who look at once cost one reading, and what may not be read is said', async () => {
  await test.control.resetCalls();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => getTrouble(test.d, REGION, ref('tool-call-drift'))),
  );
  expect(new Set(answers.map(({ toMs }) => toMs)).size).toBe(1);
  // A slice of a quarter of an hour after the other; the sandbox looks at 400 lines a call.
  expect((await test.control.calls()).byOperation['Logs.FilterLogEvents']).toBeLessThan(45);
  await test.control.setFaults([{ operation: 'FilterLogEvents', kind: 'access-denied' }]);
  expect(await getTrouble(test.d, REGION, ref('session-quota'))).toMatchObject({
    state: 'denied',
    minutes: [],
    note: expect.stringContaining('logs:FilterLogEvents'),
  });
  await test.control.setFaults([]);
});

it('the calls of agents are part of the story and of the diagnosis where a trail records them', async () => {
  let story = await getStory(test.d, REGION, ref('access-denied-on-sample'));
  // As a page does while a source takes longer than a person waits.
  while (isReading(story)) story = await getStory(test.d, REGION, ref('access-denied-on-sample'));
  expect(story.sources.find(({ source }) => source === 'rollout-calls')).toMatchObject({ state: 'ok' });
  const minutes = story.callMinutes ?? [];
  expect(minutes.length).toBeGreaterThan(10);
  expect(minutes.reduce((all, { refused }) => all + refused, 0)).toBeGreaterThan(0);
  const entry = story.entries.find(({ source, pinned }) => source === 'rollout-calls' && pinned);
  expect(entry?.text).toMatch(/^Sample was refused: AccessDenied: .*not authorized to perform: sagemaker:Sample/);
  expect(story.causes[0]?.id).toBe('sample-denied');
  const { checks } = await getDiagnosis(test.d, REGION, ref('access-denied-on-sample'));
  expect(checks.find(({ id }) => id === 'data-events')).toMatchObject({
    state: 'fail',
    evidence: expect.stringMatching(/\d+ Sample, .* were refused/),
  });
});

it('a group that is not there is named with the setting that names it', async () => {
  await test.restart({ trailLogGroup: '/aws/cloudtrail/elsewhere' });
  const story = await getStory(test.d, REGION, ref('malformed-reward'));
  expect(story.sources.find(({ source }) => source === 'rollout-calls')).toMatchObject({
    state: 'none',
    note: expect.stringContaining('CAIRN_TRAIL_LOG_GROUP'),
  });
  const { checks } = await getDiagnosis(test.d, REGION, ref('malformed-reward'));
  expect(checks.find(({ id }) => id === 'data-events')).toMatchObject({
    state: 'warn',
    snippet: expect.stringContaining('put-event-selectors'),
  });
});

it('a broken environment and a worse policy look different', async () => {
  await test.restart();
  await test.control.reset({ scenario: 'running-badly' });
  for (const [name, blame, words] of [
    ['tools-were-down', 'environment', /agent errors and timeouts rose from \S+ to \d/],
    ['policy-collapsed', 'policy', /errors, timeouts and step times stayed as they were/],
  ] as const) {
    const job = ref(name);
    await test.d.sync.nudge(REGION, job);
    const { series } = await getMetrics(test.d, REGION, job, [REWARD.mean, 'timing_s/step', 'rollout/turns/mean']);
    const [reward, stepSeconds, turns] = series;
    if (!reward) throw new Error('the job has no reward');
    const trouble = await readWhole(name);
    const [errors, timeouts] = troubleSeries(trouble.minutes, reward, trouble);
    const dip = explainDip({ reward, stepSeconds, turns, errors, timeouts });
    expect(dip?.blame, name).toBe(blame);
    expect(dip?.words).toMatch(words);
  }
});

it('names the jobs that share an agent, and leaves out the lines that name another of them', async () => {
  const seed = { startedAgo: '5h', steps: 12 } as const;
  await test.control.seedJob({
    ...seed,
    name: 'two-share-a',
    outcome: 'failed',
    failAtStep: 9,
    failureStory: 'sample-denied',
  });
  await test.control.seedJob({ ...seed, name: 'two-share-b', outcome: 'completed' });
  for (const name of ['two-share-a', 'two-share-b']) await test.d.sync.nudge(REGION, ref(name));
  const [denied, other] = [await readWhole('two-share-a'), await readWhole('two-share-b')];
  expect(denied.logGroup).toBe(other.logGroup);
  expect([denied.sharedWith, other.sharedWith]).toEqual([['two-share-b'], ['two-share-a']]);
  // Each of the four names the job whose samples were refused.
  expect(sum(denied, 'errors')).toBe(4);
  expect(sum(other, 'errors')).toBe(0);
});
