import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CatalogEvent } from '@/lib/contract/events';
import { listJobsQuerySchema } from '@/lib/contract/jobs';
import { compareWithTruth } from '@/tests/compare-with-truth';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { getJob } from '../jobs/get-job';
import { listJobs } from '../jobs/list-jobs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('an account in which every kind of job lives', () => {
  let test: TestDeployment;
  beforeAll(async () => {
    test = await startTestDeployment({ scenario: 'still-running' });
    await test.d.sync.runUntilIdle();
  });
  afterAll(() => test.close());

  const whole = async () => compareWithTruth(test.d, await test.control.truth(REGION));
  const live = async () =>
    (await listJobs(test.d, REGION, listJobsQuerySchema.parse({ status: 'running' }))).jobs.map((job) => job.jobName);

  it('is followed while it moves: steps, checkpoints, a job made elsewhere', async () => {
    expect(await whole()).toEqual([]);
    const events: CatalogEvent[] = [];
    const leave = test.d.events.subscribe((batch) => events.push(...batch));
    await test.control.seedJob({ name: 'made-elsewhere', outcome: 'running', steps: 4 });
    await test.pass(20 * SECOND);
    await test.d.sync.runUntilIdle();
    expect(await live()).toContain('made-elsewhere');
    for (let i = 0; i < 6; i += 1) {
      await test.pass(2 * MINUTE);
      await test.d.sync.runUntilIdle();
    }
    test.d.events.flush();
    leave();
    expect(await whole()).toEqual([]);
    const names = (type: CatalogEvent['type']) =>
      new Set(events.flatMap((event) => (event.type === type && 'jobName' in event ? [event.jobName] : [])));
    expect(names('job')).toContain('made-elsewhere');
    expect(names('job')).not.toContain('finished-long-ago');
    expect(names('checkpoints')).toContain('training-mid');
  });

  it('asks for live jobs about every 10 s, for lists every 16 s and for groups every 15 s', async () => {
    await test.d.sync.runUntilIdle();
    await test.control.resetCalls();
    const jobs = (await live()).length;
    for (let second = 0; second < 60; second += 1) {
      await test.pass(SECOND);
      await test.d.sync.tick();
    }
    const { byOperation } = await test.control.calls();
    expect(byOperation['SageMaker.DescribeJob']).toBeGreaterThanOrEqual(5 * jobs);
    expect(byOperation['SageMaker.DescribeJob']).toBeLessThanOrEqual(7 * jobs);
    expect(byOperation['SageMaker.ListJobs']).toBeGreaterThanOrEqual(6);
    expect(byOperation['SageMaker.ListJobs']).toBeLessThanOrEqual(8);
    expect(byOperation['SageMaker.ListModelPackages']).toBeGreaterThanOrEqual(2 * 3);
  });

  it('is whole when all of them have ended, late promotions included', async () => {
    for (let i = 0; i < 60 && (await live()).length > 0; i += 1) {
      await test.pass(10 * MINUTE);
      await test.d.sync.runUntilIdle();
    }
    expect(await live()).toEqual([]);
    expect(await whole()).toEqual([]);
  });

  it('then costs at most 10 calls in any minute, and nothing for what ended', async () => {
    for (let i = 0; i < 40; i += 1) {
      await test.pass(MINUTE);
      await test.d.sync.runUntilIdle();
    }
    await test.control.resetCalls();
    const totals: number[] = [test.d.meter.total()];
    for (let second = 0; second < 20 * 60; second += 1) {
      await test.pass(SECOND, { aws: second % 30 === 0 });
      await test.d.sync.tick();
      totals.push(test.d.meter.total());
    }
    const busiest = Math.max(...totals.slice(60).map((total, i) => total - (totals[i] ?? 0)));
    expect(busiest).toBeLessThanOrEqual(10);
    const { byOperation } = await test.control.calls();
    expect(Object.keys(byOperation).sort()).toEqual(['SageMaker.ListJobs']);
  });

  it('opening finished jobs asks SageMaker nothing', async () => {
    const { jobs } = await listJobs(test.d, REGION, listJobsQuerySchema.parse({ limit: 200 }));
    await test.control.resetCalls();
    for (let opened = 0; opened < 100; opened += 1) {
      const { jobCategory, jobName } = jobs[opened % jobs.length] ??
        jobs[0] ?? { jobCategory: 'AgentRFT', jobName: '' };
      const { job } = await getJob(test.d, REGION, { jobCategory, jobName });
      expect(job.described).toBe(true);
      const { complete } = await listJobCheckpoints(test.d, REGION, { jobCategory, jobName }, { limit: 100 });
      expect(complete).toBe(true);
    }
    expect((await test.control.calls()).total).toBe(0);
  });

  it('notices a job that was deleted elsewhere, and remembers it', async () => {
    const { deleteJob } = await import('../aws/sagemaker-jobs');
    const ref = { jobCategory: 'AgentRFT', jobName: 'finished-long-ago' } as const;
    await deleteJob(test.d.aws(REGION), ref);
    await test.pass(16 * SECOND);
    await test.d.sync.runUntilIdle();
    await test.d.sync.nudge(REGION, ref);
    const { job: going } = await getJob(test.d, REGION, ref);
    expect(going.transitions.at(-1)?.status).toBe('Deleting');
    expect([going.jobStatus, going.secondaryStatus, going.deletedAt]).toEqual(['Completed', 'Completed', undefined]);
    for (let i = 0; i < 30; i += 1) {
      await test.pass(MINUTE);
      await test.d.sync.runUntilIdle();
    }
    const { job } = await getJob(test.d, REGION, ref);
    expect(job.deletedAt).toBeDefined();
    expect(job.jobStatus).toBe('Completed');
    expect(job.config.parsed).toBeDefined();
  });

  it('asks once for a job it never heard of, however many want it, and says when there is none', async () => {
    await test.control.seedJob({ name: 'just-now', outcome: 'completed', steps: 3 });
    await test.control.resetCalls();
    const ref = { jobCategory: 'AgentRFT', jobName: 'just-now' } as const;
    const answers = await Promise.all(Array.from({ length: 20 }, () => getJob(test.d, REGION, ref)));
    expect(new Set(answers.map(({ job }) => job.jobStatus))).toEqual(new Set(['Completed']));
    expect((await test.control.calls()).byOperation).toEqual({ 'SageMaker.DescribeJob': 1 });
    await expect(getJob(test.d, REGION, { ...ref, jobName: 'never-was' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(getJob(test.d, 'eu-west-1', ref)).rejects.toMatchObject({ code: 'bad_request', field: 'region' });
  });
});
