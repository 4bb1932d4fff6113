import { afterEach, describe, expect, it } from 'vitest';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { compareWithTruth } from '@/tests/compare-with-truth';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { getHealth } from '../health/get-health';
import { getJob } from '../jobs/get-job';
import { listJobs } from '../jobs/list-jobs';

const all = listJobsQuerySchema.parse({ limit: 200 });
let test: TestDeployment | undefined;
const start = async (options: Parameters<typeof startTestDeployment>[0]) => {
  test = await startTestDeployment(options);
  return test;
};
afterEach(async () => {
  await test?.close();
  test = undefined;
});

describe('a first fill in trouble', () => {
  it('comes to the truth while 30 % of all calls are throttled and 10 % fail', { timeout: 300_000 }, async () => {
    const { d, control, pass } = await start({ scenario: 'strange-words' });
    await control.setFaults([
      { operation: '*', kind: 'throttle', rate: 0.3 },
      { operation: '*', kind: 'error', rate: 0.1 / 0.7 },
    ]);
    const settled = () => {
      const { phase, errors } = d.sync.status(REGION);
      return phase === 'live' && errors.length === 0;
    };
    for (let round = 0; round < 60 && !settled(); round += 1) {
      await d.sync.runUntilIdle();
      // What is there already can be read at any time.
      await listJobs(d, REGION, all).catch((error: unknown) => expect(error).toMatchObject({ code: 'throttled' }));
      await pass(30_000, { aws: false });
    }
    const strangers = ['parent-never-existed', 'parent-of-another-account'];
    expect(await compareWithTruth(d, await control.truth(REGION), strangers)).toEqual([]);
  });

  it('reads everything but the one group it may not read, and that one when it may', async () => {
    let denied = true;
    const { d, control, pass } = await start({
      scenario: 'still-running',
      through: {
        denies: (operation, body) =>
          denied && operation === 'ListModelPackages' && body.includes('"still-running-checkpoint-mpg"'),
      },
    });
    await d.sync.runUntilIdle();
    const { phase, errors } = d.sync.status(REGION);
    expect(phase).toBe('live');
    expect(errors).toMatchObject([
      { code: 'access_denied', scope: 'group still-running-checkpoint-mpg', since: '2026-11-20T12:00:00.000Z' },
    ]);
    expect(errors[0]?.hint).toContain('sagemaker:ListModelPackages');
    const { job } = await getJob(d, REGION, { jobCategory: 'AgentRFT', jobName: 'finished-long-ago' });
    expect(job.checkpoints).toEqual({ resumable: 0, model: 20 });
    expect((await getHealth(d)).status).toBe('degraded');

    denied = false;
    await pass(10_000);
    await d.sync.runUntilIdle();
    expect(d.sync.status(REGION).errors).toEqual([]);
    expect(await compareWithTruth(d, await control.truth(REGION))).toEqual([]);
  });

  it('describes all but the one job it may not, without waiting for it', async () => {
    const { d } = await start({
      scenario: 'still-running',
      through: { denies: (operation, body) => operation === 'DescribeJob' && body.includes('"finished-long-ago"') },
    });
    await d.sync.runUntilIdle();
    expect(d.sync.status(REGION).phase).toBe('live');
    const { jobs } = await listJobs(d, REGION, all);
    expect(jobs.length).toBeGreaterThan(1);
    expect(jobs.filter(({ described }) => !described).map(({ jobName }) => jobName)).toEqual(['finished-long-ago']);
  });

  it('says which action is missing when everything is denied', async () => {
    const { d } = await start({ scenario: 'access-denied' });
    await d.sync.runUntilIdle();
    const { phase, errors, lastSuccessAt } = d.sync.status(REGION);
    expect(phase).toBe('failing');
    expect(lastSuccessAt).toBeUndefined();
    expect(errors.map(({ scope, code }) => `${scope} ${code}`).sort()).toEqual([
      'AgentRFT access_denied',
      'AgentRFTEvaluation access_denied',
    ]);
    expect(errors[0]?.hint).toContain('sagemaker:ListJobs');
    expect((await listJobs(d, REGION, all)).jobs).toEqual([]);
  });

  it('goes on in one region while another is unreachable', async () => {
    const { d, control } = await start({ scenario: 'team-month', settings: { regions: ['us-east-1', REGION] } });
    await control.setFaults([{ operation: 'SageMaker.*', kind: 'access-denied', region: REGION }]);
    await d.sync.runUntilIdle();
    expect(d.sync.status('us-east-1')).toMatchObject({ phase: 'live', errors: [] });
    expect(d.sync.status(REGION).phase).toBe('failing');
    expect(await compareWithTruth(d, await control.truth('us-east-1'))).toEqual([]);
  });
});

