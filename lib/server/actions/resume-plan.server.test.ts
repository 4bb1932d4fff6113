import { describe, expect, it } from 'vitest';
import { confirm, fault, job, startActionsWorld, stateOf } from '@/tests/actions-world';
import { REGION } from '@/tests/test-deployment';
import { createJob } from './create-job';
import { deleteJob } from './delete-job';
import { planJob } from './plan-job';
import { stopJob } from './stop-job';

const world = startActionsWorld({ failed: 7 });
const { failedJob, runningJob, anotherServer, checkpointOf, resumeFrom, callsOf, jobsNamed } = world;

describe('planning a resume', () => {
  it('makes the whole request, checks it and changes nothing', async () => {
    const name = failedJob();
    const body = await resumeFrom(name, 8);
    const plan = await planJob(world.d, REGION, body);

    expect(plan).toMatchObject({ jobName: `${name}-r2-s8`, parent: job(name), canCreate: true });
    expect(plan).toMatchObject({ firstStep: 9, stepsLeft: 4, stepsRedone: 1 });
    expect(plan.checks.filter((check) => check.state !== 'pass')).toEqual([]);
    expect(plan.diff).toEqual([
      { path: 'JobName', kind: 'changed', before: name, after: `${name}-r2-s8` },
      {
        path: 'JobConfigDocument.ModelPackageConfig.InputModelPackageArn',
        kind: 'added',
        after: plan.source.packageArn,
      },
    ]);
    expect(plan.request.Tags).toContainEqual({ Key: 'team', Value: 'support' });
    expect(plan.request.JobConfigDocument).not.toContain('ServiceOutput');
    expect(plan.tokenEstimate?.train).toBeGreaterThan(0);
    expect(plan.cli).toContain(`--endpoint-url ${world.test.url}`);
    expect(await jobsNamed(plan.jobName)).toEqual([]);
    expect(await planJob(world.d, REGION, body)).toEqual(plan);
  });

  it('asks AWS once per name, and for the schema once', async () => {
    const body = await resumeFrom(failedJob(), 8);
    await planJob(world.d, REGION, body);
    await world.control.resetCalls();
    await Promise.all([planJob(world.d, REGION, body), planJob(world.d, REGION, body), planJob(world.d, REGION, body)]);
    const { total } = await world.control.calls();
    expect(await callsOf('DescribeJob')).toBeLessThanOrEqual(3);
    expect(await callsOf('DescribeJobSchemaVersion')).toBe(0);
    expect(total).toBe(await callsOf('DescribeJob'));
  });

  it('refuses a model checkpoint and a finished run, and says why', async () => {
    const name = 'done';
    const model = await planJob(world.d, REGION, { action: 'resume', from: await checkpointOf(name, 'model', 8) });
    expect(model.canCreate).toBe(false);
    expect(stateOf(model, 'checkpoint')).toBe('fail');
    await expect(
      createJob(world.d, REGION, confirm({ action: 'resume', from: model.source }, model)),
    ).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringContaining('model checkpoint'),
    });

    const last = await planJob(world.d, REGION, await resumeFrom(name, 12));
    expect(stateOf(last, 'steps')).toBe('fail');
    expect(last.stepsLeft).toBe(0);
  });

  it('knows a name that is taken, by another job or by this very request', async () => {
    const name = failedJob();
    const other = failedJob();
    const body = await resumeFrom(name, 8, { jobName: other });
    const plan = await planJob(world.d, REGION, body);
    expect(stateOf(plan, 'name')).toBe('fail');
    await expect(createJob(world.d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'conflict',
      field: 'jobName',
    });

    const free = await resumeFrom(name, 8);
    const made = await createJob(world.d, REGION, confirm(free, await planJob(world.d, REGION, free)));
    const again = await planJob(world.d, REGION, { ...free, jobName: made.jobName });
    expect(again.checks.find((check) => check.id === 'name')?.detail).toContain('exactly this request');
  });

  it('proposes no second job while the first one of the same request goes on', async () => {
    const name = failedJob();
    const body = await resumeFrom(name, 8);
    const plan = await planJob(world.d, REGION, body);
    await createJob(world.d, REGION, confirm(body, plan));

    const again = await planJob(world.d, REGION, body);
    expect(again).toMatchObject({ jobName: plan.jobName, planToken: plan.planToken, canCreate: false });
    expect(again.checks.find((check) => check.id === 'name')).toMatchObject({
      state: 'fail',
      hint: expect.stringContaining('Open that job'),
    });
    expect(await createJob(world.d, REGION, confirm(body, plan))).toMatchObject({
      jobName: plan.jobName,
      created: false,
    });
    // Another request is another job, and one that has ended may be followed by a next.
    const tags = [{ key: 'other', value: '1' }];
    expect((await planJob(world.d, REGION, { ...body, tags })).jobName).toBe(`${name}-r3-s8`);
    await stopJob(world.d, REGION, job(plan.jobName));
    await world.test.pass(600_000);
    await world.d.sync.runUntilIdle();
    expect(await planJob(world.d, REGION, body)).toMatchObject({ jobName: `${name}-r3-s8`, canCreate: true });
  });

  it('warns of a training job that is running, and of a parent that is', async () => {
    const running = await runningJob('with-a-child');
    const plan = await planJob(world.d, REGION, await resumeFrom(running, 2));
    expect(stateOf(plan, 'parent-state')).toBe('warn');
    expect(plan.checks.find((check) => check.id === 'quota')).toMatchObject({
      state: 'warn',
      detail: expect.stringContaining('default'),
    });
    expect(plan.canCreate).toBe(true);
    await stopJob(world.d, REGION, job(running));
    await world.test.pass(600_000);
    await world.d.sync.runUntilIdle();
  });

  it('plans without the permission to read the schema, and says so', async () => {
    const second = await anotherServer();
    const body = await resumeFrom(failedJob(), 8);
    await world.control.setFaults([fault({ operation: 'DescribeJobSchemaVersion', kind: 'access-denied' })]);
    const plan = await planJob(second, REGION, body);
    expect(stateOf(plan, 'schema')).toBe('unknown');
    expect(stateOf(plan, 'schema-version')).toBe('unknown');
    expect(plan.checks.find((check) => check.id === 'schema')?.detail).toContain('DescribeJobSchemaVersion');
    expect(plan.canCreate).toBe(true);
  });

  it('has an answer for a checkpoint nobody knows', async () => {
    const from = { group: 'nowhere-mpg', version: 3 };
    await expect(planJob(world.d, REGION, { action: 'resume', from })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('plans in a read-only deployment, and lets nothing be carried out', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const shut = { ...world.d, settings: { ...world.d.settings, readOnly: true } };
    const plan = await planJob(shut, REGION, body);
    expect(plan.canCreate).toBe(false);
    expect(plan.checks[0]).toMatchObject({ id: 'allowed', state: 'fail' });
    await expect(createJob(shut, REGION, confirm(body, plan))).rejects.toMatchObject({ code: 'read_only' });
    await expect(stopJob(shut, REGION, job('x'))).rejects.toMatchObject({ code: 'read_only' });
    await expect(deleteJob(shut, REGION, job('x'))).rejects.toMatchObject({ code: 'read_only' });
  });
});
