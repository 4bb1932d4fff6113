import { describe, expect, it } from 'vitest';
import { lockedFields } from './locked-fields';
import { makeRequest } from './test-data';

describe('lockedFields', () => {
  it('names what AWS insists on first, each with its value and a reason', () => {
    const fields = lockedFields(makeRequest());
    expect(fields.slice(0, 7).map(({ label, value }) => [label, value])).toEqual([
      ['Base model', 'arn:aws:sagemaker:us-west-2:aws:hub-content/SageMakerPublicHub/Model/example-model/1.0.0'],
      ['LoRA rank', '16'],
      ['LoRA alpha', 'service default'],
      ['learning_rate', '0.00002'],
      ['max_steps', '60'],
      ['pass_k_values', '[1,2]'],
      ['Data: train', 's3://example-data/train.parquet'],
    ]);
    expect(fields.map((field) => field.label)).toContain('MLflow run');
    for (const field of fields) expect(field.reason).toMatch(/\.$/);
  });

  it('points every path at the request', () => {
    const paths = lockedFields(makeRequest()).map((field) => field.path);
    expect(paths).toContain('JobConfigDocument.InputDataConfig.0');
    expect(paths).toContain('RoleArn');
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('shows shapes it does not know as they are, and breaks on none', () => {
    const odd = {
      AgentConfig: { NewConfig: { a: 1 } },
      InputDataConfig: [{ DataSource: { Other: 1 } }, 7],
      VpcConfig: [],
    };
    const fields = lockedFields({ ...makeRequest(), JobConfigDocument: JSON.stringify(odd) });
    expect(fields).toContainEqual(expect.objectContaining({ label: 'Agent', value: '{"NewConfig":{"a":1}}' }));
    expect(fields).toContainEqual(expect.objectContaining({ label: 'Data: 0', value: '{"Other":1}' }));
    expect(lockedFields({ ...makeRequest(), JobConfigDocument: 'not json' }).length).toBeGreaterThan(0);
  });
});