describe('jobs that vanish while they run', () => {
  it('are remembered as deleted, and their groups are not read for ever', async () => {
    const { d, control, pass } = await start({ scenario: 'still-running' });
    await d.sync.runUntilIdle();
    const running = { jobCategory: 'AgentRFT', jobName: 'training-mid' } as const;
    await control.reset({ scenario: 'empty' });
    for (let i = 0; i < 25; i += 1) {
      await pass(60_000);
      await d.sync.runUntilIdle();
    }
    const { job } = await getJob(d, REGION, running);
    expect([job.jobStatus, job.deletedAt !== undefined]).toEqual(['InProgress', true]);
    await control.resetCalls();
    for (let i = 0; i < 4; i += 1) {
      await pass(15_000);
      await d.sync.runUntilIdle();
    }
    const { byOperation } = await control.calls();
    expect(Object.keys(byOperation)).toEqual(['SageMaker.ListJobs']);
    // A group that is gone is an empty one, not one that fails for ever.
    expect(d.sync.status(REGION).errors).toEqual([]);
  });
});

describe('accounts', () => {
  it('are kept apart, and the last one is remembered when credentials are gone', async () => {
    const one = await start({ scenario: 'failed-at-night' });
    await one.d.sync.runUntilIdle();
    const before = await listJobs(one.d, REGION, all);
    expect(before.jobs.length).toBeGreaterThan(0);

    const { startAwsProxy } = await import('@/tests/aws-proxy');
    const proxy = await startAwsProxy(one.url, { account: '999999999999' });
    const { url } = proxy;
    await one.control.reset({ scenario: 'empty' });
    const other = await one.restart({
      endpoints: { sagemaker: url, logs: url, sts: url, cloudtrail: url, agentcore: url, lambda: url },
    });
    await other.sync.runUntilIdle();
    expect((await listJobs(other, REGION, all)).jobs).toEqual([]);
    expect((await getHealth(other)).account).toBe('999999999999');
    await proxy.close();

    await one.control.setFaults([{ operation: '*', kind: 'access-denied' }]);
    const back = await one.restart();
    await back.sync.runUntilIdle();
    expect((await getHealth(back)).account).toBe('999999999999');
    await one.control.setFaults([]);
    await one.pass(60_000);
    await back.sync.tick();
    expect((await getHealth(back)).account).toBe('123456789012');
    const after = await listJobs(back, REGION, all);
    expect(after.jobs.map(({ jobName }) => jobName)).toEqual(before.jobs.map(({ jobName }) => jobName));
  });

  it('say why they are unknown when they never were known', async () => {
    const { d, control } = await start({ scenario: 'failed-at-night' });
    await control.setFaults([{ operation: 'STS.*', kind: 'access-denied' }]);
    await d.sync.runUntilIdle();
    await expect(listJobs(d, REGION, all)).rejects.toMatchObject({ code: 'access_denied' });
    expect(d.sync.status(REGION)).toMatchObject({ phase: 'failing', errors: [{ scope: 'credentials' }] });
  });
});

describe('jobs that share their groups at the same time', () => {
  it('are told apart by what their packages say, and where they say nothing by nobody’s guess', async () => {
    const { d, control } = await start({ scenario: 'empty' });
    const groups = { output: 'shared-mpg', intermediate: 'shared-checkpoint-mpg' };
    const seed = (name: string, packageEvidence: 'path' | 'metadata' | 'tags' | 'none', startedAgo: string) =>
      control.seedJob({
        name,
        outcome: 'completed',
        steps: 6,
        startedAgo,
        groups,
        quirks: { packageEvidence, checkpointFields: 'absent' },
      });
    await seed('by-path', 'path', '10h');
    await seed('by-path-1', 'path', '10h');
    await seed('by-metadata', 'metadata', '10h');
    await seed('by-tags', 'tags', '10h');
    await seed('silent', 'none', '10h');
    await seed('silent-and-alone', 'none', '5h');
    await d.sync.runUntilIdle();

    const truth = await control.truth(REGION);
    // Among others at the same time, only the one package that its document names is known to be of the silent job.
    const wrong = await compareWithTruth(d, truth);
    const output = truth.packages.filter(([group, , , job]) => job === 'silent' && group === 'shared-mpg').at(-1);
    const expected = truth.packages
      .filter(([, version, kind, job]) => job === 'silent' && !(kind === 'model' && version === output?.[1]))
      .map(([group, version]) => `job silent lacks package ${group}/${version}`);
    expect(wrong.filter((line) => line.includes('lacks')).sort()).toEqual(expected.sort());
    expect(wrong.filter((line) => line.includes('is not of this job'))).toEqual([]);
  });
});
