import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../sandbox';
import { callOperation, refusalOf } from '../../testing/call-operation';
import type { JsonObject } from '../../world/types';

const NOW = Date.UTC(2026, 10, 22, 12, 20);
const HOUR = 3_600_000;
let sandbox: Sandbox;
let failed: { document: JsonObject; resumable: string; model: string };

interface Described {
  JobStatus: string;
  SecondaryStatus: string;
  JobConfigDocument: string;
}

const describeJob = async (JobName: string, JobCategory = 'AgentRFT') =>
  (await callOperation<Described>(sandbox, 'DescribeJob', { JobName, JobCategory })).body;

beforeEach(async () => {
  sandbox = new Sandbox({ scenario: 'failed-at-night', speed: 0, nowMs: NOW });
  const { ServiceOutput, ...document } = JSON.parse((await describeJob('night-shift-second')).JobConfigDocument);
  failed = { document, resumable: ServiceOutput.ResumableCheckpoint, model: ServiceOutput.ModelCheckpoint };
});

const request = (document: unknown, name = 'new-job', category = 'AgentRFT') => ({
  JobName: name,
  JobCategory: category,
  RoleArn: 'arn:aws:iam::123456789012:role/ExampleMtrlExecutionRole',
  JobConfigSchemaVersion: '1.0.0',
  JobConfigDocument: typeof document === 'string' ? document : JSON.stringify(document),
});

/** The failed job's document with some parts replaced; `undefined` takes a part away. */
function changed(change: (document: Record<string, Record<string, unknown>>) => void): unknown {
  const copy = structuredClone(failed.document) as Record<string, Record<string, unknown>>;
  change(copy);
  return copy;
}
const fromPackage = (arn: string | undefined) =>
  changed((document) => {
    Object.assign(document.ModelPackageConfig ?? {}, { InputModelPackageArn: arn });
  });

