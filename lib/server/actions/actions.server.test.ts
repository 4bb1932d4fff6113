import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PlanResponse, ResumeRequest } from '@/lib/contract/actions';
import { AppError } from '@/lib/contract/app-error';
import type { JobRef } from '@/lib/contract/jobs';
import type { ControlClient, FaultRule, SeedJobRequest } from '@/sandbox/control-client';
import { REGION, startTestDeployment, type TestDeployment, testSettings } from '@/tests/test-deployment';
import { describeJob } from '../aws/sagemaker-jobs';
import { findAction } from '../catalog/actions-store';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { createDeployment, type Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { createJob } from './create-job';
import { deleteJob } from './delete-job';
import { planJob } from './plan-job';
import { stopJob } from './stop-job';

const job = (jobName: string): JobRef => ({ jobCategory: 'AgentRFT', jobName });

const POOL = 22;

let test: TestDeployment;
let d: Deployment;
let control: ControlClient;
let otherFolder: string | undefined;
let taken = 0;

beforeAll(async () => {
  // As the program that listens on 127.0.0.1 writes it down; without it, changes are shut.
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({ scenario: 'empty', seed: 7 });
  ({ d, control } = test);
  for (let i = 1; i <= POOL; i += 1) await seed(`run-${i}`, { outcome: 'failed', failAtStep: 9 });
  await seed('done', { outcome: 'completed' });
  await d.sync.runUntilIdle();
});

afterAll(async () => {
  await other?.close();
  await test?.close();
  if (otherFolder) rmSync(otherFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  await control.setFaults([]);
  await control.setQuota({ training: 1000, evaluation: 1000 });
});

/** A job of 12 steps in groups of its own. */
async function seed(name: string, more: Omit<SeedJobRequest, 'name'>) {
  await control.seedJob({
    name,
    startedAgo: '6h',
    steps: 12,
    groups: { output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` },
    tags: { team: 'support' },
    quirks: { packageEvidence: 'path', progressForm: 'step' },
    ...more,
  });
  return name;
}

/** A job that failed in step 10 of 12 and that no other test uses. */
function failedJob(): string {
  taken += 1;
  if (taken > POOL) throw new Error('more jobs are needed: raise POOL');
  return `run-${taken}`;
}

async function runningJob(name: string): Promise<string> {
  await seed(name, { outcome: 'running', startedAgo: '30m' });
  await test.pass(20_000);
  await d.sync.runUntilIdle();
  return name;
}

let other: Deployment | undefined;

/** A second server in front of the same account, with a catalog of its own; made once, since that takes seconds. */
async function anotherServer(): Promise<Deployment> {
  otherFolder ??= mkdtempSync(path.join(tmpdir(), 'cairn-test-'));
  other ??= await createDeployment(testSettings(test.url, path.join(otherFolder, 'data')));
  await other.sync.runUntilIdle();
  return other;
}

async function checkpointOf(name: string, kind: 'resumable' | 'model', step: number) {
  const { checkpoints } = await listJobCheckpoints(d, REGION, job(name), { kind, limit: 100 });
  const found = checkpoints.find((checkpoint) => checkpoint.step === step);
  if (!found) throw new Error(`no ${kind} checkpoint of step ${step} among ${checkpoints.map((c) => c.step)}`);
  return { group: found.group, version: found.version };
}

async function resumeFrom(name: string, step: number, more: Partial<ResumeRequest> = {}): Promise<ResumeRequest> {
  return { action: 'resume', from: await checkpointOf(name, 'resumable', step), ...more };
}

const stateOf = (plan: PlanResponse, id: string) => plan.checks.find((check) => check.id === id)?.state;

const confirm = (body: ResumeRequest, plan: PlanResponse) => ({
  ...body,
  jobName: plan.jobName,
  planToken: plan.planToken,
});

const callsOf = async (operation: string) => {
  const { byOperation } = await control.calls();
  return Object.entries(byOperation).find(([name]) => name.endsWith(operation))?.[1] ?? 0;
};

const jobsNamed = async (name: string) => (await control.truth()).jobs.filter((entry) => entry.name === name);

const fault = (rule: Partial<FaultRule>): FaultRule => ({ operation: 'CreateJob', kind: 'error', ...rule });

describe('planning a resume', () => {
  it('makes the whole request, checks it and changes nothing', async () => {
    const name = failedJob();
    const body = await resumeFrom(name, 8);
    const plan = await planJob(d, REGION, body);

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
    expect(plan.cli).toContain(`--endpoint-url ${test.url}`);
    expect(await jobsNamed(plan.jobName)).toEqual([]);
    expect(await planJob(d, REGION, body)).toEqual(plan);
  });

  it('asks AWS once per name, and for the schema once', async () => {
    const body = await resumeFrom(failedJob(), 8);
    await planJob(d, REGION, body);
    await control.resetCalls();
    await Promise.all([planJob(d, REGION, body), planJob(d, REGION, body), planJob(d, REGION, body)]);
    const { total } = await control.calls();
    expect(await callsOf('DescribeJob')).toBeLessThanOrEqual(3);
    expect(await callsOf('DescribeJobSchemaVersion')).toBe(0);
    expect(total).toBe(await callsOf('DescribeJob'));
  });

  it('refuses a model checkpoint and a finished run, and says why', async () => {
    const name = 'done';
    const model = await planJob(d, REGION, { action: 'resume', from: await checkpointOf(name, 'model', 8) });
    expect(model.canCreate).toBe(false);
    expect(stateOf(model, 'checkpoint')).toBe('fail');
    await expect(createJob(d, REGION, confirm({ action: 'resume', from: model.source }, model))).rejects.toMatchObject({
      code: 'unprocessable',
      message: expect.stringContaining('model checkpoint'),
    });

    const last = await planJob(d, REGION, await resumeFrom(name, 12));
    expect(stateOf(last, 'steps')).toBe('fail');
    expect(last.stepsLeft).toBe(0);
  });

  it('knows a name that is taken, by another job or by this very request', async () => {
    const name = failedJob();
    const other = failedJob();
    const body = await resumeFrom(name, 8, { jobName: other });
    const plan = await planJob(d, REGION, body);
    expect(stateOf(plan, 'name')).toBe('fail');
    await expect(createJob(d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'conflict',
      field: 'jobName',
    });

    const free = await resumeFrom(name, 8);
    const made = await createJob(d, REGION, confirm(free, await planJob(d, REGION, free)));
    const again = await planJob(d, REGION, { ...free, jobName: made.jobName });
    expect(again.checks.find((check) => check.id === 'name')?.detail).toContain('exactly this request');
  });

  it('proposes no second job while the first one of the same request goes on', async () => {
    const name = failedJob();
    const body = await resumeFrom(name, 8);
    const plan = await planJob(d, REGION, body);
    await createJob(d, REGION, confirm(body, plan));

    const again = await planJob(d, REGION, body);
    expect(again).toMatchObject({ jobName: plan.jobName, planToken: plan.planToken, canCreate: false });
    expect(again.checks.find((check) => check.id === 'name')).toMatchObject({
      state: 'fail',
      hint: expect.stringContaining('Open that job'),
    });
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ jobName: plan.jobName, created: false });
    // Another request is another job, and one that has ended may be followed by a next.
    const tags = [{ key: 'other', value: '1' }];
    expect((await planJob(d, REGION, { ...body, tags })).jobName).toBe(`${name}-r3-s8`);
    await stopJob(d, REGION, job(plan.jobName));
    await test.pass(600_000);
    await d.sync.runUntilIdle();
    expect(await planJob(d, REGION, body)).toMatchObject({ jobName: `${name}-r3-s8`, canCreate: true });
  });

  it('warns of a training job that is running, and of a parent that is', async () => {
    const running = await runningJob('with-a-child');
    const plan = await planJob(d, REGION, await resumeFrom(running, 2));
    expect(stateOf(plan, 'parent-state')).toBe('warn');
    expect(plan.checks.find((check) => check.id === 'quota')).toMatchObject({
      state: 'warn',
      detail: expect.stringContaining('default'),
    });
    expect(plan.canCreate).toBe(true);
    await stopJob(d, REGION, job(running));
    await test.pass(600_000);
    await d.sync.runUntilIdle();
  });

  it('plans without the permission to read the schema, and says so', async () => {
    const second = await anotherServer();
    const body = await resumeFrom(failedJob(), 8);
    await control.setFaults([fault({ operation: 'DescribeJobSchemaVersion', kind: 'access-denied' })]);
    const plan = await planJob(second, REGION, body);
    expect(stateOf(plan, 'schema')).toBe('unknown');
    expect(stateOf(plan, 'schema-version')).toBe('unknown');
    expect(plan.checks.find((check) => check.id === 'schema')?.detail).toContain('DescribeJobSchemaVersion');
    expect(plan.canCreate).toBe(true);
  });

  it('has an answer for a checkpoint nobody knows', async () => {
    const from = { group: 'nowhere-mpg', version: 3 };
    await expect(planJob(d, REGION, { action: 'resume', from })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('plans in a read-only deployment, and lets nothing be carried out', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const shut = { ...d, settings: { ...d.settings, readOnly: true } };
    const plan = await planJob(shut, REGION, body);
    expect(plan.canCreate).toBe(false);
    expect(plan.checks[0]).toMatchObject({ id: 'allowed', state: 'fail' });
    await expect(createJob(shut, REGION, confirm(body, plan))).rejects.toMatchObject({ code: 'read_only' });
    await expect(stopJob(shut, REGION, job('x'))).rejects.toMatchObject({ code: 'read_only' });
    await expect(deleteJob(shut, REGION, job('x'))).rejects.toMatchObject({ code: 'read_only' });
  });
});

describe('carrying a plan out', () => {
  it('makes a job that goes on at the next step, of the right parent, and shows it at once', async () => {
    const name = failedJob();
    const heard: string[] = [];
    const leave = d.events.subscribe((events) => heard.push(...events.map((event) => JSON.stringify(event))));
    const body = await resumeFrom(name, 8);
    const plan = await planJob(d, REGION, body);
    const made = await createJob(d, REGION, confirm(body, plan));
    expect(made).toMatchObject({ ...job(`${name}-r2-s8`), created: true });
    expect(made.jobArn).toContain(`:job/AgentRFT/${name}-r2-s8`);

    const { job: shown } = await getJob(d, REGION, job(made.jobName));
    expect(shown).toMatchObject({ jobStatus: 'InProgress', parent: { kind: 'resume', step: 8, job: job(name) } });
    d.events.flush();
    leave();
    expect(heard.join()).toContain(made.jobName);

    await test.pass(2 * 3_600_000);
    await d.sync.runUntilIdle();
    const truth = await control.truth();
    expect(truth.jobs.find((entry) => entry.name === made.jobName)?.parent).toEqual({
      kind: 'resume',
      job: name,
      step: 8,
    });
    const steps = truth.packages.filter(([, , kind, maker]) => kind === 'resumable' && maker === made.jobName);
    expect(steps.map((entry) => entry[5])).toEqual([9, 10, 11, 12]);
    const { job: done } = await getJob(d, REGION, job(made.jobName));
    expect(done).toMatchObject({ jobStatus: 'Completed', checkpoints: { resumable: 4, lastResumableStep: 12 } });
    const action = await findAction(d.catalog, await d.scope(REGION), plan.planToken);
    expect(action).toMatchObject({ action: 'create', state: 'done', job: job(made.jobName) });
  });

  it('makes one job of two clicks at once and a third later', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    await control.resetCalls();
    const answers = await Promise.all([
      createJob(d, REGION, confirm(body, plan)),
      // The name left out: the token knows it.
      createJob(d, REGION, { ...body, planToken: plan.planToken }),
    ]);
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.jobArn)).size).toBe(1);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ created: false });
    expect(await callsOf('CreateJob')).toBe(1);
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('makes one job for two servers that share nothing, also while the answer of the first never comes', async () => {
    const name = failedJob();
    const second = await anotherServer();
    const body = await resumeFrom(name, 8);
    const [plan, same] = [await planJob(d, REGION, body), await planJob(second, REGION, body)];
    expect(same.planToken).toBe(plan.planToken);
    await control.setFaults([fault({ kind: 'hang', afterEffect: true, times: 1 })]);
    // Its connection ends with the server; nobody waits for the answer.
    void createJob(second, REGION, confirm(body, same)).catch(() => undefined);
    while ((await jobsNamed(plan.jobName)).length === 0) await new Promise(setImmediate);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ jobName: plan.jobName, created: false });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('finds its own job after a lost answer and a refusal to ask again', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    await control.setFaults([fault({ kind: 'error', afterEffect: true, times: 1 }), fault({ kind: 'throttle' })]);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ jobName: plan.jobName, created: false });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
    expect((await findAction(d.catalog, await d.scope(REGION), plan.planToken))?.state).toBe('done');
  });

  it('leaves open a call that was never answered, although there is no job yet', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    const unreachable: Deployment = {
      ...d,
      aws: (region) => {
        const aws = d.aws(region);
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
    const scope = await d.scope(REGION);
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('started');
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ created: true });
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('done');
  });

  it.each<[string, Partial<FaultRule>]>([
    ['an error the SDK asks again after', { kind: 'error', times: 1 }],
    ['errors until the SDK gives up', { kind: 'error' }],
    ['a broken body', { kind: 'broken-body' }],
  ])('finds its own job after %s', async (_, rule) => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    await control.setFaults([fault({ ...rule, afterEffect: true })]);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ jobName: plan.jobName, created: false });
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
    const action = await findAction(d.catalog, await d.scope(REGION), plan.planToken);
    expect(action?.state).toBe('done');
  });

  it('says that nothing was started when nothing was, and starts at the next try', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    await control.setFaults([fault({ kind: 'error' })]);
    await expect(createJob(d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'aws_failed',
      hint: expect.stringContaining('nothing was started'),
    });
    const scope = await d.scope(REGION);
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('failed');
    await control.setFaults([]);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ created: true });
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('done');
  });

  it('leaves open what nobody knows, and finds out at the next try', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    // The first DescribeJob is the plan's own, which finds the name free.
    await control.setFaults([
      fault({ kind: 'error', afterEffect: true }),
      fault({ operation: 'DescribeJob', kind: 'delay', delayMs: 0, times: 1 }),
      fault({ operation: 'DescribeJob', kind: 'access-denied' }),
    ]);
    await expect(createJob(d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'aws_unreachable',
      hint: expect.stringContaining('never makes a second job'),
    });
    const scope = await d.scope(REGION);
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('started');
    await control.setFaults([]);
    expect(await createJob(d, REGION, confirm(body, plan))).toMatchObject({ created: false });
    expect((await findAction(d.catalog, scope, plan.planToken))?.state).toBe('done');
    expect(await jobsNamed(plan.jobName)).toHaveLength(1);
  });

  it('passes on what AWS refuses, with what mends it', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    await control.setQuota({ training: 0 });
    await expect(createJob(d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'quota_exceeded',
      hint: expect.stringContaining('Service Quotas'),
    });
    await control.setFaults([fault({ kind: 'access-denied' })]);
    await expect(createJob(d, REGION, confirm(body, plan))).rejects.toMatchObject({
      code: 'access_denied',
      hint: expect.stringMatching(/sagemaker:CreateJob.*iam:PassRole/),
    });
    expect(await jobsNamed(plan.jobName)).toEqual([]);
  });

  it('starts nothing when it would be another request than the one that was looked at', async () => {
    const body = await resumeFrom(failedJob(), 8);
    const plan = await planJob(d, REGION, body);
    const changed = { ...confirm(body, plan), tags: [{ key: 'new', value: '1' }] };
    await expect(createJob(d, REGION, changed)).rejects.toMatchObject({
      code: 'plan_stale',
      message: expect.stringContaining('the tags'),
    });
    await expect(createJob(d, REGION, { ...confirm(body, plan), jobName: 'another' })).rejects.toMatchObject({
      code: 'plan_stale',
      message: expect.stringContaining('the job name'),
    });
    await expect(createJob(d, REGION, { ...confirm(body, plan), planToken: 'x' })).rejects.toMatchObject({
      code: 'bad_request',
      field: 'planToken',
    });
    expect(await jobsNamed(plan.jobName)).toEqual([]);
  });

  it('carries markup in tags as text', async () => {
    const tags = [{ key: 'note', value: '<script>alert(1)</script> & "quotes"' }];
    const body = await resumeFrom(failedJob(), 8, { tags });
    const plan = await planJob(d, REGION, body);
    const made = await createJob(d, REGION, confirm(body, plan));
    expect((await describeJob(d.aws(REGION), made)).tags).toEqual(tags);
  });
});

describe('stopping and deleting', () => {
  it('stops a running job once, and knows one that has ended', async () => {
    const name = await runningJob('to-stop');
    await control.resetCalls();
    const [first, second] = await Promise.all([stopJob(d, REGION, job(name)), stopJob(d, REGION, job(name))]);
    expect(first).toEqual({ ...job(name), jobStatus: 'Stopping', alreadyFinal: false });
    expect(second).toEqual(first);
    expect(await stopJob(d, REGION, job(name))).toMatchObject({ jobStatus: 'Stopping', alreadyFinal: false });
    expect(await callsOf('StopJob')).toBe(1);
    expect((await getJob(d, REGION, job(name))).job.jobStatus).toBe('Stopping');

    await test.pass(600_000);
    expect(await stopJob(d, REGION, job(name))).toEqual({ ...job(name), jobStatus: 'Stopped', alreadyFinal: true });
    expect((await getJob(d, REGION, job(name))).job.jobStatus).toBe('Stopped');
  });

  it('takes a lost answer to a stop for what it was', async () => {
    const name = await runningJob('stop-unheard');
    await control.setFaults([fault({ operation: 'StopJob', kind: 'broken-body', afterEffect: true })]);
    expect(await stopJob(d, REGION, job(name))).toMatchObject({ jobStatus: 'Stopping' });
  });

  it('deletes what has ended, remembers it, and deletes nothing twice', async () => {
    const running = await runningJob('not-to-delete');
    await expect(deleteJob(d, REGION, job(running))).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringContaining('Stop it first'),
    });
    await stopJob(d, REGION, job(running));

    const name = failedJob();
    expect(await deleteJob(d, REGION, job(name))).toEqual({ ...job(name), deleted: true });
    expect(await deleteJob(d, REGION, job(name))).toMatchObject({ deleted: true });
    await test.pass(600_000);
    expect(await jobsNamed(name)).toEqual([]);
    expect(await deleteJob(d, REGION, job(name))).toMatchObject({ deleted: true });
    expect((await getJob(d, REGION, job(name))).job.deletedAt).toBeDefined();
  });

  it('knows no job nobody ever had', async () => {
    await expect(stopJob(d, REGION, job('never'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteJob(d, REGION, job('never'))).rejects.toMatchObject({ code: 'not_found' });
  });
});
