import { describe, expect, it } from 'vitest';
import { buildEditRequest } from './build-edit-request';
import { CHECKPOINT_ARN, makeParent } from './test-data';

const build = (document: string, inputPackageArn: string | undefined = CHECKPOINT_ARN) =>
  buildEditRequest(makeParent(), {
    category: 'AgentRFTEvaluation',
    jobName: 'desk-eval',
    inputPackageArn,
    schemaVersion: '1.0.0',
    document,
    place: { account: '123456789012', partition: 'aws', region: 'us-west-2' },
  });

describe('buildEditRequest with a document by hand', () => {
  it.each(['{"ModelPackageConfig":{"a":1}}', '{}'])('puts the checkpoint into %s', (document) => {
    const built = build(document);
    expect(built.ok && JSON.parse(built.request.JobConfigDocument).ModelPackageConfig).toMatchObject({
      InputModelPackageArn: CHECKPOINT_ARN,
    });
  });

  it.each(['null', '[]', '""', '7'])('never drops the checkpoint silently where ModelPackageConfig is %s', (value) => {
    expect(build(`{"ModelPackageConfig":${value}}`)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('ModelPackageConfig'),
    });
  });
});
