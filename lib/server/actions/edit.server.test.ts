import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EditRequest, PlanResponse } from '@/lib/contract/actions';
import type { CheckpointKind } from '@/lib/contract/checkpoints';
import type { ControlClient } from '@/sandbox/control-client';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { describeJob } from '../aws/sagemaker-jobs';
import { listActions } from '../catalog/actions-store';
import { getCheckpoint } from '../checkpoints/get-checkpoint';
import { listJobCheckpoints } from '../checkpoints/list-job-checkpoints';
import { noteCheckpoint, pinCheckpoint } from '../checkpoints/mark-checkpoint';
import type { Deployment } from '../deployment';
import { getJob } from '../jobs/get-job';
import { approveCheckpoint } from './approve-checkpoint';
import { createJob } from './create-job';
import { planJob } from './plan-job';

let test: TestDeployment;
let d: Deployment;
let control: ControlClient;

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({ scenario: 'empty', seed: 7 });
  ({ d, control } = test);
  await control.setQuota({ training: 1000, evaluation: 1000 });
  for (const name of ['desk', 'other']) {
    await control.seedJob({
      name,
      startedAgo: '6h',
      steps: 12,
      outcome: 'completed',
      groups: { output: `${name}-mpg`, intermediate: `${name}-checkpoint-mpg` },
      quirks: { packageEvidence: 'path', progressForm: 'step' },
    });
  }
  await d.sync.runUntilIdle();
});

afterAll(() => test?.close());

async function checkpointOf(jobName: string, kind: CheckpointKind, step: number) {
  const { checkpoints } = await listJobCheckpoints(d, REGION, { jobCategory: 'AgentRFT', jobName }, { limit: 100 });
  const found = checkpoints.find((each) => each.kind === kind && each.step === step);
  if (!found) throw new Error(`${jobName} has no ${kind} checkpoint of step ${step}`);
  return { group: found.group, version: found.version };
}

const stateOf = (plan: PlanResponse, id: string) => plan.checks.find((check) => check.id === id)?.state;
const detailOf = (plan: PlanResponse, id: string) => plan.checks.find((check) => check.id === id)?.detail;
const create = (body: EditRequest, plan: PlanResponse) =>
  createJob(d, REGION, { ...body, jobName: plan.jobName, planToken: plan.planToken });

