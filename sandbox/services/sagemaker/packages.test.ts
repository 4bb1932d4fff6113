import { beforeEach, describe, expect, it } from 'vitest';
import { Sandbox } from '../../sandbox';
import { callOperation, refusalOf } from '../../testing/call-operation';
import { packageArn } from '../../world/arns';

interface Page {
  ModelPackageSummaryList: Array<{ ModelPackageVersion: number; ModelPackageArn: string; CreationTime: number }>;
  NextToken?: string;
}
interface Details {
  InferenceSpecification: {
    Containers: Array<{
      IsCheckpoint: boolean;
      BaseModel?: object;
      ModelDataSource?: { S3DataSource: { S3Uri: string } };
    }>;
  };
  [key: string]: unknown;
}

const NOW = Date.UTC(2026, 10, 22, 12, 20);
const GROUP = 'openai-reasoning-gpt-oss-20b-mtrl-mpg';
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox({ scenario: 'team-month', speed: 0, nowMs: NOW });
});

const page = async (input: Record<string, unknown>) =>
  (await callOperation<Page>(sandbox, 'ListModelPackages', { ModelPackageGroupName: GROUP, ...input })).body;
const versions = (answer: Page) => answer.ModelPackageSummaryList.map((summary) => summary.ModelPackageVersion);
const detailsOf = async (arn: string) =>
  (await callOperation<Details>(sandbox, 'DescribeModelPackage', { ModelPackageName: arn })).body;

/** The package holding a job's model checkpoint of a step. */
function modelArn(jobName: string, step: number): string {
  const region = sandbox.world.region('us-west-2');
  const job = region.jobs.find((candidate) => candidate.name === jobName);
  const version = job && region.groups.get(job.outputGroup ?? '')?.findVersion(job, step, 'model', NOW);
  if (!job?.outputGroup || version === undefined) throw new Error('no such checkpoint');
  return packageArn('us-west-2', job.outputGroup, version);
}

