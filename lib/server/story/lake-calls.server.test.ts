import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { StoryResponse } from '@/lib/contract/story';
import { countCalls, refusedLines } from '@/lib/story/rollout-calls';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { saveReport } from '../catalog/job-reports-store';
import { getJob } from '../jobs/get-job';
import { getStory, isReading } from './get-story';
import { readCalls } from './read-calls';
import { readGroupCalls } from './read-group-calls';
import { readLakeCalls } from './read-lake-calls';
import { storyTimes } from './read-logs';
import { getDiagnosis, runDiagnosis } from './run-diagnosis';

const ID = '0a1b2c3d-0000-4000-8000-000000000001';
const STORE = { arn: `arn:aws:cloudtrail:${REGION}:123456789012:eventdatastore/${ID}`, region: REGION, id: ID };
const GROUP = '/aws/cloudtrail/rollout-calls';

let test: TestDeployment;
/** How queries end at AWS, when not well. */
let end: { QueryStatus: string; ErrorMessage?: string } | undefined;

beforeAll(async () => {
  test = await startTestDeployment({
    scenario: 'failure-classes',
    settings: { trailLake: STORE },
    through: {
      rewrites: (operation, answer) =>
        end && operation === 'GetQueryResults' && answer.includes('FINISHED') ? JSON.stringify(end) : answer,
    },
  });
});
afterAll(() => test.close());
beforeEach(async () => {
  end = undefined;
  await test.control.setFaults([]);
  await test.control.resetCalls();
});

const ref = (jobName: string) => ({ jobCategory: 'AgentRFT' as const, jobName });
const queries = async () => (await test.control.calls()).byOperation['CloudTrail.StartQuery'] ?? 0;
const sourceIn = (story: StoryResponse) => story.sources.find(({ source }) => source === 'rollout-calls');
const checkOf = async (job: string) =>
  (await getDiagnosis(test.d, REGION, ref(job))).checks.find(({ id }) => id === 'data-events');

async function lastMinutesOf(jobName: string) {
  const { job } = await getJob(test.d, REGION, ref(jobName));
  const endMs = Date.parse(job.endTime ?? '');
  return { job, range: { fromMs: endMs - 15 * 60_000, toMs: endMs + 120_000 } };
}

async function lakeCallsOf(jobName: string) {
  const { job, range } = await lastMinutesOf(jobName);
  return readLakeCalls(test.d, REGION, job, STORE, range);
}

async function readIt(jobName: string) {
  const { job } = await getJob(test.d, REGION, ref(jobName));
  return readCalls(test.d, REGION, job, storyTimes(test.d, REGION, job));
}

/** As a page does: asks again while something is still being read. */
async function storyOf(job: string): Promise<StoryResponse> {
  for (;;) {
    const story = await getStory(test.d, REGION, ref(job));
    if (!isReading(story)) return story;
  }
}

