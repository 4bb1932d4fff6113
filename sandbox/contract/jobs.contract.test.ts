import {
  CreateJobCommand,
  CreateModelPackageGroupCommand,
  DeleteJobCommand,
  DescribeJobCommand,
  DescribeJobSchemaVersionCommand,
  type JobCategory,
  ListJobSchemaVersionsCommand,
  ListJobsCommand,
  type ListJobsCommandInput,
  paginateListJobSchemaVersions,
  paginateListJobs,
  StopJobCommand,
} from '@aws-sdk/client-sagemaker';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import type { JsonObject } from '../world/types';
import { type Clients, clientsFor } from './clients';
import { createJobRequest, GROUPS } from './job-requests';

describe('reading jobs', () => {
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

  async function listAll(input: ListJobsCommandInput, pageSize?: number) {
    const jobs = [];
    for await (const page of paginateListJobs({ client: clients.sagemaker, pageSize }, input)) {
      expect(page.JobSummaries?.length).toBeLessThanOrEqual(pageSize ?? 50);
      jobs.push(...(page.JobSummaries ?? []));
    }
    return jobs;
  }

  it.each(['AgentRFT', 'AgentRFTEvaluation'] as const)('every page of %s together is the truth', async (category) => {
    const truth = (await sandbox.control.truth()).jobs.filter((job) => job.category === category);
    const jobs = await listAll({ JobCategory: category }, 3);
    expect(jobs.map((job) => job.JobName).sort()).toEqual(truth.map((job) => job.name).sort());
    for (const job of jobs) {
      const known = truth.find((candidate) => candidate.name === job.JobName);
      expect(job.JobStatus).toBe(known?.status);
      expect(job.JobSecondaryStatus).toBe(known?.secondaryStatus);
      expect(job.CreationTime?.toISOString()).toBe(known?.creationTime);
      expect(job.EndTime?.toISOString()).toBe(known?.endTime);
      expect(job.JobArn).toBe(`arn:aws:sagemaker:us-west-2:123456789012:job/${category}/${job.JobName}`);
    }
  });

  it('lists newest first, 50 to a page, and in the order asked', async () => {
    const jobs = await listAll({ JobCategory: 'AgentRFT' });
    const times = jobs.map((job) => job.CreationTime?.getTime() ?? 0);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    const names = (await listAll({ JobCategory: 'AgentRFT', SortBy: 'Name', SortOrder: 'Ascending' }, 4)).map(
      (job) => job.JobName ?? '',
    );
    expect(names).toEqual([...names].sort());
  });

  it('filters by status, name and times, over pages that may be short', async () => {
    const all = await listAll({ JobCategory: 'AgentRFT' });
    const failed = await listAll({ JobCategory: 'AgentRFT', StatusEquals: 'Failed' }, 1);
    expect(failed.length).toBeGreaterThan(1);
    expect(failed).toEqual(all.filter((job) => job.JobStatus === 'Failed'));
    const named = await listAll({ JobCategory: 'AgentRFT', NameContains: 'wordle' }, 2);
    expect(named).toEqual(all.filter((job) => job.JobName?.includes('wordle')));
    const since = all[5]?.LastModifiedTime ?? new Date();
    expect(await listAll({ JobCategory: 'AgentRFT', LastModifiedTimeAfter: since })).toEqual(
      all.filter((job) => (job.LastModifiedTime?.getTime() ?? 0) >= since.getTime()),
    );
  });

  it('refuses a token of another request, in the service words', async () => {
    const { NextToken } = await clients.sagemaker.send(new ListJobsCommand({ JobCategory: 'AgentRFT', MaxResults: 2 }));
    await expect(
      clients.sagemaker.send(new ListJobsCommand({ JobCategory: 'AgentRFTEvaluation', MaxResults: 2, NextToken })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('describes a job with real Dates, transitions in order, and a document that parses', async () => {
    for (const summary of await listAll({ JobCategory: 'AgentRFT' })) {
      const job = await clients.sagemaker.send(
        new DescribeJobCommand({ JobName: summary.JobName, JobCategory: 'AgentRFT' }),
      );
      expect(job.CreationTime).toBeInstanceOf(Date);
      expect(job.SecondaryStatus).toBe(summary.JobSecondaryStatus);
      const starts = (job.SecondaryStatusTransitions ?? []).map((step) => step.StartTime?.getTime() ?? Number.NaN);
      expect(starts).toEqual([...starts].sort((a, b) => a - b));
      expect(job.SecondaryStatusTransitions?.at(-1)?.Status).toBe(job.SecondaryStatus);
      expect(job.FailureReason !== undefined).toBe(job.JobStatus === 'Failed');
      const document = JSON.parse(job.JobConfigDocument ?? '') as JsonObject;
      expect(document.TrainingConfig).toBeDefined();
    }
  });

  it('does not know a job of the other category or of another region', async () => {
    const [job] = await listAll({ JobCategory: 'AgentRFT' });
    const describeIn = (category: JobCategory, client = clients) =>
      client.sagemaker.send(new DescribeJobCommand({ JobName: job?.JobName, JobCategory: category }));
    await expect(describeIn('AgentRFTEvaluation')).rejects.toMatchObject({
      name: 'ResourceNotFound',
      $metadata: { httpStatusCode: 400 },
    });
    const east = clientsFor(sandbox.url, { region: 'us-east-1' });
    await expect(describeIn('AgentRFT', east)).rejects.toMatchObject({ name: 'ResourceNotFound' });
    east.destroy();
  });

  it('gives the schema its documents satisfy', async () => {
    const versions = [];
    for await (const page of paginateListJobSchemaVersions(
      { client: clients.sagemaker },
      { JobCategory: 'AgentRFT' },
    )) {
      versions.push(...(page.JobConfigSchemas ?? []));
    }
    expect(versions[0]?.JobConfigSchemaVersion).toBe('1.0.0');
    const { JobConfigSchema = '' } = await clients.sagemaker.send(
      new DescribeJobSchemaVersionCommand({ JobCategory: 'AgentRFT' }),
    );
    expect(JobConfigSchema.length).toBeLessThan(262_144);
    const validate = new Ajv({ strict: false }).compile(JSON.parse(JobConfigSchema) as JsonObject);
    const good = JSON.parse(createJobRequest('x').JobConfigDocument ?? '') as JsonObject;
    expect(validate(good)).toBe(true);
    expect(validate({ ...good, TrainingConfig: {} })).toBe(false);
    await expect(
      clients.sagemaker.send(
        new DescribeJobSchemaVersionCommand({ JobCategory: 'AgentRFT', JobConfigSchemaVersion: '9.9.9' }),
      ),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('is not known where the service does not exist', async () => {
    const dublin = clientsFor(sandbox.url, { region: 'eu-west-1' });
    for (const command of [
      new ListJobsCommand({ JobCategory: 'AgentRFT' }),
      new ListJobSchemaVersionsCommand({ JobCategory: 'AgentRFT' }),
    ]) {
      await expect(dublin.sagemaker.send(command as ListJobsCommand)).rejects.toMatchObject({
        name: 'UnknownOperationException',
      });
    }
    dublin.destroy();
  });
});

describe('a job from creation to deletion', () => {
  let sandbox: RunningSandbox;
  let clients: Clients;

  beforeAll(async () => {
    sandbox = await startSandbox({ scenario: 'empty', speed: 0, now: '2026-11-22T12:00:00Z' });
    clients = clientsFor(sandbox.url);
    for (const name of Object.values(GROUPS)) {
      await clients.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: name }));
    }
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox.close();
  });

  const describeJob = (name: string, category: JobCategory = 'AgentRFT') =>
    clients.sagemaker.send(new DescribeJobCommand({ JobName: name, JobCategory: category }));

  it('walks through its states on the virtual clock and keeps what was asked', async () => {
    const request = createJobRequest('first');
    const { JobArn } = await clients.sagemaker.send(
      new CreateJobCommand({ ...request, Tags: [{ Key: 'team', Value: 'contract' }] }),
    );
    expect(JobArn).toBe('arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/first');
    const young = await describeJob('first');
    expect(young.JobConfigDocument).toBe(request.JobConfigDocument);
    expect(young.Tags).toEqual([{ Key: 'team', Value: 'contract' }]);
    const seen = new Set<string | undefined>();
    for (let minute = 0; minute < 90; minute++) {
      const job = await describeJob('first');
      seen.add(job.SecondaryStatus);
      if (job.JobStatus === 'Completed') break;
      expect(job.EndTime).toBeUndefined();
      await sandbox.control.advance('1m');
    }
    expect([...seen]).toEqual(['Starting', 'Downloading', 'Training', 'Uploading', 'Completed']);
    const done = await describeJob('first');
    const { ServiceOutput, ...sent } = JSON.parse(done.JobConfigDocument ?? '') as {
      ServiceOutput: { OutputModelPackageArn: string; BillableTokenUsage: { TrainTokenCount: number } };
    };
    expect(sent).toEqual(JSON.parse(request.JobConfigDocument ?? ''));
    expect(ServiceOutput.OutputModelPackageArn).toContain(`:model-package/${GROUPS.output}/`);
    expect(ServiceOutput.BillableTokenUsage.TrainTokenCount).toBeGreaterThan(0);
    expect(done.EndTime?.getTime()).toBe(done.SecondaryStatusTransitions?.at(-1)?.StartTime?.getTime());
  });

  it('refuses a name in use, and a second running job beyond the quota', async () => {
    await expect(clients.sagemaker.send(new CreateJobCommand(createJobRequest('first')))).rejects.toMatchObject({
      name: 'ResourceInUse',
    });
    await clients.sagemaker.send(new CreateJobCommand(createJobRequest('second')));
    await expect(clients.sagemaker.send(new CreateJobCommand(createJobRequest('third')))).rejects.toMatchObject({
      name: 'ResourceLimitExceeded',
      message: expect.stringContaining("'Number of concurrent multi-turn RL training jobs' is 1"),
    });
    await clients.sagemaker.send(
      new CreateJobCommand(createJobRequest('base-eval', { category: 'AgentRFTEvaluation' })),
    );
    expect((await describeJob('base-eval', 'AgentRFTEvaluation')).JobStatus).toBe('InProgress');
  });

  it('stops, once or twice, and promotes what it has', async () => {
    await sandbox.control.advance('20m');
    const stop = () => clients.sagemaker.send(new StopJobCommand({ JobName: 'second', JobCategory: 'AgentRFT' }));
    await expect(
      clients.sagemaker.send(new DeleteJobCommand({ JobName: 'second', JobCategory: 'AgentRFT' })),
    ).rejects.toMatchObject({ name: 'ResourceInUse' });
    await stop();
    expect((await describeJob('second')).JobStatus).toBe('Stopping');
    await stop();
    await sandbox.control.advance('3m');
    const stopped = await describeJob('second');
    expect([stopped.JobStatus, stopped.SecondaryStatus]).toEqual(['Stopped', 'Stopped']);
    await expect(stop()).rejects.toMatchObject({ name: 'ValidationException' });
    await expect(
      clients.sagemaker.send(new StopJobCommand({ JobName: 'nobody', JobCategory: 'AgentRFT' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });

  it('is deleted once it has ended; deleting again is fine', async () => {
    const remove = () => clients.sagemaker.send(new DeleteJobCommand({ JobName: 'second', JobCategory: 'AgentRFT' }));
    await remove();
    expect((await describeJob('second')).JobStatus).toBe('Deleting');
    await sandbox.control.advance('1m');
    await expect(describeJob('second')).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await remove();
  });

  it('names every wrong member of a request in one message', async () => {
    await expect(
      clients.sagemaker.send(
        new CreateJobCommand({
          ...createJobRequest('x'),
          JobName: '-bad-',
          RoleArn: 'short',
          JobConfigSchemaVersion: '1',
        }),
      ),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(
        /^[3-9] validation errors detected: .*'jobName'.*'roleArn'.*'jobConfigSchemaVersion'/,
      ),
    });
    await expect(
      clients.sagemaker.send(new DescribeJobCommand({ JobName: 'x', JobCategory: 'Other' as JobCategory })),
    ).rejects.toMatchObject({
      message: expect.stringContaining('Member must satisfy enum value set: [AgentRFT, AgentRFTEvaluation]'),
    });
  });

  it('refuses documents the schema refuses', async () => {
    const request = createJobRequest('bad');
    const document = JSON.parse(request.JobConfigDocument ?? '') as JsonObject;
    const tries: Array<[JsonObject, RegExp]> = [
      [{ ...document, ServiceOutput: {} }, /ServiceOutput/],
      [{ ...document, AgentConfig: {} }, /AgentConfig/],
      [{ ...document, Extra: 1 }, /unknown member Extra/],
      [
        {
          ...document,
          TrainingConfig: { ...(document.TrainingConfig as JsonObject), HyperParameters: { max_steps: 0 } },
        },
        /max_steps/,
      ],
    ];
    for (const [changed, message] of tries) {
      await expect(
        clients.sagemaker.send(new CreateJobCommand({ ...request, JobConfigDocument: JSON.stringify(changed) })),
      ).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringMatching(message) });
    }
    await expect(
      clients.sagemaker.send(new CreateJobCommand({ ...request, JobConfigDocument: '{' })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});
