import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/contract/app-error';
import type { FaultRule } from '@/sandbox/control-client';
import { confirm, fault, job, startActionsWorld } from '@/tests/actions-world';
import { REGION } from '@/tests/test-deployment';
import { describeJob } from '../aws/sagemaker-jobs';
import { findAction } from '../catalog/actions-store';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { createJob } from './create-job';
import { planJob } from './plan-job';

const world = startActionsWorld({ failed: 16 });
const { failedJob, anotherServer, resumeFrom, callsOf, jobsNamed } = world;

describe('carrying a plan out', () => {
  it('makes a job that goes on at the next step, of the right parent, and shows it at once', async () => {
    const name = failedJob();
    const heard: string[] = [];
    const leave = world.d.events.subscribe((events) => heard.push(...events.map((event) => JSON.stringify(event))));
    const body = await resumeFrom(name, 8);
    const plan = await planJob(world.d, REGION, body);
    const made = await createJob(world.d, REGION, confirm(body, plan));
    expect(made).toMatchObject({ ...job(`${name}-r2-s8`), created: true });
    expect(made.jobArn).toContain(`:job/AgentRFT/${name}-r2-s8`);

    const { job: shown } = await getJob(world.d, REGION, job(made.jobName));
    expect(shown).toMatchObject({ jobStatus: 'InProgress', parent: { kind: 'resume', step: 8, job: job(name) } });
    world.d.events.flush();
    leave();
    expect(heard.join()).toContain(made.jobName);

    await world.test.pass(2 * 3_600_000);
    await world.d.sync.runUntilIdle();
    const truth = await world.control.truth();
    expect(truth.jobs.find((entry) => entry.name === made.jobName)?.parent).toEqual({
      kind: 'resume',
      job: name,
      step: 8,
    });
    const steps = truth.packages.filter(([, , kind, maker]) => kind === 'resumable' && maker === made.jobName);
    expect(steps.map((entry) => entry[5])).toEqual([9, 10, 11, 12]);
    const { job: done } = await getJob(world.d, REGION, job(made.jobName));
    expect(done).toMatchObject({ jobStatus: 'Completed', checkpoints: { resumable: 4, lastResumableStep: 12 } });
    const action = await findAction(world.d.catalog, await world.d.scope(REGION), plan.planToken);
    expect(action).toMatchObject({ action: 'create', state: 'done', job: job(made.jobName) });
  });

  it('makes one job of two clicks at once and a third later', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    await world.control.resetCalls();
    const answers = await Promise.all([
      createJob(world.d, REGION, confirm(body, plan)),
      // The name left out: the token knows it.
      createJob(world.d, REGION, { ...body, planToken: plan.planToken }),
    ]);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.jobArn)).size).toBe(1);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({ created: false });
    expect(await callsOf('CreateJob')).toBe(1);
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('makes one job for two servers that share nothing, also while the answer of the first never comes', async () => {
    const name = failedJob();
    const second = await anotherServer();
    const body = await resumeFrom(name, 8);
    const [plan, same] = [await planJob(world.d, REGION, body), await planJob(second, REGION, body)];
    expect(same.planToken).toBe(plan.planToken);
    await world.control.setFaults([fault({ kind: 'hang', afterEffect: true, times: 1 })]);
    // Its connection ends with the server; nobody waits for the answer.
    void createJob(second, REGION, confirm(body, same)).catch(() => undefined);
    while ((await jobsNamed(plan.jobName)).length === 0) await new Promise(setImmediate);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({
      jobName: plan.jobName,
      created: false,
    });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('finds its own job after a lost answer and a refusal to ask again', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    await world.control.setFaults([fault({ kind: 'error', afterEffect: true, times: 1 }), fault({ kind: 'throttle' })]);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({
      jobName: plan.jobName,
      created: false,
    });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
    expect((await findAction(world.d.catalog, await world.d.scope(REGION), plan.planToken))?.state).toBe('done');
  });

  it('leaves open a call that was never answered, although there is no job yet', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    const unreachable: Deployment = {
      ...world.d,
      aws: (region) => {
        const aws = world.d.aws(region);
        const call: typeof aws.call = (action, send) =>
          action === 'sagemaker:CreateJob'
            ? Promise.reject(new AppError('aws_unreachable', 'No answer.'))
            : aws.call(action, send);
        return { ...aws, call };
      },
    };
    await expect(createJob(unreachable, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'aws_unreachable',
      message: expect.stringContaining('not known yet'),
      hint: expect.stringContaining('never makes a second job'),
    });
    const scope = await world.d.scope(REGION);
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('started');
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({ created: true });
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('done');
  });

  it.each<[string, Partial<FaultRule>]>([
    ['an error the SDK asks again after', { kind: 'error', times: 1 }],
    ['errors until the SDK gives up', { kind: 'error' }],
    ['a broken body', { kind: 'broken-body' }],
  ])('finds its own job after %s', async (_, rule) => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    await world.control.setFaults([fault({ ...rule, afterEffect: true })]);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({
      jobName: plan.jobName,
      created: false,
    });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
    const action = await findAction(world.d.catalog, await world.d.scope(REGION), plan.planToken);
    expect(action?.state).toBe('done');
  });

  it('says that nothing was started when nothing was, and starts at the next try', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    await world.control.setFaults([fault({ kind: 'error' })]);
    await expect(createJob(world.d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'aws_failed',
      hint: expect.stringContaining('nothing was started'),
    });
    const scope = await world.d.scope(REGION);
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('failed');
    await world.control.setFaults([]);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({ created: true });
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('done');
  });

  it('leaves open what nobody knows, and finds out at the next try', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    // The first DescribeJob is the plan's own, which finds the name free.
    await world.control.setFaults([
      fault({ kind: 'error', afterEffect: true }),
      fault({ operation: 'DescribeJob', kind: 'delay', delayMs: 0, times: 1 }),
      fault({ operation: 'DescribeJob', kind: 'access-denied' }),
    ]);
    await expect(createJob(world.d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'aws_unreachable',
      hint: expect.stringContaining('never makes a second job'),
    });
    const scope = await world.d.scope(REGION);
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('started');
    await world.control.setFaults([]);
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({ created: false });
    expect((await findAction(world.d.catalog, scope, plan.planToken))?.state).toBe('done');
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('passes on what AWS refuses, with what mends it', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    await world.control.setQuota({ training: 0 });
    await expect(createJob(world.d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'quota_exceeded',
      hint: expect.stringContaining('Service Quotas'),
    });
    await world.control.setFaults([fault({ kind: 'access-denied' })]);
    await expect(createJob(world.d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'access_denied',
      hint: expect.stringMatching(/sagemaker:CreateJob.*iam:PassRole/),
    });
    expect(await jobsNamed(plan.jobName)).toEqual([]);
  });

  it('starts nothing when it would be another request than the one that was looked at', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(world.d, REGION, body);
    const changed = { ...confirm(body, plan), tags: [{ key: 'new', value: '1' }] };
    await expect(createJob(world.d, REGION, changed)).rejects.toMatchObject({
      code: 'plan_stale',
      message: expect.stringContaining('the tags'),
    });
    await expect(createJob(world.d, REGION, { ...confirm(body, plan), jobName: 'another' })).rejects.toMatchObject({
      code: 'plan_stale',
      message: expect.stringContaining('the job name'),
    });
    await expect(createJob(world.d, REGION, { ...confirm(body, plan), planToken: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
      field: 'planToken',
    });
    expect(await jobsNamed(plan.jobName)).toEqual([]);
  });

  it('carries markup in tags as text', async () => {
    const tags = [{ key: 'note', value: '<script>alert(1)</script> & "quotes"' }];
    const body = await resumeFrom(failedJob(), 8, { tags });
    const plan = await planJob(world.d, REGION, body);
    const made = await createJob(world.d, REGION, confirm(body, plan));
    expect((await describeJob(world.d.aws(REGION), made)).tags).toEqual(tags);
  });
});
