import { describe, expect, it } from 'vitest';
import { formFields } from '../hyperparameters/form-fields';
import { checkLimits } from './check-limits';
import { fieldsToMend } from './fields-to-mend';

const training = (learningRate: unknown, parentRate?: unknown) =>
  formFields({
    category: 'AgentRFT',
    baseModel: 'openai-reasoning-gpt-oss-20b',
    document: JSON.stringify({ TrainingConfig: { HyperParameters: { learning_rate: learningRate } } }),
    parentDocument: JSON.stringify({ TrainingConfig: { HyperParameters: { learning_rate: parentRate } } }),
  });
const evaluation = (HyperParameters: Record<string, string>) =>
  formFields({ category: 'AgentRFTEvaluation', document: JSON.stringify({ EvaluationConfig: { HyperParameters } }) });

describe('fieldsToMend', () => {
  it.each<[string | number, string]>([
    ['abc', 'Not a number. More than 0, up to 0.01.'],
    [5, 'More than 0, up to 0.01.'],
    [0, 'More than 0, up to 0.01.'],
  ])('names the field that holds %s, with its range in words', (learning_rate, problem) => {
    expect(fieldsToMend(training(1e-5), { hyperparameters: { learning_rate } }, [])).toEqual([
      { key: 'parameter learning_rate', label: 'Learning rate', problem },
    ]);
  });

  it('takes what is valid, and null as the default', () => {
    const hyperparameters = { learning_rate: 2e-5, max_steps: null, global_batch_size: 64, pass_k_values: [1, 2] };
    const changes = { hyperparameters, data: { train: 's3://bucket/x', gone: null }, outputGroup: 'a-group' };
    expect(fieldsToMend(training(1e-5), changes, [])).toEqual([]);
  });

  it('knows a choice that is none, a list with a word in it, and half a number of steps', () => {
    const hyperparameters = { global_batch_size: 33, loss_fn: 'mine', pass_k_values: '1, two', max_steps: 1.5 };
    expect(fieldsToMend(training(1e-5), { hyperparameters }, []).map(({ problem }) => problem)).toEqual([
      'One of 32, 64, 128.',
      'One of importance_sampling, ppo, cispo.',
      'Whole numbers from 1, joined by commas.',
      'Not a whole number. From 1 to 1000.',
    ]);
  });

  it('names settings of the wrong form and those that were emptied, in the order of the page', () => {
    const changes = { data: { train: 's3:/half' }, agent: 'my agent', intermediateGroup: 'two words', roleArn: 'me' };
    const labels = fieldsToMend([], changes, ['outputPath', 'data validation']).map(({ label }) => label);
    expect(labels).toEqual([
      'Data: train',
      'Data: validation',
      'Agent',
      'Intermediate group',
      'Output',
      'Execution role',
    ]);
  });
});

describe('checkLimits', () => {
  it('fails for a value out of range and says the range', () => {
    const check = checkLimits(training(5, 1e-5));
    expect(check).toMatchObject({ state: 'fail', detail: 'Learning rate is 5. More than 0, up to 0.01.' });
  });

  it('lets pass what the parent ran with, and says so', () => {
    expect(checkLimits(training(5, 5))).toMatchObject({ state: 'warn', detail: expect.stringContaining('The parent') });
    expect(checkLimits(training(1e-5)).state).toBe('pass');
  });

  it('reads the texts of an evaluation', () => {
    expect(checkLimits(evaluation({ temperature: '0.7', pass_k_values: '[1,2]' })).state).toBe('pass');
    expect(checkLimits(evaluation({ temperature: '3' }))).toMatchObject({ state: 'fail' });
    expect(checkLimits(evaluation({ temperature: 'hot' })).detail).toContain('Not a number');
  });
});
