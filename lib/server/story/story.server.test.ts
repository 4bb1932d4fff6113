import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { saveReport } from '../catalog/job-reports-store';
import { listTrailEvents, saveTrailEvents } from '../catalog/trail-events-store';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { getJob } from '../jobs/get-job';
import { getStory } from './get-story';
import { listJobEvents } from './list-job-events';
import { getDiagnosis, runDiagnosis } from './run-diagnosis';

let test: TestDeployment;

beforeAll(async () => {
  test = await startTestDeployment({ scenario: 'failure-classes' });
});
afterAll(() => test.close());

const ref = (jobName: string) => ({ jobCategory: 'AgentRFT' as const, jobName });

describe('the story of a failed job', () => {
  it.each([
    ['agent-redeployed', 'agent-redeployed', 'cloudtrail', /Deployed a new version of the agent \(deploy-bot\)/],
    ['lambda-timeout', 'lambda-timeout', 'agent-log', /Task timed out after 30.03 seconds/],
    ['access-denied-on-sample', 'sample-denied', 'agent-log', /not authorized to perform: sagemaker:Sample/],
    ['session-quota', 'quota', 'job-log', /ServiceQuotaExceededException/],
    ['tool-call-drift', 'tool-drift', 'agent-log', /unexpected keyword argument/],
    ['capacity-wait', 'capacity', 'job-log', /no capacity/],
    ['malformed-reward', 'malformed-reward', 'job-log', /reward is NaN/],
    ['max-runtime', 'max-runtime', 'transitions', /Max/],
  ])('%s: its cause comes first, and the trace that shows it is pinned', async (job, cause, source, words) => {
    const story = await getStory(test.d, REGION, ref(job));
    expect(story.sources.filter(({ state }) => state === 'denied' || state === 'failed')).toEqual([]);
    expect(story.causes[0]?.id).toBe(cause);
    const pinned = story.entries.filter((entry) => entry.pinned && entry.source === source);
    expect(pinned.map(({ text }) => text).join('\n')).toMatch(words);
    expect(story.entries.map(({ at }) => at)).toEqual([...story.entries.map(({ at }) => at)].sort());
  });

  it('folds what repeats, with a count', async () => {
    const { entries } = await getStory(test.d, REGION, ref('access-denied-on-sample'));
    expect(entries.find(({ source, level }) => source === 'agent-log' && level === 'error')?.count).toBe(4);
  });

  it('is worked out once for a finished job and kept', async () => {
    await getStory(test.d, REGION, ref('lambda-timeout'));
    await test.control.resetCalls();
    const again = await getStory(test.d, REGION, ref('lambda-timeout'));
    expect(again).toMatchObject({ kept: true, causes: [{ id: 'lambda-timeout' }] });
    expect((await test.control.calls()).total).toBe(0);
  });
});

describe('the events of a job', () => {
  it('say who created it and who deployed its agent, and cost CloudTrail nothing the second time', async () => {
    const { events, trail } = await listJobEvents(test.d, REGION, ref('agent-redeployed'));
    expect(trail.state).toBe('ok');
    expect(events.map(({ name, who }) => [name, who])).toEqual([
      ['UpdateAgentRuntime', 'deploy-bot'],
      ['CreateJob', 'maya'],
    ]);
    await test.control.resetCalls();
    await listJobEvents(test.d, REGION, ref('agent-redeployed'));
    expect((await test.control.calls()).byOperation['CloudTrail.LookupEvents'] ?? 0).toBe(0);
  });
});

describe('the events in the catalog', () => {
  it('of the job and its agent are found however many others there are', async () => {
    const scope = await test.d.scope(REGION);
    const at = new Date('2026-11-19T12:00:00Z');
    const name = 'UpdateFunctionCode20150331v2';
    const deploy = (eventId: string, functionName: string, late = 0) => ({
      eventId,
      name,
      at: new Date(at.getTime() + late),
      event: { id: eventId, name, at, request: { functionName } },
    });
    const own = { ...deploy('own', ''), name: 'CreateJob', jobCategory: 'AgentRFT', jobName: 'crowded' };
    const noise = Array.from({ length: 2_100 }, (_, i) => deploy(`noise-${i}`, `other-fn-${i}`, 1_000));
    const arn = 'arn:aws:lambda:us-west-2:123456789012:function:fn:live';
    await saveTrailEvents(test.d.catalog, scope, [own, deploy('by-name', 'fn'), deploy('by-arn', arn, 500), ...noise]);
    const stretch = { from: at, to: new Date(at.getTime() + 5_000) };
    const found = await listTrailEvents(test.d.catalog, scope, ref('crowded'), { names: [], ...stretch }, [
      { names: [name], ...stretch, members: ['functionName'], holds: [':fn:'] },
    ]);
    expect(found.map(({ eventId }) => eventId)).toEqual(['by-arn', 'by-name', 'own']);
  });

  it('of packages are those of the job alone, however many of its group were deleted', async () => {
    const scope = await test.d.scope(REGION);
    const job = ref('lambda-timeout');
    await test.d.sync.runUntilIdle();
    const { checkpoints } = await listJobCheckpoints(test.d, REGION, job, { limit: 100 });
    const [own] = checkpoints;
    if (!own) throw new Error('no checkpoint');
    const at = new Date('2026-11-19T12:00:00Z');
    const name = 'DeleteModelPackage';
    const deletion = (eventId: string, modelPackageName: string, late = 0) => ({
      eventId,
      name,
      at: new Date(at.getTime() + late),
      event: { id: eventId, name, at, request: { modelPackageName } },
    });
    const others = Array.from({ length: 2_100 }, (_, i) =>
      deletion(`other-${i}`, own.packageArn.replace(/\d+$/, String(i + 100_000)), 1_000),
    );
    await saveTrailEvents(test.d.catalog, scope, [
      ...others,
      deletion('deleted-by-arn', own.packageArn),
      deletion('deleted-by-address', `${own.group.toUpperCase()}/${own.version}`, 500),
    ]);
    const stretch = { from: at, to: new Date(at.getTime() + 5_000) };
    const found = await listTrailEvents(test.d.catalog, scope, job, { names: [name], ...stretch }, []);
    const deletions = found.filter((event) => event.name === name);
    expect(deletions.map(({ eventId }) => eventId)).toEqual(['deleted-by-address', 'deleted-by-arn']);
  });
});