describe('CreateJob', () => {
  it('answers the ARN, and the job begins at once', async () => {
    const { body } = await callOperation(sandbox, 'CreateJob', request(fromPackage(undefined)));
    expect(body).toEqual({ JobArn: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/new-job' });
    sandbox.clock.advance(2_000);
    expect(await describeJob('new-job')).toMatchObject({ JobStatus: 'InProgress', SecondaryStatus: 'Starting' });
    sandbox.clock.advance(6 * HOUR);
    expect(await describeJob('new-job')).toMatchObject({ JobStatus: 'Completed', SecondaryStatus: 'Completed' });
  });

  it('resumes at the next step and ends at the same last step', async () => {
    await callOperation(sandbox, 'CreateJob', request(fromPackage(failed.resumable)));
    sandbox.clock.advance(6 * HOUR);
    const list = { ModelPackageGroupName: 'night-shift-checkpoint-mpg', SortOrder: 'Ascending', MaxResults: 100 };
    const { body } = await callOperation<{ ModelPackageSummaryList: Array<{ ModelPackageArn: string }> }>(
      sandbox,
      'ListModelPackages',
      { ...list, CreationTimeAfter: NOW / 1000 },
    );
    const arns = body.ModelPackageSummaryList.map((summary) => summary.ModelPackageArn);
    expect(arns).toHaveLength(42);
    const { body: first } = await callOperation(sandbox, 'DescribeModelPackage', { ModelPackageName: arns[0] });
    expect(JSON.stringify(first)).toContain('step');
    const job = sandbox.world.region('us-west-2').findJob('AgentRFT', 'new-job', sandbox.clock.now());
    expect(job?.plan).toMatchObject({ firstStep: 59, lastStep: 100 });
    expect(job?.parent).toMatchObject({ kind: 'resume', step: 58, job: { name: 'night-shift-second' } });
  });

  it('resumes from a document whose members come in another order and whose numbers are written otherwise', async () => {
    const document = changed((copy) => {
      Object.assign(copy.ModelPackageConfig ?? {}, { InputModelPackageArn: failed.resumable });
      const training = copy.TrainingConfig as { HyperParameters: Record<string, unknown> };
      training.HyperParameters = Object.fromEntries(Object.entries(training.HyperParameters).reverse());
    });
    const text = JSON.stringify(document).replace('0.00002', '2e-5').replace('"max_steps":100', '"max_steps":1e2');
    expect((await callOperation(sandbox, 'CreateJob', request(text))).status).toBe(200);
  });

  it('iterates from a model checkpoint with other hyperparameters, from step 1', async () => {
    const document = changed((copy) => {
      Object.assign(copy.ModelPackageConfig ?? {}, { InputModelPackageArn: failed.model });
      Object.assign(copy.TrainingConfig ?? {}, { HyperParameters: { max_steps: 10, learning_rate: 5e-6 } });
    });
    await callOperation(sandbox, 'CreateJob', request(document));
    const job = sandbox.world.region('us-west-2').findJob('AgentRFT', 'new-job', sandbox.clock.now());
    expect(job?.plan).toMatchObject({ firstStep: 1, lastStep: 10 });
    expect(job?.parent?.kind).toBe('iterate');
  });

  it.each<[string, (document: Record<string, Record<string, unknown>>) => void, string]>([
    ['another learning rate', (d) => setHyper(d, { learning_rate: 9e-6 }), 'Changed: HyperParameters.learning_rate.'],
    ['another LoRA rank', (d) => setHyper(d, { lora_rank: 16 }), 'Changed: HyperParameters.lora_rank.'],
    [
      'other data',
      (d) => {
        const channels = d.InputDataConfig as unknown as Array<{ DataSource: unknown }>;
        if (channels[0])
          channels[0].DataSource = { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://other-bucket/x' } };
      },
      'Changed: InputDataConfig.',
    ],
  ])('refuses to resume with %s', async (_what, change, message) => {
    const document = changed((copy) => {
      Object.assign(copy.ModelPackageConfig ?? {}, { InputModelPackageArn: failed.resumable });
      change(copy);
    });
    const [type, text] = await refusalOf(sandbox, 'CreateJob', request(document));
    expect(type).toBe('ValidationException');
    expect(text).toContain(message);
  });

  it.each<[string, () => unknown, string]>([
    ['a ServiceOutput', () => ({ ...failed.document, ServiceOutput: {} }), 'must not contain ServiceOutput'],
    ['no JSON', () => '{', 'not valid JSON'],
    ['no object', () => '[1]', 'must be a JSON object'],
    ['no agent', () => ({ ...failed.document, AgentConfig: undefined }), "must have required property 'AgentConfig'"],
    [
      'an unknown member',
      () => ({ ...failed.document, Extra: 1 }),
      '/ has the unknown member Extra, accepted: AgentConfig,',
    ],
    [
      'a learning rate too high',
      () => changed((d) => setHyper(d, { learning_rate: 1 })),
      'learning_rate must be <= 0.01',
    ],
    ['a text for a number', () => changed((d) => setHyper(d, { max_steps: '60' })), 'max_steps must be integer'],
    [
      'a parameter of another model',
      () => changed((d) => setHyper(d, { save_every: 2 })),
      'save_every is not a hyperparameter of this base model',
    ],
    [
      'a batch size of another model',
      () => changed((d) => setHyper(d, { global_batch_size: 16 })),
      'global_batch_size must be one of [32,64,128]',
    ],
    [
      'a model that is not here',
      () => JSON.stringify(failed.document).replace('openai-reasoning-gpt-oss-20b', 'someone-elses-model'),
      'not available',
    ],
    [
      'a group that is not there',
      () => JSON.stringify(failed.document).replace('night-shift-mpg', 'no-such-group'),
      'no-such-group does not exist',
    ],
    [
      'one group for both',
      () =>
        JSON.stringify(failed.document).replace(
          'model-package-group/night-shift-mpg',
          'model-package-group/night-shift-checkpoint-mpg',
        ),
      'must name different model package groups',
    ],
    ['a package that is not there', () => fromPackage(failed.model.replace(/\d+$/, '999')), 'does not exist'],
    [
      'an agent of another region',
      () => JSON.stringify(failed.document).replace('bedrock-agentcore:us-west-2', 'bedrock-agentcore:us-east-1'),
      'must name an agent of region us-west-2',
    ],
  ])('refuses a document with %s', async (_what, document, message) => {
    const [type, text] = await refusalOf(sandbox, 'CreateJob', request(document()));
    expect(type).toBe('ValidationException');
    expect(text).toContain(message);
  });

  it('refuses a document without MLflow, wherever it could be', async () => {
    const document = changed((copy) => {
      Object.assign(copy.OutputDataConfig ?? {}, { MlflowConfig: undefined });
    });
    expect((await refusalOf(sandbox, 'CreateJob', request(document)))[1]).toContain('MlflowConfig is required');
  });

  it('refuses a resume with no steps left', async () => {
    const list = { ModelPackageGroupName: 'night-shift-checkpoint-mpg', SortOrder: 'Ascending', MaxResults: 100 };
    const { body } = await callOperation<{ ModelPackageSummaryList: Array<{ ModelPackageArn: string }> }>(
      sandbox,
      'ListModelPackages',
      list,
    );
    const lastOfFirst = body.ModelPackageSummaryList[99]?.ModelPackageArn;
    const first = JSON.parse((await describeJob('night-shift-first')).JobConfigDocument);
    delete first.ServiceOutput;
    first.ModelPackageConfig.InputModelPackageArn = lastOfFirst;
    expect((await refusalOf(sandbox, 'CreateJob', request(first)))[1]).toContain('Nothing is left to train');
  });

  it('refuses an unknown schema version, a name in use, and a job beyond the quota', async () => {
    const document = fromPackage(undefined);
    const otherVersion = { ...request(document), JobConfigSchemaVersion: '3.0.0' };
    expect((await refusalOf(sandbox, 'CreateJob', otherVersion))[0]).toBe('ResourceNotFound');
    expect((await refusalOf(sandbox, 'CreateJob', request(document, 'night-shift-first')))[0]).toBe('ResourceInUse');
    await callOperation(sandbox, 'CreateJob', request(document, 'fits'));
    const [type, text] = await refusalOf(sandbox, 'CreateJob', request(document, 'one-too-many'));
    expect(type).toBe('ResourceLimitExceeded');
    expect(text).toContain('is 1 Jobs, with current utilization of 1 Jobs');
    sandbox.clock.advance(8 * HOUR);
    expect((await callOperation(sandbox, 'CreateJob', request(document, 'one-too-many'))).status).toBe(200);
  });
});

describe('CreateJob of an evaluation', () => {
  const evaluation = (hyperparameters: JsonObject, input: string | undefined = failed.model) => ({
    AgentConfig: failed.document.AgentConfig,
    InputDataConfig: [
      {
        ChannelName: 'evaluation',
        DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://example-mtrl-data/x' } },
      },
    ],
    OutputDataConfig: failed.document.OutputDataConfig,
    ...(input !== undefined && { ModelPackageConfig: { InputModelPackageArn: input } }),
    EvaluationConfig: {
      BaseModelArn: (failed.document.TrainingConfig as JsonObject).BaseModelArn,
      HyperParameters: hyperparameters,
    },
  });
  const make = (hyperparameters: JsonObject, input?: string) =>
    request(evaluation(hyperparameters, input), 'new-eval', 'AgentRFTEvaluation');

  it('takes texts, and evaluates what it is told to', async () => {
    await callOperation(sandbox, 'CreateJob', make({ eval_group_size: '4', pass_k_values: '[1, 2, 4]' }));
    sandbox.clock.advance(HOUR);
    const { JobStatus, JobConfigDocument } = await describeJob('new-eval', 'AgentRFTEvaluation');
    expect(JobStatus).toBe('Completed');
    expect(JSON.parse(JobConfigDocument).ServiceOutput.RolloutInfo).toEqual({ Total: 400, Completed: 400 });
  });

  it.each<[string, JsonObject, string]>([
    ['a number where a text belongs', { eval_group_size: 4 }, 'eval_group_size must be string'],
    ['the nested form', { batch: { eval_group_size: 4 } }, 'unknown member batch, accepted: eval_group_size'],
    ['a value out of range', { eval_group_size: '500' }, 'eval_group_size must be from 1 to 128'],
    ['a text that is no list', { pass_k_values: '1,2' }, 'pass_k_values must match pattern'],
  ])('refuses %s', async (_what, hyperparameters, message) => {
    expect((await refusalOf(sandbox, 'CreateJob', make(hyperparameters)))[1]).toContain(message);
  });

  it('refuses a resumable checkpoint', async () => {
    expect((await refusalOf(sandbox, 'CreateJob', make({}, failed.resumable)))[1]).toContain('cannot be evaluated');
  });
});

function setHyper(document: Record<string, Record<string, unknown>>, values: Record<string, unknown>): void {
  const training = document.TrainingConfig as { HyperParameters: Record<string, unknown> };
  training.HyperParameters = { ...training.HyperParameters, ...values };
}
