import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfigDocument } from './parse-config-document';
import { toHyperparameters } from './to-hyperparameters';
import { toJobFacts } from './to-job-facts';

const GROUP = 'arn:aws:sagemaker:us-west-2:123456789012:model-package-group/';
const PACKAGE = 'arn:aws:sagemaker:us-west-2:123456789012:model-package/';

const training = {
  InputDataConfig: [
    { ChannelName: 'validation', DataSource: { S3DataSource: { S3Uri: 's3://data/validation.parquet' } } },
    { ChannelName: 'train', DataSource: { S3DataSource: { S3Uri: 's3://data/train.parquet' } } },
  ],
  OutputDataConfig: { S3OutputPath: 's3://out/support/', MlflowConfig: { MlflowRunName: 'from-output' } },
  ModelPackageConfig: {
    OutputModelPackageGroupArn: `${GROUP}support-mpg`,
    IntermediateCheckpointModelPackageGroupArn: `${GROUP}support-checkpoint-mpg`,
    InputModelPackageArn: `${PACKAGE}support-checkpoint-mpg/41`,
  },
  TrainingConfig: {
    BaseModelArn:
      'arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/openai-reasoning-gpt-oss-20b/1.0.0',
    HyperParameters: { save_every: 5 },
    MlflowConfig: { MlflowRunName: 'from-training', MlflowResourceArn: 'arn:aws:sagemaker:us-west-2:1:mlflow-app/a' },
  },
  ServiceOutput: {
    MlflowDetails: { RunId: 'abc', ExperimentName: 'support' },
    BillableTokenUsage: { TrainTokenCount: 12, PrefillTokenCount: '34' },
    OutputModelPackageArn: `${PACKAGE}support-mpg/60`,
    ResumableCheckpoint: { ModelPackageArn: `${PACKAGE}support-checkpoint-mpg/60` },
    InputModelPackage: `${PACKAGE}support-checkpoint-mpg/41`,
  },
};

describe('parseConfigDocument', () => {
  it('opens an object and says why it cannot open anything else', () => {
    expect(parseConfigDocument('{"a":1}')).toEqual({ parsed: { a: 1 } });
    expect(parseConfigDocument(undefined).problem).toBe('AWS returned no config document for this job.');
    expect(parseConfigDocument(' ').problem).toBe('AWS returned no config document for this job.');
    expect(parseConfigDocument('{"a":').problem).toBe('The config document that AWS returned is not JSON.');
    const abyss = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(parseConfigDocument(abyss).problem).toMatch(/nested deeper than 100 levels/);
    expect(parseConfigDocument('[1]').problem).toBe('The config document that AWS returned is not a JSON object.');
  });
});

describe('toJobFacts', () => {
  it('reads a training document', () => {
    expect(toJobFacts(training)).toMatchObject({
      baseModel: 'openai-reasoning-gpt-oss-20b',
      dataset: 's3://data/train.parquet',
      outputGroup: 'support-mpg',
      intermediateGroup: 'support-checkpoint-mpg',
      inputPackageArn: `${PACKAGE}support-checkpoint-mpg/41`,
      outputPackageArn: `${PACKAGE}support-mpg/60`,
      outputPath: 's3://out/support/',
      tokens: { train: 12, prefill: 34, sample: undefined },
      saveEvery: 5,
    });
  });

  it('takes MLflow names from the service first, then from the training config, then from the output config', () => {
    expect(toJobFacts(training).mlflow).toEqual({
      resourceArn: 'arn:aws:sagemaker:us-west-2:1:mlflow-app/a',
      experimentName: 'support',
      runName: 'from-training',
      runId: 'abc',
    });
    expect(toJobFacts({ OutputDataConfig: training.OutputDataConfig }).mlflow).toEqual({ runName: 'from-output' });
    expect(toJobFacts({}).mlflow).toBeUndefined();
  });

  it('lists the packages that the service names, as a text or inside an object, and none that went in', () => {
    expect(toJobFacts(training).named).toEqual([
      { packageArn: `${PACKAGE}support-mpg/60`, key: 'OutputModelPackageArn' },
      { packageArn: `${PACKAGE}support-checkpoint-mpg/60`, key: 'ResumableCheckpoint.ModelPackageArn' },
    ]);
  });

  it('reads an evaluation document with a hub data set', () => {
    const facts = toJobFacts({
      InputDataConfig: [{ ChannelName: 'evaluation', DataSource: { DatasetSource: { DatasetArn: 'arn:set' } } }],
      EvaluationConfig: { BaseModelArn: 'my-own-model' },
    });
    expect(facts).toMatchObject({ dataset: 'arn:set', baseModel: 'my-own-model', named: [] });
  });

  it('loses one field to a field of the wrong type, and no other', () => {
    const broken = { ...training, InputDataConfig: 'none', ModelPackageConfig: { OutputModelPackageGroupArn: 7 } };
    expect(toJobFacts(broken)).toMatchObject({
      dataset: undefined,
      outputGroup: undefined,
      baseModel: 'openai-reasoning-gpt-oss-20b',
    });
  });

  it('takes any JSON in any of its places without throwing', () => {
    const places = [
      ['TrainingConfig', 'HyperParameters'],
      ['EvaluationConfig', 'MlflowConfig'],
      ['ModelPackageConfig', 'InputModelPackageArn'],
      ['InputDataConfig', '0'],
      ['ServiceOutput', 'ProgressInfo'],
      ['ServiceOutput', 'MlflowDetails'],
    ] as const;
    const document = fc.dictionary(
      fc.constantFrom(...places.map(([section]) => section)),
      fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.dictionary(fc.constantFrom(...places.map(([, key]) => key)), fc.jsonValue({ maxDepth: 3 })),
      ),
    );
    fc.assert(
      fc.property(document, (value) => {
        expect(() => toJobFacts(value)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('toHyperparameters', () => {
  it('reads flat native, flat text and nested maps alike', () => {
    expect(toHyperparameters({ TrainingConfig: { HyperParameters: { lr: 0.1, pass_k_values: [1, 2] } } })).toEqual({
      lr: 0.1,
      pass_k_values: [1, 2],
    });
    expect(toHyperparameters({ EvaluationConfig: { HyperParameters: { eval_group_size: '8' } } })).toEqual({
      eval_group_size: '8',
    });
    expect(
      toHyperparameters({ EvaluationConfig: { HyperParameters: { batch: { eval_group_size: 8 }, rollout: null } } }),
    ).toEqual({ eval_group_size: 8 });
    expect(toHyperparameters(undefined)).toEqual({});
  });
});