it('an event data store tells the same as the log group of a trail, for one query', async () => {
  const { job, range } = await lastMinutesOf('access-denied-on-sample');
  const byGroup = await readGroupCalls(test.d, REGION, job, GROUP, range);
  const byLake = await lakeCallsOf(job.jobName);
  // The group is read no further back than a person waits: its first minute may not be whole.
  const minutes = countCalls(byGroup.calls, byGroup.fromMs, byGroup.toMs).slice(1);
  expect(minutes.length).toBeGreaterThan(10);
  expect(countCalls(byLake.calls, byGroup.fromMs, byGroup.toMs).slice(1)).toEqual(minutes);
  const refused = refusedLines(byGroup.calls);
  expect(refused.length).toBeGreaterThan(0);
  const lines = refusedLines(byLake.calls);
  expect(lines.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(refused.length);
  expect(new Set(lines.map(({ message }) => message))).toEqual(new Set(refused.map(({ message }) => message)));

  const story = await storyOf(job.jobName);
  expect(sourceIn(story)).toMatchObject({ state: 'ok', eventDataStore: STORE.arn, scannedBytes: expect.any(Number) });
  expect(story.entries.find(({ source, pinned }) => source === 'rollout-calls' && pinned)).toMatchObject({
    count: refused.length,
    at: new Date(Math.min(...refused.map(({ atMs }) => atMs))).toISOString(),
    lastAt: new Date(Math.max(...refused.map(({ atMs }) => atMs))).toISOString(),
  });
  expect(await checkOf(job.jobName)).toMatchObject({
    state: 'fail',
    evidence: expect.stringMatching(
      new RegExp(`Sample, .* from the Lake event data store ${ID} \\([\\d.]+\\sMB scanned\\); \\d+ were refused`),
    ),
  });
  expect(await queries()).toBe(1);
});

it('what a query told is kept: the next look costs nothing, a restart neither, also while another source is refused', async () => {
  const job = 'malformed-reward';
  await test.control.setFaults([{ operation: 'FilterLogEvents', kind: 'access-denied' }]);
  const { callMinutes } = await storyOf(job);
  await test.restart();
  expect(await storyOf(job)).toMatchObject({ kept: false, callMinutes });
  expect(await queries()).toBe(1);
  await test.control.setFaults([]);
  await test.restart();
  await storyOf(job);
  await getDiagnosis(test.d, REGION, ref(job));
  expect(await queries()).toBe(1);
  await test.control.resetCalls();
  await test.restart();
  expect(await storyOf(job)).toMatchObject({ kept: true, callMinutes });
  expect(await checkOf(job)).toMatchObject({ state: 'pass' });
  const calls = Object.keys((await test.control.calls()).byOperation);
  expect(calls.filter((name) => /^(CloudTrail|Logs)\./.test(name))).toEqual([]);
});

it('a slow query is not waited for: the story says so, and has the calls when it is asked again', async () => {
  const job = 'tool-call-drift';
  await test.control.setFaults([{ operation: 'GetQueryResults', kind: 'delay', delayMs: 8_000, times: 1 }]);
  const first = await getStory(test.d, REGION, ref(job));
  expect(first.callMinutes).toBeUndefined();
  expect(sourceIn(first)).toMatchObject({ state: 'reading', note: expect.stringContaining(`data store ${ID}`) });
  expect(sourceIn(await storyOf(job))?.state).toBe('ok');
  expect(await checkOf(job)).toMatchObject({ state: 'pass' });
  expect(await queries()).toBe(1);
});

it.each([
  ['FAILED', 'agent-redeployed', 'failed. AWS said: out of memory'],
  ['CANCELLED', 'session-quota', 'was cancelled by somebody'],
  ['TIMED_OUT', 'max-runtime', 'ran out of time'],
])('a query that ended as %s is told, and not paid for again at once', async (QueryStatus, job, words) => {
  end = { QueryStatus, ...(QueryStatus === 'FAILED' && { ErrorMessage: 'out of memory' }) };
  const failure = { code: 'aws_failed', message: expect.stringContaining(words) };
  await expect(lakeCallsOf(job)).rejects.toMatchObject(failure);
  end = undefined;
  await expect(lakeCallsOf(job)).rejects.toMatchObject({ ...failure, hint: expect.stringContaining('billed') });
  expect(await queries()).toBe(1);
});

it('a refused query names the permission and is asked again; throttling is borne', async () => {
  const job = 'lambda-timeout';
  await test.control.setFaults([{ operation: 'StartQuery', kind: 'access-denied' }]);
  expect(sourceIn(await storyOf(job))).toMatchObject({
    state: 'denied',
    note: expect.stringContaining('cloudtrail:StartQuery'),
  });
  const { checks } = await getDiagnosis(test.d, REGION, ref(job));
  expect(checks.find(({ id }) => id === 'permissions')?.evidence).toContain('cloudtrail:StartQuery');
  await test.control.setFaults([
    { operation: 'StartQuery', kind: 'throttle', times: 1 },
    { operation: 'GetQueryResults', kind: 'throttle', times: 4 },
  ]);
  expect((await lakeCallsOf(job)).calls.length).toBeGreaterThan(0);
});

it('a store that is not there is named with the setting, and one without events with what switches them on', async () => {
  // This job never got as far as rolling out.
  const job = 'capacity-wait';
  const arn = STORE.arn.replace(ID, ID.replace('1', '2'));
  await test.restart({ trailLake: { ...STORE, arn, id: ID.replace('1', '2') } });
  expect(sourceIn(await storyOf(job))).toMatchObject({
    state: 'failed',
    note: `There is no event data store ${arn}, which CAIRN_TRAIL_LAKE names. Check the id and the region in that ARN: Cairn asked in ${REGION}.`,
  });
  expect(await checkOf(job)).toMatchObject({
    state: 'could-not',
    evidence: expect.stringContaining('CAIRN_TRAIL_LAKE'),
  });
  await test.restart();
  expect(sourceIn(await storyOf(job))).toMatchObject({ state: 'none' });
  const { checks } = await runDiagnosis(test.d, REGION, ref(job), { invoke: false });
  expect(checks.find(({ id }) => id === 'data-events')).toMatchObject({
    state: 'warn',
    snippet: expect.stringContaining(
      `update-event-data-store \\\n  --region ${REGION} \\\n  --event-data-store ${STORE.arn}`,
    ),
  });
});

it('of a job that runs a query is made at most every ten minutes, and says of when it is', async () => {
  await test.control.seedJob({ name: 'going-on', outcome: 'running', steps: 400, startedAgo: '3h' });
  const { callMinutes, sources } = await storyOf('going-on');
  const found = sources.find(({ source }) => source === 'rollout-calls');
  expect(found?.note).toMatch(
    /^[\d,]+ calls of agents in the last 30 minutes, from .+, as of 2026-.+ UTC\. Events may arrive up to 15 minutes late\.$/,
  );
  // The newest quarter of an hour is on its way: what is seen is older.
  const seen = callMinutes?.filter(({ calls }) => (calls.Sample ?? 0) > 0).map(({ at }) => Date.parse(at)) ?? [];
  expect(seen.length).toBeGreaterThan(10);
  expect(Math.max(...seen)).toBeLessThan(Date.parse(found?.asOf ?? '') - 14 * 60_000);
  await test.restart();
  expect((await storyOf('going-on')).callMinutes).toEqual(callMinutes);
  expect(await queries()).toBe(1);
  // Six minutes later the answer that was kept is as old as it is.
  const { job } = await getJob(test.d, REGION, ref('going-on'));
  const endMs = test.d.awsNow(REGION).getTime() + 6 * 60_000;
  const later = await readCalls(test.d, REGION, job, { startMs: Date.parse(job.creationTime), endMs });
  expect(later?.source).toEqual(found);
  expect(await queries()).toBe(1);
});

it.each([
  ['just-over', { outcome: 'failed', steps: 1 }, {}, 'up to 15 minutes late'],
  [
    'just-begun',
    { outcome: 'running', startedAgo: '1m' },
    { trailLake: undefined, trailLogGroup: GROUP },
    'about five minutes late',
  ],
] as const)('nothing on %s yet is no reason to switch data events on', async (name, seed, settings, late) => {
  await test.restart(settings);
  await test.control.seedJob({ name, ...seed });
  expect(sourceIn(await storyOf(name))).toMatchObject({ state: 'none', note: expect.stringContaining(late) });
  const { checks } = await runDiagnosis(test.d, REGION, ref(name), { invoke: false });
  const check = checks.find(({ id }) => id === 'data-events');
  expect(check?.evidence).toContain('as of 2026-');
  expect(check?.snippet).toBeUndefined();
  await test.restart();
});

it('a query whose results may not be fetched is not paid for again: it is asked after', async () => {
  const job = 'agent-redeployed-2';
  await test.control.seedJob({ name: job, outcome: 'failed', steps: 4, startedAgo: '9h' });
  await test.control.setFaults([{ operation: 'GetQueryResults', kind: 'access-denied' }]);
  for (let look = 0; look < 2; look++) {
    const { source, range } = (await readIt(job)) ?? {};
    expect(source).toMatchObject({ state: 'denied', note: expect.stringContaining('cloudtrail:GetQueryResults') });
    expect(range).toBeUndefined();
  }
  expect((await getStory(test.d, REGION, ref(job))).callMinutes).toBeUndefined();
  await test.restart();
  await test.control.setFaults([]);
  expect((await readIt(job))?.source.state).toBe('ok');
  expect(await queries()).toBe(1);
});

it('a query that AWS has forgotten is made anew', async () => {
  const job = 'forgotten';
  await test.control.seedJob({ name: job, outcome: 'failed', steps: 4, startedAgo: '9h' });
  const { job: detail, range } = await lastMinutesOf(job);
  const query = { id: ID, ...range };
  const kept = { store: STORE.arn, askedMs: Date.now(), settled: true, query };
  await saveReport(test.d.catalog, await test.d.scope(REGION), detail, 'lake-calls', kept);
  expect((await readIt(job))?.source.state).toBe('ok');
  expect(await queries()).toBe(1);
});
