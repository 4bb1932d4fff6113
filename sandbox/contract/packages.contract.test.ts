import {
  AddTagsCommand,
  BatchDescribeModelPackageCommand,
  DeleteModelPackageCommand,
  DescribeModelPackageCommand,
  DescribeModelPackageGroupCommand,
  ListModelPackagesCommand,
  type ListModelPackagesCommandInput,
  ListTagsCommand,
  paginateListModelPackageGroups,
  paginateListModelPackages,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { type Clients, clientsFor } from './clients';

const ARN = 'arn:aws:sagemaker:us-west-2:123456789012:model-package';

describe('the model registry', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'team-month', speed: 0, now: '2026-11-22T12:00:00Z' });
    clients = clientsFor(sandbox.url);
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });

  async function listAll(input: ListModelPackagesCommandInput, pageSize = 100) {
    const packages = [];
    for await (const page of paginateListModelPackages({ client: clients.sagemaker, pageSize }, input)) {
      packages.push(...(page.ModelPackageSummaryList ?? []));
    }
    return packages;
  }

  it('every package of every group is the truth, and BatchDescribe says which can be resumed', async () => {
    const truth = (await sandbox.control.truth()).packages;
    const groups: string[] = [];
    for await (const page of paginateListModelPackageGroups({ client: clients.sagemaker, pageSize: 3 }, {})) {
      groups.push(...(page.ModelPackageGroupSummaryList ?? []).map((group) => group.ModelPackageGroupName ?? ''));
    }
    expect(new Set(groups)).toEqual(new Set([...groups, ...truth.map(([group]) => group)]));
    for (const group of groups) {
      const known = truth.filter(([name]) => name === group);
      const packages = await listAll({ ModelPackageGroupName: group });
      expect(packages.map((item) => item.ModelPackageVersion).sort((a = 0, b = 0) => a - b)).toEqual(
        known.map(([, version]) => version).sort((a, b) => a - b),
      );
      const some = packages.slice(0, 100).map((item) => item.ModelPackageArn ?? '');
      if (some.length === 0) continue;
      const batch = await clients.sagemaker.send(new BatchDescribeModelPackageCommand({ ModelPackageArnList: some }));
      expect(Object.keys(batch.ModelPackageSummaries ?? {}).sort()).toEqual([...some].sort());
      for (const item of Object.values(batch.ModelPackageSummaries ?? {})) {
        const [, , kind] = known.find(([, version]) => version === item.ModelPackageVersion) ?? [];
        expect(item.InferenceSpecification?.Containers?.[0]?.IsCheckpoint).toBe(kind === 'resumable');
        expect(item.CreationTime).toBeInstanceOf(Date);
      }
    }
  });

  it('lists oldest first, ten to a page, in a window of time', async () => {
    const group = 'support-desk-mtrl-checkpoint-mpg';
    const first = await clients.sagemaker.send(new ListModelPackagesCommand({ ModelPackageGroupName: group }));
    expect(first.ModelPackageSummaryList).toHaveLength(10);
    expect(first.NextToken).toBeDefined();
    const all = await listAll({ ModelPackageGroupName: group });
    const times = all.map((item) => item.CreationTime?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const [from, to] = [all[10]?.CreationTime, all[40]?.CreationTime];
    const window = await listAll(
      { ModelPackageGroupName: group, CreationTimeAfter: from, CreationTimeBefore: to, SortOrder: 'Descending' },
      7,
    );
    expect(window.map((item) => item.ModelPackageArn)).toEqual(
      all
        .slice(10, 41)
        .map((item) => item.ModelPackageArn)
        .reverse(),
    );
    expect((await clients.sagemaker.send(new ListModelPackagesCommand({}))).ModelPackageSummaryList).toEqual([]);
  });

  it('describes a group and a package by name and by ARN', async () => {
    const group = await clients.sagemaker.send(
      new DescribeModelPackageGroupCommand({ ModelPackageGroupName: 'support-desk-mtrl-mpg' }),
    );
    expect(group.ModelPackageGroupStatus).toBe('Completed');
    const byArn = await clients.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: `${ARN}/support-desk-mtrl-mpg/5` }),
    );
    const byName = await clients.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: 'support-desk-mtrl-mpg/5' }),
    );
    const { $metadata: _a, ...left } = byArn;
    const { $metadata: _b, ...right } = byName;
    expect(left).toEqual(right);
    for (const name of ['support-desk-mtrl-mpg/99999', `${ARN}/none/1`]) {
      await expect(
        clients.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: name })),
      ).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('does not exist') });
    }
  });

  it('hides the place of restricted packages', async () => {
    const group = await clients.sagemaker.send(
      new DescribeModelPackageGroupCommand({ ModelPackageGroupName: 'invoice-triage-nova-mpg' }),
    );
    expect(group.ManagedConfiguration?.ManagedStorageType).toBe('Restricted');
    const [item] = await listAll({ ModelPackageGroupName: 'invoice-triage-nova-mpg' });
    const described = await clients.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: item?.ModelPackageArn }),
    );
    expect(described.InferenceSpecification?.Containers?.[0]?.ModelDataSource).toBeUndefined();
  });

  it('answers what it can of a batch, and takes no more than 100', async () => {
    const good = `${ARN}/support-desk-mtrl-mpg/5`;
    const bad = `${ARN}/support-desk-mtrl-mpg/99999`;
    const batch = await clients.sagemaker.send(
      new BatchDescribeModelPackageCommand({ ModelPackageArnList: [good, bad] }),
    );
    expect(Object.keys(batch.ModelPackageSummaries ?? {})).toEqual([good]);
    expect(batch.BatchDescribeModelPackageErrorMap?.[bad]?.ErrorCode).toBe('ValidationException');
    await expect(
      clients.sagemaker.send(
        new BatchDescribeModelPackageCommand({ ModelPackageArnList: Array.from({ length: 101 }, () => good) }),
      ),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('keeps approval, metadata and tags, and forgets a deleted version for good', async () => {
    const arn = `${ARN}/support-desk-mtrl-mpg/7`;
    await clients.sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: arn,
        ModelApprovalStatus: 'Rejected',
        ApprovalDescription: 'worse than the one before',
        CustomerMetadataProperties: { note: 'kept' },
      }),
    );
    const after = await clients.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
    expect(after.ModelApprovalStatus).toBe('Rejected');
    expect(after.CustomerMetadataProperties?.note).toBe('kept');
    await clients.sagemaker.send(new AddTagsCommand({ ResourceArn: arn, Tags: [{ Key: 'keep', Value: 'no' }] }));
    const { Tags } = await clients.sagemaker.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 50 }));
    expect(Tags).toContainEqual({ Key: 'keep', Value: 'no' });
    await expect(
      clients.sagemaker.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 10 })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await clients.sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: arn }));
    await expect(
      clients.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    const versions = (await listAll({ ModelPackageGroupName: 'support-desk-mtrl-mpg' })).map(
      (item) => item.ModelPackageVersion,
    );
    expect(versions).not.toContain(7);
    expect(versions).toContain(8);
  });
});
