import { describe, expect, it } from 'vitest';
import { configFacts } from './config-facts';
import { parameterHelp } from './config-facts-parameters';
import { prepareConfigView } from './config-facts-sections';

const TRAIN = {
  AgentConfig: {
    BedrockAgentCoreConfig: { AgentRuntimeArn: 'arn:aws:bedrock-agentcore:x:1:runtime/desk', Qualifier: 'DEFAULT' },
  },
  InputDataConfig: [
    {
      ChannelName: 'train',
      DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://data/train.parquet' } },
    },
    { ChannelName: 'validation', DataSource: { DatasetSource: { DatasetArn: 'arn:aws:sagemaker:x:1:hub-content/v' } } },
  ],
  OutputDataConfig: { S3OutputPath: 's3://out/', KmsKeyArn: 'arn:aws:kms:x:1:key/1' },
  TrainingConfig: { AcceptEula: true, HyperParameters: { learning_rate: 2e-5, pass_k_values: [1, 2], max_steps: 60 } },
  FutureConfig: { Shiny: '<script>alert(1)</script>' },
  ServiceOutput: { ProgressInfo: { MaxSteps: 60, CurrentStep: 24 } },
};

describe('configFacts', () => {
  it('names agent, datasets and output', () => {
    expect(configFacts(TRAIN)).toEqual({
      agent: { kind: 'AgentCore runtime', arn: 'arn:aws:bedrock-agentcore:x:1:runtime/desk', qualifier: 'DEFAULT' },
      datasets: [
        { channel: 'train', location: 's3://data/train.parquet' },
        { channel: 'validation', location: 'arn:aws:sagemaker:x:1:hub-content/v' },
      ],
      outputPath: 's3://out/',
      kmsKeyArn: 'arn:aws:kms:x:1:key/1',
    });
  });

  it('a Lambda agent and a variant nobody has met', () => {
    expect(configFacts({ AgentConfig: { CustomAgentLambdaConfig: { LambdaArn: 'arn:l' } } }).agent).toEqual({
      kind: 'Lambda function',
      arn: 'arn:l',
    });
    expect(configFacts({ AgentConfig: { RobotConfig: { Speed: 3, Arn: 'arn:r' } } }).agent).toEqual({
      kind: 'RobotConfig',
      arn: 'arn:r',
    });
  });

  it.each([
    [undefined],
    [{}],
    [{ AgentConfig: 'no', InputDataConfig: { a: 1 }, OutputDataConfig: [], StoppingCondition: null }],
    [{ AgentConfig: {}, InputDataConfig: [] }],
  ])('a document of another shape gives no facts and no error: %j', (document) => {
    expect(configFacts(document)).toEqual({ datasets: [] });
  });
});

describe('prepareConfigView', () => {
  it('groups every leaf under its section with a readable label and the exact path', () => {
    const view = prepareConfigView(TRAIN);
    expect(view.sections.map((section) => section.title)).toEqual([
      'Agent',
      'Data',
      'Output',
      'Training',
      'Other fields',
    ]);
    expect(view.sections[1]?.rows).toEqual([
      {
        path: 'InputDataConfig.0.DataSource.S3DataSource.S3DataType',
        label: 'Train · S3 data type',
        kind: 'text',
        text: 'S3Prefix',
      },
      {
        path: 'InputDataConfig.0.DataSource.S3DataSource.S3Uri',
        label: 'Train · S3 location',
        kind: 's3',
        text: 's3://data/train.parquet',
      },
      {
        path: 'InputDataConfig.1.DataSource.DatasetSource.DatasetArn',
        label: 'Validation · Dataset',
        kind: 'arn',
        text: 'arn:aws:sagemaker:x:1:hub-content/v',
      },
    ]);
    expect(view.sections[3]?.rows).toEqual([
      { path: 'TrainingConfig.AcceptEula', label: 'Licence accepted', kind: 'boolean', text: 'yes' },
    ]);
    expect(view.sections[4]?.rows[0]).toMatchObject({
      label: 'FutureConfig · Shiny',
      text: '<script>alert(1)</script>',
    });
  });

  it('keeps hyperparameters under their own names, nested ones dotted', () => {
    expect(prepareConfigView(TRAIN).hyperparameters?.rows.map((row) => [row.label, row.text])).toEqual([
      ['learning_rate', '0.00002'],
      ['pass_k_values', '1, 2'],
      ['max_steps', '60'],
    ]);
    const nested = prepareConfigView({ EvaluationConfig: { HyperParameters: { batch: { eval_group_size: 8 } } } });
    expect(nested.hyperparameters?.rows.map((row) => row.label)).toEqual(['batch.eval_group_size']);
    expect(nested.sections).toEqual([]);
  });

  it('sets apart what the service added', () => {
    const view = prepareConfigView(TRAIN);
    expect(view.serviceOutput?.rows.map((row) => row.label)).toEqual(['Progress · MaxSteps', 'Progress · CurrentStep']);
    expect(prepareConfigView({}).serviceOutput).toBeUndefined();
  });

  it('odd values are shown, not dropped', () => {
    const { sections } = prepareConfigView({ VpcConfig: null, AgentConfig: [], Z: '', Y: {}, X: [1, null] });
    expect(sections.flatMap((section) => section.rows.map((row) => `${row.label}=${row.text}`))).toEqual([
      'AgentConfig=[]',
      'VpcConfig=null',
      'Z=""',
      'Y={}',
      'X=[1,null]',
    ]);
  });

  it('a huge document is cut, and the cut is counted', () => {
    const { sections } = prepareConfigView({
      Z: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`k${n}`, n])),
    });
    expect(sections[0]?.rows).toHaveLength(300);
    expect(sections[0]?.omitted).toBe(19_700);
  });

  it('a document nested without end is cut to JSON text', () => {
    const parsed = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`) as Record<string, unknown>;
    const rows = prepareConfigView(parsed).sections[0]?.rows ?? [];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text.length).toBeLessThanOrEqual(4001);
    const abyss = JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) as Record<string, unknown>;
    expect(prepareConfigView(abyss).sections[0]?.rows[0]?.text).toBe('nested too deep to be shown here');
  });
});

describe('parameterHelp', () => {
  it('knows flat and nested names, and no others', () => {
    expect(parameterHelp('max_steps')).toBe('Most optimizer steps');
    expect(parameterHelp('batch.eval_group_size')).toBe('Rollouts for each prompt');
    expect(parameterHelp('toString')).toBeUndefined();
  });
});