describe('iterate', () => {
  it('starts from a model checkpoint with what was changed, once, and is an edge of its kind', async () => {
    const body: EditRequest = {
      action: 'iterate',
      from: await checkpointOf('desk', 'model', 8),
      changes: {
        hyperparameters: { learning_rate: 3e-5, temperature: null },
        data: { train: 's3://example-data/harder/train.parquet' },
      },
    };
    const plan = await planJob(d, REGION, body);
    expect(plan.checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(plan.jobName).toBe('desk-i2-s8');
    expect(plan.locked).toMatchObject([{ label: 'Base model' }]);
    const learning = plan.diff.find(({ path }) => path.endsWith('.learning_rate'));
    expect(learning).toMatchObject({ kind: 'changed', after: 3e-5 });
    expect(plan.form.find(({ name }) => name === 'learning_rate')).toMatchObject({ value: 3e-5, type: 'float' });
    expect(plan.settings.data[0]).toEqual({ channel: 'train', source: 's3://example-data/harder/train.parquet' });

    const first = await create(body, plan);
    const second = await create(body, plan);
    expect([first.created, second.created]).toEqual([true, false]);
    const job = await describeJob(d.aws(REGION), { jobCategory: 'AgentRFT', jobName: plan.jobName });
    expect(JSON.stringify(job)).toContain('harder/train.parquet');
    await d.sync.runUntilIdle();
    const { job: child } = await getJob(d, REGION, { jobCategory: 'AgentRFT', jobName: plan.jobName });
    expect(child.parent).toMatchObject({ kind: 'iterate', step: 8, job: { jobName: 'desk' } });

    const { actions } = await listActions(d.catalog, await d.scope(REGION), {
      jobCategory: 'AgentRFT',
      jobName: plan.jobName,
    });
    expect(actions).toMatchObject([{ action: 'create', state: 'done', detail: { action: 'iterate' } }]);
    expect(actions[0]?.who).toMatch(/^arn:aws:(iam|sts)::/);

    const again = await planJob(d, REGION, { ...body, jobName: 'the-same-again' });
    expect([stateOf(again, 'identical'), again.canCreate]).toEqual(['warn', true]);
    expect(detailOf(again, 'identical')).toContain(plan.jobName);
  });

  it('warns when nothing changes', async () => {
    const plan = await planJob(d, REGION, { action: 'iterate', from: await checkpointOf('desk', 'model', 7) });
    expect([stateOf(plan, 'changed'), plan.canCreate]).toEqual(['warn', true]);
  });

  it.each<[string, string, EditRequest['changes'], RegExp]>([
    ['a value out of range', 'schema', { hyperparameters: { learning_rate: 5 } }, /learning_rate/],
    ['the same by the range in words', 'limits', { hyperparameters: { learning_rate: 5 } }, /More than 0, up to 0\.01/],
    ['validation data that are nowhere', 'data', { data: { validation: 's3://' } }, /validation is s3/],
    ['a value of another type', 'schema', { hyperparameters: { max_steps: 'many' } }, /max_steps/],
    ['the checkpoint group as output', 'groups-kind', { outputGroup: 'other-checkpoint-mpg' }, /resumable/],
    ['the same group twice', 'groups', { outputGroup: 'other-mpg', intermediateGroup: 'other-mpg' }, /Both are/],
    ['a group that is not there', 'groups-exist', { outputGroup: 'nowhere-mpg' }, /no nowhere-mpg/],
    ['no data', 'data', { data: { train: null } }, /no train channel/],
    ['another account’s role', 'role', { roleArn: 'arn:aws:iam::999999999999:role/Theirs' }, /999999999999/],
    [
      'an agent of another region',
      'region',
      { agent: 'arn:aws:lambda:eu-west-1:123456789012:function:SageMaker-agent' },
      /eu-west-1/,
    ],
  ])('refuses %s', async (_, id, changes, words) => {
    const body: EditRequest = { action: 'iterate', from: await checkpointOf('desk', 'model', 8), changes };
    const plan = await planJob(d, REGION, body);
    expect([stateOf(plan, id), plan.canCreate]).toEqual(['fail', false]);
    expect(detailOf(plan, id)).toMatch(words);
    await expect(create(body, plan)).rejects.toMatchObject({ code: 'unprocessable' });
  });

  it('does not start from a resumable checkpoint, and names its twin', async () => {
    const plan = await planJob(d, REGION, { action: 'iterate', from: await checkpointOf('desk', 'resumable', 8) });
    const check = plan.checks.find(({ id }) => id === 'checkpoint');
    const twin = await checkpointOf('desk', 'model', 8);
    expect(check).toMatchObject({ state: 'fail', hint: expect.stringContaining(`${twin.group}/${twin.version}`) });
  });

  it('takes a document by hand, held against the schema and the base model of the checkpoint', async () => {
    const from = await checkpointOf('desk', 'model', 8);
    const { job } = await getJob(d, REGION, { jobCategory: 'AgentRFT', jobName: 'desk' });
    const document = (job.config.raw ?? '').replace(/"max_steps": ?\d+/, '"max_steps":7');
    const plan = await planJob(d, REGION, { action: 'iterate', from, document });
    expect([plan.byHand, plan.canCreate]).toEqual([true, true]);
    const stranger = document.replace(/hub-content\/[^"]+/, 'hub-content/SageMakerPublicHub/Model/another-model/1.0.0');
    const refused = await planJob(d, REGION, { action: 'iterate', from, document: stranger });
    expect(stateOf(refused, 'base-model')).toBe('fail');
    await expect(planJob(d, REGION, { action: 'iterate', from, document: '{"a":' })).rejects.toMatchObject({
      code: 'unprocessable',
      field: 'document',
    });
    const both = planJob(d, REGION, { action: 'iterate', from, document, changes: {} });
    await expect(both).rejects.toMatchObject({ code: 'bad_request', field: 'changes' });
  });
});

describe('evaluate', () => {
  it('measures a model checkpoint with flat texts', async () => {
    const body: EditRequest = {
      action: 'evaluate',
      from: await checkpointOf('desk', 'model', 8),
      changes: { hyperparameters: { temperature: 0.7, pass_k_values: [1, 2] } },
    };
    const plan = await planJob(d, REGION, body);
    expect(plan.checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect([plan.jobName, plan.jobCategory]).toEqual(['desk-eval-s8', 'AgentRFTEvaluation']);
    const { EvaluationConfig } = JSON.parse(plan.request.JobConfigDocument);
    expect(EvaluationConfig.HyperParameters).toEqual({ temperature: '0.7', pass_k_values: '[1,2]' });
    expect((await create(body, plan)).created).toBe(true);
    await d.sync.runUntilIdle();
    const { job } = await getJob(d, REGION, { jobCategory: 'AgentRFTEvaluation', jobName: plan.jobName });
    expect(job.parent).toMatchObject({ kind: 'evaluate', step: 8, job: { jobName: 'desk' } });
  });

  it('refuses a value out of range, which the schema of an evaluation takes as a text', async () => {
    const from = await checkpointOf('desk', 'model', 8);
    const body: EditRequest = { action: 'evaluate', from, changes: { hyperparameters: { temperature: 3 } } };
    const plan = await planJob(d, REGION, body);
    expect([stateOf(plan, 'limits'), plan.canCreate]).toEqual(['fail', false]);
    await expect(create(body, plan)).rejects.toMatchObject({ code: 'unprocessable' });
  });

  it('measures the base model, by the job it is the base of', async () => {
    const body: EditRequest = { action: 'evaluate', template: { jobName: 'desk' } };
    const plan = await planJob(d, REGION, body);
    expect(plan.checks.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(JSON.parse(plan.request.JobConfigDocument)).not.toHaveProperty('ModelPackageConfig');
    expect((await create(body, plan)).created).toBe(true);
  });

  it('wants a checkpoint or a template, and not both', async () => {
    const from = await checkpointOf('desk', 'model', 8);
    for (const body of [{}, { from, template: { jobName: 'desk' } }]) {
      await expect(planJob(d, REGION, { action: 'evaluate', ...body })).rejects.toMatchObject({ field: 'from' });
    }
  });
});

describe('a checkpoint', () => {
  it('is approved at AWS and in the catalog, and the ledger says by whom and why', async () => {
    const ref = await checkpointOf('other', 'model', 5);
    await approveCheckpoint(d, REGION, ref, { status: 'Approved', description: 'the best' });
    const { checkpoint } = await getCheckpoint(d, REGION, ref.group, ref.version);
    expect(checkpoint.approvalStatus).toBe('Approved');
    await approveCheckpoint(d, REGION, ref, { status: 'Rejected' });
    const { actions } = await listActions(d.catalog, await d.scope(REGION), ref);
    expect(actions).toMatchObject([
      { action: 'reject', state: 'done' },
      { action: 'approve', state: 'done', detail: { description: 'the best' } },
    ]);
  });

  it('writes a refused approval down and leaves the catalog as AWS has it', async () => {
    const ref = await checkpointOf('other', 'model', 6);
    await control.setFaults([{ operation: 'UpdateModelPackage', kind: 'access-denied' }]);
    await expect(approveCheckpoint(d, REGION, ref, { status: 'Approved' })).rejects.toMatchObject({
      code: 'access_denied',
    });
    await control.setFaults([]);
    const { checkpoint } = await getCheckpoint(d, REGION, ref.group, ref.version);
    expect(checkpoint.approvalStatus).not.toBe('Approved');
    const { actions } = await listActions(d.catalog, await d.scope(REGION), ref);
    expect(actions).toMatchObject([{ action: 'approve', state: 'failed', answer: expect.stringContaining('refused') }]);
  });

  it('is pinned once and let go, and keeps its notes in order', async () => {
    const ref = await checkpointOf('other', 'resumable', 5);
    await pinCheckpoint(d, REGION, ref, true);
    await pinCheckpoint(d, REGION, ref, true);
    expect((await getCheckpoint(d, REGION, ref.group, ref.version)).pin?.who).toMatch(/^arn:/);
    await pinCheckpoint(d, REGION, ref, false);
    expect((await getCheckpoint(d, REGION, ref.group, ref.version)).pin).toBeUndefined();
    await noteCheckpoint(d, REGION, ref, { text: 'one' });
    const { notes } = await noteCheckpoint(d, REGION, ref, { text: 'two' });
    expect(notes.map(({ text }) => text)).toEqual(['one', 'two']);
    const left = await noteCheckpoint(d, REGION, ref, { remove: notes[0]?.id ?? 0 });
    expect(left.notes.map(({ text }) => text)).toEqual(['two']);
    await expect(pinCheckpoint(d, REGION, { group: 'nowhere', version: 1 }, true)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