describe('the diagnosis of a failed job', () => {
  const stateOf = async (job: string, id: string) =>
    (await getDiagnosis(test.d, REGION, ref(job))).checks.find((check) => check.id === id);

  it('runs by itself, names the cause, and is kept', async () => {
    const first = await getDiagnosis(test.d, REGION, ref('agent-redeployed'));
    expect(first.causes[0]?.id).toBe('agent-redeployed');
    expect(first.checks.find(({ id }) => id === 'versions')).toMatchObject({ state: 'fail' });
    await test.control.resetCalls();
    expect((await getDiagnosis(test.d, REGION, ref('agent-redeployed'))).ranAt).toBe(first.ranAt);
    expect((await test.control.calls()).total).toBe(0);
  });

  it('finds the runtime and the function of a job in order', async () => {
    expect(await stateOf('tool-call-drift', 'runtime')).toMatchObject({ state: 'pass' });
    expect(await stateOf('tool-call-drift', 'endpoint')).toMatchObject({ state: 'pass' });
    expect(await stateOf('lambda-timeout', 'function')).toMatchObject({ state: 'pass' });
    expect(await stateOf('lambda-timeout', 'function-timeout')).toMatchObject({ state: 'warn' });
    expect(await stateOf('lambda-timeout', 'invocation')).toMatchObject({ state: 'not-run' });
  });

  it('invokes the forwarder only when asked', async () => {
    const { checks } = await runDiagnosis(test.d, REGION, ref('lambda-timeout'), { invoke: true });
    expect(checks.find(({ id }) => id === 'invocation')).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('Task timed out'),
    });
  });

  it('invokes it once, even when the answer is an error that could be tried again', async () => {
    await test.control.setFaults([{ operation: 'Invoke', kind: 'error' }]);
    await test.control.resetCalls();
    const { checks } = await runDiagnosis(test.d, REGION, ref('lambda-timeout'), { invoke: true });
    expect(checks.find(({ id }) => id === 'invocation')).toMatchObject({ state: 'could-not' });
    expect((await test.control.calls()).byOperation['Lambda.Invoke']).toBe(1);
    await test.control.setFaults([]);
  });

  it('is made again when it was made before everything was known, and not more often than once a minute', async () => {
    const job = ref('tool-call-drift');
    const scope = await test.d.scope(REGION);
    const whole = await getDiagnosis(test.d, REGION, job);
    const { endTime } = (await getJob(test.d, REGION, job)).job;
    const ranAt = new Date(Date.now() - 120_000).toISOString();
    const keep = (report: object) => saveReport(test.d.catalog, scope, job, 'diagnosis', report);
    const ranAgain = async () => (await getDiagnosis(test.d, REGION, job)).ranAt !== ranAt;
    await keep({ ...whole, ranAt });
    expect(await ranAgain()).toBe(false);
    await keep({ ...whole, ranAt, awsNow: endTime });
    expect(await ranAgain()).toBe(true);
    const blind = whole.checks.map((check) => (check.id === 'runtime' ? { ...check, state: 'could-not' } : check));
    await keep({ ...whole, ranAt, checks: blind });
    expect(await ranAgain()).toBe(true);
    const early = { ...whole, ranAt: new Date().toISOString(), awsNow: endTime };
    await keep(early);
    expect((await getDiagnosis(test.d, REGION, job)).ranAt).toBe(early.ranAt);
  });

  it('says which permission was missing', async () => {
    await test.control.setFaults([{ operation: 'GetAgentRuntime', kind: 'access-denied' }]);
    const { checks } = await runDiagnosis(test.d, REGION, ref('malformed-reward'), { invoke: false });
    expect(checks.find(({ id }) => id === 'runtime')).toMatchObject({ state: 'could-not' });
    expect(checks.find(({ id }) => id === 'permissions')?.evidence).toContain('bedrock-agentcore:GetAgentRuntime');
    await test.control.setFaults([]);
  });
});
