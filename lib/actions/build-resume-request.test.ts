import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildParentRequest, buildResumeRequest } from './build-resume-request';
import { diffRequests } from './diff-requests';
import { sameRequest } from './same-request';
import { CHECKPOINT_ARN, makeParent, makeRequest, PARENT_DOCUMENT } from './test-data';

const choice = { jobName: 'desk-r2-s41', inputPackageArn: CHECKPOINT_ARN };

function build(raw: string | undefined) {
  const built = buildResumeRequest(makeParent(raw), choice);
  if (!built.ok) throw new Error(built.problem);
  return built.request;
}

describe('buildResumeRequest', () => {
  it('repeats the parent, without ServiceOutput and with the checkpoint', () => {
    const { ServiceOutput, ...document } = PARENT_DOCUMENT;
    expect(ServiceOutput).toBeDefined();
    const request = makeRequest();
    expect(JSON.parse(request.JobConfigDocument)).toEqual({
      ...document,
      ModelPackageConfig: { ...document.ModelPackageConfig, InputModelPackageArn: CHECKPOINT_ARN },
    });
    expect(request).toMatchObject({
      JobName: 'desk-r2-s41',
      RoleArn: 'arn:aws:iam::123456789012:role/ExampleRole',
      JobCategory: 'AgentRFT',
      JobConfigSchemaVersion: '1.0.0',
    });
  });

  it('copies tags but those AWS keeps for itself', () => {
    expect(makeRequest().Tags).toEqual([{ Key: 'team', Value: 'support' }]);
  });

  it('takes given tags as they are, and none as none', () => {
    const given = buildResumeRequest(makeParent(), { ...choice, tags: [{ key: 'a', value: '<b>' }] });
    expect(given).toMatchObject({ request: { Tags: [{ Key: 'a', Value: '<b>' }] } });
    const none = buildResumeRequest(makeParent(), { ...choice, tags: [] });
    expect(none.ok && 'Tags' in none.request).toBe(false);
  });

  it('keeps numbers as they were written', () => {
    const raw =
      '{"TrainingConfig":{"HyperParameters":{"a":1.0,"b":2e-05,"c":9007199254740993}},"ModelPackageConfig":{},"ServiceOutput":{}}';
    expect(build(raw).JobConfigDocument).toBe(
      `{"TrainingConfig":{"HyperParameters":{"a":1.0,"b":2e-05,"c":9007199254740993}},"ModelPackageConfig":{"InputModelPackageArn":"${CHECKPOINT_ARN}"}}`,
    );
  });

  it('replaces the checkpoint a parent was itself resumed from', () => {
    const first = build(
      JSON.stringify(PARENT_DOCUMENT).replace('"OutputModel', '"InputModelPackageArn":"old","OutputModel'),
    );
    expect(JSON.parse(first.JobConfigDocument).ModelPackageConfig.InputModelPackageArn).toBe(CHECKPOINT_ARN);
    expect(first.JobConfigDocument).not.toContain('"old"');
  });

  it.each([
    [undefined, 'AWS returned no config document for the parent job.'],
    ['{"ModelPackageConfig":', 'The config document of the parent job is not valid JSON.'],
    ['[]', 'The config document of the parent job has no ModelPackageConfig to put the checkpoint in.'],
    [
      '{"ModelPackageConfig":null}',
      'The config document of the parent job has no ModelPackageConfig to put the checkpoint in.',
    ],
  ])('makes no request from %s', (raw, problem) => {
    const parent = { ...makeParent(), config: raw === undefined ? {} : { raw } };
    expect(buildResumeRequest(parent, choice)).toEqual({ ok: false, problem });
  });

  it('makes no request without role or schema version', () => {
    expect(buildResumeRequest({ ...makeParent(), roleArn: undefined }, choice).ok).toBe(false);
    expect(buildResumeRequest({ ...makeParent(), jobConfigSchemaVersion: undefined }, choice).ok).toBe(false);
  });
});

describe('a resume of any document', () => {
  const document = fc
    .record({ rest: fc.dictionary(fc.string(), fc.jsonValue()), config: fc.dictionary(fc.string(), fc.string()) })
    .map(({ rest, config }) => JSON.stringify({ ...rest, ModelPackageConfig: config, ServiceOutput: { a: [1] } }));

  it('differs from its parent in exactly the name and the input package', () => {
    fc.assert(
      fc.property(document, (raw) => {
        const parent = buildParentRequest(makeParent(raw));
        if (!parent) throw new Error('no parent request');
        expect(diffRequests(parent, build(raw)).map((entry) => entry.path)).toEqual([
          'JobName',
          'JobConfigDocument.ModelPackageConfig.InputModelPackageArn',
        ]);
      }),
    );
  });

  it('is the same request as the job that AWS makes of it, and not as any other', () => {
    fc.assert(
      fc.property(document, (raw) => {
        const request = build(raw);
        const answered = { ...JSON.parse(request.JobConfigDocument), ServiceOutput: { ProgressInfo: {} } };
        const existing = {
          jobName: request.JobName,
          jobCategory: request.JobCategory,
          roleArn: request.RoleArn,
          jobConfigSchemaVersion: request.JobConfigSchemaVersion,
          rawDocument: JSON.stringify(answered, null, 2),
          tags: [
            { key: 'aws:x', value: 'y' },
            { key: 'team', value: 'support' },
          ],
        };
        expect(sameRequest(existing, request)).toBe(true);
        expect(sameRequest({ ...existing, tags: [] }, request)).toBe(false);
        expect(sameRequest({ ...existing, roleArn: 'other' }, request)).toBe(false);
        expect(sameRequest({ ...existing, rawDocument: undefined }, request)).toBe(false);
        const other = JSON.stringify({ ...answered, ModelPackageConfig: {} });
        expect(sameRequest({ ...existing, rawDocument: other }, request)).toBe(false);
      }),
    );
  });
});