describe('ListModelPackages', () => {
  it('gives ten oldest first unless told otherwise, without IsCheckpoint or metadata', async () => {
    const answer = await page({});
    expect(answer.ModelPackageSummaryList).toHaveLength(10);
    const times = answer.ModelPackageSummaryList.map((summary) => summary.CreationTime);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(answer.ModelPackageSummaryList[1]).toEqual({
      ModelPackageGroupName: GROUP,
      ModelPackageVersion: expect.any(Number),
      ModelPackageArn: expect.stringContaining(':model-package/'),
      CreationTime: expect.any(Number),
      ModelPackageStatus: 'Completed',
      ModelApprovalStatus: 'PendingManualApproval',
      ModelPackageRegistrationType: 'Logged',
    });
  });

  it('gives only what was created in a window, whole seconds and fractions alike', async () => {
    const all = (await page({ MaxResults: 100, SortOrder: 'Ascending' })).ModelPackageSummaryList;
    const [from, to] = [all[10]?.CreationTime ?? 0, all[19]?.CreationTime ?? 0];
    const window = await page({
      MaxResults: 100,
      SortOrder: 'Ascending',
      CreationTimeAfter: from,
      CreationTimeBefore: to,
    });
    expect(versions(window)).toEqual(all.slice(10, 20).map((summary) => summary.ModelPackageVersion));
    expect(window).not.toHaveProperty('NextToken');
  });

  it('takes the group by name or ARN, and refuses one that is not there', async () => {
    const arn = `arn:aws:sagemaker:us-west-2:123456789012:model-package-group/${GROUP}`;
    expect(versions(await page({ ModelPackageGroupName: arn }))).toEqual(versions(await page({})));
    const [type, text] = await refusalOf(sandbox, 'ListModelPackages', { ModelPackageGroupName: 'nowhere' });
    expect([type, text]).toEqual(['ValidationException', 'ModelPackageGroup nowhere does not exist.']);
  });

  it('lists versioned packages only when asked for them', async () => {
    const { body } = await callOperation<Page>(sandbox, 'ListModelPackages', {});
    expect(body.ModelPackageSummaryList).toEqual([]);
    const versioned = await callOperation<Page>(sandbox, 'ListModelPackages', {
      ModelPackageType: 'Versioned',
      MaxResults: 100,
    });
    expect(versioned.body.ModelPackageSummaryList).toHaveLength(100);
  });

  it('filters by approval, over short and empty pages', async () => {
    const input = {
      ModelPackageGroupName: 'support-desk-mtrl-mpg',
      ModelApprovalStatus: 'Approved',
      SortOrder: 'Ascending',
      MaxResults: 20,
    };
    const found: string[] = [];
    const sizes: number[] = [];
    let NextToken: string | undefined;
    do {
      const answer: Page = await page({ ...input, ...(NextToken !== undefined && { NextToken }) });
      found.push(...answer.ModelPackageSummaryList.map((summary) => summary.ModelPackageArn));
      sizes.push(answer.ModelPackageSummaryList.length);
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect(found).toEqual([modelArn('support-desk-gpt-oss-20b-1112', 90)]);
    expect(sizes).toEqual([0, 0, 0, 0, 0, 1]);
  });
});

describe('what a package says about the job that made it', () => {
  it('can be its path', async () => {
    const details = await detailsOf(modelArn('support-desk-gpt-oss-20b-1112', 41));
    const [container] = details.InferenceSpecification.Containers;
    expect(container).toMatchObject({
      IsCheckpoint: false,
      BaseModel: {
        HubContentName: 'openai-reasoning-gpt-oss-20b',
        HubContentVersion: '1.0.0',
        RecipeName: 'mtrl-gpt-oss-20b-lora',
      },
    });
    expect(container?.ModelDataSource?.S3DataSource.S3Uri).toBe(
      's3://example-mtrl-output/support-desk/support-desk-gpt-oss-20b-1112/output/step-000041/hf/',
    );
  });

  it('can be its metadata, which only DescribeModelPackage carries', async () => {
    const arn = modelArn('wordle-gpt-oss-20b-1026', 7);
    const details = await detailsOf(arn);
    expect(details.MetadataProperties).toEqual({
      GeneratedBy: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/wordle-gpt-oss-20b-1026',
    });
    expect(details.CustomerMetadataProperties).toEqual({ step: '7' });
    expect(JSON.stringify(details.InferenceSpecification)).not.toContain('wordle-gpt-oss-20b-1026');
    const { body } = await callOperation(sandbox, 'BatchDescribeModelPackage', { ModelPackageArnList: [arn] });
    expect(JSON.stringify(body)).not.toContain('GeneratedBy');
  });

  it('can be its tags', async () => {
    const { body } = await callOperation(sandbox, 'ListTags', { ResourceArn: modelArn('wordle-gpt-oss-20b-1031', 12) });
    expect(body.Tags).toEqual([
      {
        Key: 'sagemaker:job-arn',
        Value: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/wordle-gpt-oss-20b-1031',
      },
      { Key: 'sagemaker:step', Value: '12' },
    ]);
  });

  it('can be nothing at all in a restricted group', async () => {
    const details = await detailsOf(modelArn('invoice-triage-nova-lite-v2-1108', 50));
    expect(details.ManagedStorageType).toBe('Restricted');
    expect(details.InferenceSpecification.Containers[0]).not.toHaveProperty('ModelDataSource');
    expect(details).not.toHaveProperty('MetadataProperties');
    expect(JSON.stringify(details)).not.toContain('invoice-triage-nova-lite-v2-1108');
  });
});

describe('BatchDescribeModelPackage', () => {
  it('answers what it can and says what it cannot', async () => {
    const there = modelArn('support-desk-gpt-oss-20b-1112', 41);
    const gone = there.replace(/\d+$/, '99999');
    const { body } = await callOperation<{ ModelPackageSummaries: object; BatchDescribeModelPackageErrorMap: object }>(
      sandbox,
      'BatchDescribeModelPackage',
      { ModelPackageArnList: [there, gone] },
    );
    expect(Object.keys(body.ModelPackageSummaries)).toEqual([there]);
    expect(body.BatchDescribeModelPackageErrorMap).toEqual({
      [gone]: { ErrorCode: 'ValidationException', ErrorResponse: `ModelPackage ${gone} does not exist.` },
    });
  });

  it('takes 100 ARNs and no more', async () => {
    const arns = Array.from({ length: 101 }, (_, i) => packageArn('us-west-2', GROUP, i + 1));
    expect(
      (await callOperation(sandbox, 'BatchDescribeModelPackage', { ModelPackageArnList: arns.slice(1) })).status,
    ).toBe(200);
    const [, text] = await refusalOf(sandbox, 'BatchDescribeModelPackage', { ModelPackageArnList: arns });
    expect(text).toContain('Member must have length less than or equal to 100');
  });
});

describe('changing packages', () => {
  it('keeps approval, metadata and tags', async () => {
    const ModelPackageArn = modelArn('wordle-gpt-oss-20b-1026', 7);
    await callOperation(sandbox, 'UpdateModelPackage', {
      ModelPackageArn,
      ModelApprovalStatus: 'Rejected',
      ApprovalDescription: 'answers in verse',
      CustomerMetadataProperties: { pinned: 'yes' },
    });
    await callOperation(sandbox, 'UpdateModelPackage', {
      ModelPackageArn,
      CustomerMetadataPropertiesToRemove: ['step'],
    });
    const details = await detailsOf(ModelPackageArn);
    expect(details).toMatchObject({
      ModelApprovalStatus: 'Rejected',
      ApprovalDescription: 'answers in verse',
      CustomerMetadataProperties: { pinned: 'yes' },
      LastModifiedTime: NOW / 1000,
    });
    expect(details.CustomerMetadataProperties).not.toHaveProperty('step');
  });

  it('deletes a version for good', async () => {
    const ModelPackageName = modelArn('wordle-gpt-oss-20b-1026', 7);
    await callOperation(sandbox, 'DeleteModelPackage', { ModelPackageName });
    expect((await refusalOf(sandbox, 'DescribeModelPackage', { ModelPackageName }))[0]).toBe('ValidationException');
    const listed = await page({ MaxResults: 100, SortOrder: 'Ascending' });
    expect(listed.ModelPackageSummaryList.some((summary) => summary.ModelPackageArn === ModelPackageName)).toBe(false);
  });

  it('makes groups, once', async () => {
    const input = { ModelPackageGroupName: 'fresh', ManagedConfiguration: { ManagedStorageType: 'Restricted' } };
    await callOperation(sandbox, 'CreateModelPackageGroup', input);
    const { body } = await callOperation(sandbox, 'DescribeModelPackageGroup', { ModelPackageGroupName: 'fresh' });
    expect(body).toMatchObject({
      ModelPackageGroupStatus: 'Completed',
      ManagedConfiguration: { ManagedStorageType: 'Restricted' },
    });
    expect((await refusalOf(sandbox, 'CreateModelPackageGroup', input))[1]).toContain('already exists');
  });

  it('needs MaxResults of at least 50 to list tags', async () => {
    const ResourceArn = modelArn('wordle-gpt-oss-20b-1026', 7);
    expect((await refusalOf(sandbox, 'ListTags', { ResourceArn, MaxResults: 10 }))[0]).toBe('ValidationException');
  });
});
