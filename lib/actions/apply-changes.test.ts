import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges } from './apply-changes';
import { sameWork } from './same-work';
import { PARENT_DOCUMENT } from './test-data';

const place = { account: '123456789012', partition: 'aws', region: 'us-west-2' };
const raw = JSON.stringify(PARENT_DOCUMENT);
const train = (changes: Parameters<typeof applyChanges>[2], text = raw) =>
  JSON.parse(applyChanges(text, 'AgentRFT', changes, place));

describe('applyChanges', () => {
  it('leaves a document alone when nothing is to change', () => {
    expect(applyChanges(raw, 'AgentRFT', {}, place)).toBe(raw);
  });

  it('sets and takes out hyperparameters, and keeps the others as they were written', () => {
    const text = '{"TrainingConfig":{"HyperParameters":{"a":1.0,"learning_rate":2e-05}}}';
    const changed = applyChanges(
      text,
      'AgentRFT',
      { hyperparameters: { learning_rate: 3e-5, a: null, b: [1] } },
      place,
    );
    expect(changed).toBe('{"TrainingConfig":{"HyperParameters":{"learning_rate":0.00003,"b":[1]}}}');
    const kept = applyChanges(text, 'AgentRFT', { hyperparameters: { b: 2 } }, place);
    expect(kept).toContain('"a":1.0,"learning_rate":2e-05');
  });

  it('makes the object that a value needs, and finds a nested one', () => {
    expect(train({ hyperparameters: { max_steps: 9 } }, '{"TrainingConfig":{}}')).toEqual({
      TrainingConfig: { HyperParameters: { max_steps: 9 } },
    });
    const nested = '{"EvaluationConfig":{"HyperParameters":{"batch":{"eval_group_size":"1"}}}}';
    const changes = { hyperparameters: { eval_group_size: 8, temperature: 0.5, pass_k_values: [1, 2] } };
    expect(JSON.parse(applyChanges(nested, 'AgentRFTEvaluation', changes, place))).toEqual({
      EvaluationConfig: {
        HyperParameters: { batch: { eval_group_size: '8' }, temperature: '0.5', pass_k_values: '[1,2]' },
      },
    });
  });

  it('changes one channel, adds one, and takes one out', () => {
    const { InputDataConfig } = train({
      data: { train: 's3://b/harder', validation: 'arn:aws:sagemaker:x:y:hub-content/h/DataSet/d' },
    });
    expect(InputDataConfig).toEqual([
      { ChannelName: 'train', DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://b/harder' } } },
      {
        ChannelName: 'validation',
        DataSource: { DatasetSource: { DatasetArn: 'arn:aws:sagemaker:x:y:hub-content/h/DataSet/d' } },
      },
    ]);
    expect(train({ data: { train: null } }).InputDataConfig).toEqual([]);
  });

  it('names groups by ARN and agents by their kind', () => {
    const changed = train({
      outputGroup: 'new-mpg',
      agent: 'arn:aws:lambda:us-west-2:123456789012:function:SageMaker-a',
    });
    expect(changed.ModelPackageConfig.OutputModelPackageGroupArn).toBe(
      'arn:aws:sagemaker:us-west-2:123456789012:model-package-group/new-mpg',
    );
    expect(changed.AgentConfig).toEqual({
      CustomAgentLambdaConfig: { LambdaArn: 'arn:aws:lambda:us-west-2:123456789012:function:SageMaker-a' },
    });
    expect(train({ agentQualifier: 'v2' }).AgentConfig.BedrockAgentCoreConfig).toMatchObject({ Qualifier: 'v2' });
  });

  it('never breaks a document, whatever it holds', () => {
    const documents = fc.dictionary(
      fc.constantFrom('TrainingConfig', 'InputDataConfig', 'AgentConfig', 'x'),
      fc.jsonValue(),
    );
    const names = fc.dictionary(
      fc.string(),
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string(), fc.constant(null)),
    );
    fc.assert(
      fc.property(documents, names, (document, hyperparameters) => {
        const changed = train(
          { hyperparameters, data: { train: 's3://b/k' }, agentQualifier: 'q' },
          JSON.stringify(document),
        );
        expect(typeof changed).toBe('object');
      }),
    );
  });
});

describe('sameWork', () => {
  it('does not look at the service’s part, the run’s name or the order of members', () => {
    const other = {
      ...PARENT_DOCUMENT,
      ServiceOutput: {},
      OutputDataConfig: {
        MlflowConfig: { MlflowRunName: 'b', MlflowExperimentName: 'desk' },
        S3OutputPath: 's3://example-output/desk/',
      },
    };
    expect(sameWork(raw, JSON.stringify(other))).toBe(true);
    expect(sameWork(raw, JSON.stringify({ ...other, VpcConfig: {} }))).toBe(false);
    expect(sameWork('{', '{')).toBe(false);
  });
});
