import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EditRequest, PlanResponse } from '@/lib/contract/actions';
import type { CheckpointKind } from '@/lib/contract/checkpoints';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { getJob } from '../jobs/get-job';
import { createJob } from './create-job';
import { planJob } from './plan-job';

const NOVA = 'nova-textgeneration-lite-v2';
const ROLE = 'arn:aws:iam::123456789012:role/ExampleRole';
const JOBS = ['desk', 'old-words', 'no-document', 'half-document'] as const;

let test: TestDeployment;

/** Answers of AWS with what the sandbox never does: packages that failed or go, a version nobody knows, broken documents. */
function rewrites(operation: string, answer: string): string {
  if (operation === 'BatchDescribeModelPackage' || operation === 'ListModelPackages') {
    return withStatus(withStatus(answer, 3, 'Failed'), 4, 'Deleting');
  }
  if (operation !== 'DescribeJob') return answer;
  const job = JSON.parse(answer) as { JobName: string; JobConfigSchemaVersion?: string; JobConfigDocument?: string };
  if (job.JobName === 'old-words') job.JobConfigSchemaVersion = '99.0.0';
  if (job.JobName === 'no-document') delete job.JobConfigDocument;
  if (job.JobName === 'half-document') job.JobConfigDocument = job.JobConfigDocument?.slice(0, 200);
  return JSON.stringify(job);
}

/** The packages of `desk` with this version get another status, wherever they stand in an answer. */
function withStatus(answer: string, version: number, status: string): string {
  return JSON.stringify(
    JSON.parse(answer, (_, value) =>
      value?.ModelPackageVersion === version && String(value.ModelPackageGroupName).startsWith('desk-')
        ? { ...value, ModelPackageStatus: status }
        : value,
    ),
  );
}

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({ scenario: 'empty', seed: 7, through: { rewrites } });
  await test.control.setQuota({ training: 1000, evaluation: 1000 });
  for (const name of [...JOBS, 'nova']) {
    // Groups are known by the documents that name them: those without one share another job's.
    const home = name.endsWith('document') ? 'old-words' : name;
    await test.control.seedJob({
      name,
      startedAgo: '6h',
      steps: 12,
      outcome: 'completed',
      groups: { output: `${home}-mpg`, intermediate: `${home}-checkpoint-mpg` },
      ...(name === 'nova' ? { baseModel: NOVA } : { quirks: { packageEvidence: 'path' as const } }),
    });
  }
  // Two jobs of one group at one time whose packages name nobody: no evidence is left to tell them apart.
  for (const name of ['nobody-a', 'nobody-b']) {
    await test.control.seedJob({
      name,
      startedAgo: '9h',
      steps: 10,
      outcome: 'completed',
      groups: { output: 'shared-mpg', intermediate: 'shared-checkpoint-mpg' },
      quirks: { packageEvidence: 'none', checkpointFields: 'absent' },
    });
  }
  await test.d.sync.runUntilIdle();
});

afterAll(() => test?.close());

async function checkpointsOf(jobName: string, kind: CheckpointKind) {
  const ref = { jobCategory: 'AgentRFT', jobName } as const;
  const { checkpoints } = await listJobCheckpoints(test.d, REGION, ref, { limit: 100, kind: kind as 'model' });
  if (checkpoints.length === 0) throw new Error(`${jobName} has no ${kind} checkpoint`);
  return checkpoints;
}
async function one(jobName: string, kind: CheckpointKind, version?: number) {
  const found = (await checkpointsOf(jobName, kind)).find((each) => version === undefined || each.version === version);
  if (!found) throw new Error(`${jobName} has no ${kind} checkpoint ${version}`);
  return { group: found.group, version: found.version };
}
const check = (plan: PlanResponse, id: string) => plan.checks.find((each) => each.id === id);

describe('a package that cannot be started from', () => {
  it.each([
    [3, 'Failed'],
    [4, 'Deleting'],
  ])('version %i, which is %s, shuts all three actions', async (version, status) => {
    const plans = [
      await planJob(test.d, REGION, { action: 'resume', from: await one('desk', 'resumable', version) }),
      await planJob(test.d, REGION, { action: 'iterate', from: await one('desk', 'model', version) }),
      await planJob(test.d, REGION, { action: 'evaluate', from: await one('desk', 'model', version) }),
    ];
    for (const plan of plans) {
      expect(check(plan, 'package-status')).toMatchObject({ state: 'fail', detail: expect.stringContaining(status) });
      expect(plan.canCreate).toBe(false);
    }
  });

  it('is no resumable checkpoint (IsCheckpoint): resume stays shut and says what it is', async () => {
    const plan = await planJob(test.d, REGION, { action: 'resume', from: await one('desk', 'model') });
    expect(check(plan, 'checkpoint')).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('model checkpoint'),
    });
    expect(plan.canCreate).toBe(false);
  });

  it('is in a restricted group: it says that its place is hidden, and starts by the ARN', async () => {
    // Nothing else of such a package names its job, so that the only job of its group is its maker.
    for (const action of ['resume', 'iterate'] as const) {
      const from = await one('nova', action === 'resume' ? 'resumable' : 'model');
      const plan = await planJob(test.d, REGION, { action, from });
      expect(plan.source?.s3Uri).toBeUndefined();
      expect(check(plan, 'storage')).toMatchObject({ state: 'unknown', detail: expect.stringContaining('ARN') });
      expect(plan.checks.filter(({ state, id }) => state === 'fail' && id !== 'steps')).toEqual([]);
    }
  });
});

describe('a parent whose document cannot be used', () => {
  it.each([
    ['no-document', /no config document/],
    ['half-document', /not valid JSON|not a JSON|no config document/],
  ])('%s: nothing is guessed, and a document by hand with a role of its own is the way on', async (name, words) => {
    const resume = planJob(test.d, REGION, { action: 'resume', from: await one(name, 'resumable') });
    await expect(resume).rejects.toMatchObject({ code: 'unprocessable', message: expect.stringMatching(words) });
    const from = await one(name, 'model');
    await expect(planJob(test.d, REGION, { action: 'iterate', from })).rejects.toMatchObject({
      code: 'unprocessable',
      field: 'document',
    });

    const { job } = await getJob(test.d, REGION, { jobCategory: 'AgentRFT', jobName: 'desk' });
    const document = job.config.raw ?? '';
    const body: EditRequest = { action: 'iterate', from, document, roleArn: ROLE };
    const plan = await planJob(test.d, REGION, body);
    expect(plan.request.RoleArn).toBe(ROLE);
    expect(plan.checks.filter(({ state }) => state === 'fail')).toEqual([]);
    const { planToken, jobName } = plan;
    await expect(createJob(test.d, REGION, { ...body, jobName, planToken })).resolves.toMatchObject({ created: true });
  });

  it('is written in a version that AWS does not know: shut, and by hand held against the newest', async () => {
    const resume = await planJob(test.d, REGION, { action: 'resume', from: await one('old-words', 'resumable') });
    expect(check(resume, 'schema')).toMatchObject({ state: 'fail', detail: expect.stringContaining('99.0.0') });
    const from = await one('old-words', 'model');
    const iterate = await planJob(test.d, REGION, { action: 'iterate', from });
    expect(check(iterate, 'schema')).toMatchObject({ state: 'fail', hint: expect.stringContaining('as text') });
    expect(iterate.canCreate).toBe(false);
    const document = iterate.request.JobConfigDocument;
    const byHand = await planJob(test.d, REGION, { action: 'iterate', from, document });
    expect([check(byHand, 'schema')?.state, byHand.canCreate]).toEqual(['pass', true]);
  });
});

describe('a package no job is known for', () => {
  it('is gone on from by a document by hand, and only with a role beside it', async () => {
    const { packages } = await test.control.truth(REGION);
    const stray = packages.find(([group, , kind]) => group === 'shared-mpg' && kind === 'model');
    if (!stray) throw new Error('the two jobs of one group left no model checkpoint');
    const from = { group: stray[0], version: stray[1] };
    await expect(planJob(test.d, REGION, { action: 'iterate', from })).rejects.toMatchObject({ field: 'document' });
    const { job } = await getJob(test.d, REGION, { jobCategory: 'AgentRFT', jobName: 'desk' });
    const document = job.config.raw ?? '';
    await expect(planJob(test.d, REGION, { action: 'iterate', from, document })).rejects.toMatchObject({
      code: 'unprocessable',
      field: 'roleArn',
    });
    const plan = await planJob(test.d, REGION, { action: 'iterate', from, document, roleArn: ROLE });
    expect(plan.parent).toBeUndefined();
    expect(plan.checks.filter(({ state }) => state === 'fail')).toEqual([]);
    const theirs = 'arn:aws:iam::999999999999:role/Theirs';
    const refused = await planJob(test.d, REGION, { action: 'iterate', from, document, roleArn: theirs });
    expect([check(refused, 'role')?.state, refused.canCreate]).toEqual(['fail', false]);
    const nowhere = planJob(test.d, REGION, { action: 'iterate', from, roleArn: ROLE });
    await expect(nowhere).rejects.toMatchObject({ code: 'bad_request', field: 'roleArn' });
  });
});
