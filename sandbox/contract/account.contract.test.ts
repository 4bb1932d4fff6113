import {
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  BatchDescribeModelPackageCommand,
  DescribeJobCommand,
  DescribeJobSchemaVersionCommand,
  DescribeMlflowAppCommand,
  DescribeModelPackageCommand,
  type JobCategory,
  type JobSummary,
  ListJobsCommand,
  ListMlflowAppsCommand,
  ListModelPackageGroupsCommand,
  ListModelPackagesCommand,
  ListTagsCommand,
  paginateListJobs,
} from '@aws-sdk/client-sagemaker';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { type Clients, clientsFor, REGION, realClients } from './clients';

// What must hold in any account, so it can be checked against a real one:
//   CAIRN_CONTRACT_AWS=1 AWS_REGION=us-west-2 npx vitest run --project contract
// Then nothing else of the suite runs, the SDK's own endpoint and credentials are used, and only reading calls are sent.
const real = process.env.CAIRN_CONTRACT_AWS === '1';
const LOG_GROUP = '/aws/sagemaker/Job/';
const FEW = 3;

describe(`any account (${real ? 'AWS' : 'sandbox'})`, () => {
  let sandbox: RunningSandbox | undefined;
  let clients: Clients;

  beforeAll(async () => {
    if (real) {
      clients = realClients(process.env.AWS_REGION ?? REGION);
      return;
    }
    sandbox = await startSandbox({ scenario: 'team-month', speed: 0, now: '2026-11-22T12:00:00Z' });
    clients = clientsFor(sandbox.url);
  });
  afterAll(async () => {
    clients.destroy();
    await sandbox?.close();
  });

  async function listJobs(category: JobCategory): Promise<JobSummary[]> {
    const jobs: JobSummary[] = [];
    const pages = paginateListJobs(
      { client: clients.sagemaker, pageSize: 100 },
      { JobCategory: category, SortBy: 'CreationTime', SortOrder: 'Descending' },
    );
    for await (const page of pages) {
      jobs.push(...(page.JobSummaries ?? []));
      if (jobs.length >= 500) break;
    }
    return jobs;
  }

  it('says whose it is', async () => {
    const identity = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(identity.Account).toMatch(/^\d{12}$/);
    expect(identity.Arn).toContain(`:${identity.Account}:`);
  });

  describe.each(['AgentRFT', 'AgentRFTEvaluation'] as const)('%s', (category) => {
    it('lists every job once, newest first, with what a summary has', async () => {
      const jobs = await listJobs(category);
      expect(new Set(jobs.map((job) => job.JobArn)).size).toBe(jobs.length);
      const times = jobs.map((job) => job.CreationTime?.getTime() ?? Number.NaN);
      expect(times).toEqual([...times].sort((a, b) => b - a));
      for (const job of jobs) {
        expect(job.JobArn).toMatch(new RegExp(`:job/${category}/${job.JobName}$`));
        expect(job.JobStatus).toBeDefined();
        expect(job.JobSecondaryStatus).toBeDefined();
        expect(job.LastModifiedTime?.getTime()).toBeGreaterThanOrEqual(job.CreationTime?.getTime() ?? 0);
      }
    });

    it('describes jobs as the list summarises them', async (context) => {
      const jobs = (await listJobs(category)).filter((job) => job.EndTime !== undefined).slice(0, FEW);
      if (jobs.length === 0) return context.skip('no finished job');
      for (const summary of jobs) {
        const job = await clients.sagemaker.send(
          new DescribeJobCommand({ JobName: summary.JobName, JobCategory: category }),
        );
        expect(job.JobArn).toBe(summary.JobArn);
        expect(job.JobStatus).toBe(summary.JobStatus);
        expect(job.SecondaryStatus).toBe(summary.JobSecondaryStatus);
        expect(job.EndTime).toEqual(summary.EndTime);
        expect(job.SecondaryStatusTransitions?.length).toBeLessThanOrEqual(100);
        expect(typeof JSON.parse(job.JobConfigDocument ?? '{}')).toBe('object');
        expect(job.FailureReason !== undefined).toBe(job.JobStatus === 'Failed');
      }
    });

    it('gives the JSON Schema of its documents', async () => {
      const schema = await clients.sagemaker.send(new DescribeJobSchemaVersionCommand({ JobCategory: category }));
      expect(schema.JobConfigSchemaVersion).toMatch(/^\d+\.\d+\.\d+$/);
      expect(JSON.parse(schema.JobConfigSchema ?? '')).toMatchObject({ type: 'object' });
    });

    it('refuses in the words of the API', async () => {
      const unknown = new DescribeJobCommand({ JobName: 'there-is-no-such-job-here', JobCategory: category });
      await expect(clients.sagemaker.send(unknown)).rejects.toMatchObject({ name: 'ResourceNotFound' });
      const tooMany = new ListJobsCommand({ JobCategory: category, MaxResults: 101 });
      await expect(clients.sagemaker.send(tooMany)).rejects.toMatchObject({ name: 'ValidationException' });
    });

    it('a finished job’s log reads the same forward and backward', async (context) => {
      const groups = await clients.logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: LOG_GROUP + category }),
      );
      const group = groups.logGroups?.find((candidate) => candidate.logGroupName === LOG_GROUP + category);
      const job = (await listJobs(category)).find((candidate) => candidate.EndTime !== undefined);
      if (!group || !job) return context.skip('nothing was logged yet');
      const { logStreams } = await clients.logs.send(
        new DescribeLogStreamsCommand({ logGroupName: group.logGroupName, logStreamNamePrefix: `${job.JobName}/` }),
      );
      const [stream] = logStreams ?? [];
      if (!stream) return context.skip('the newest finished job has no stream');
      const read = async (forward: boolean) => {
        const pages: OutputLogEvent[][] = [];
        for (let token: string | undefined; ; ) {
          const page = await clients.logs.send(
            new GetLogEventsCommand({
              logGroupName: group.logGroupName,
              logStreamName: stream.logStreamName,
              startFromHead: forward,
              nextToken: token,
              limit: 400,
            }),
          );
          const next = forward ? page.nextForwardToken : page.nextBackwardToken;
          expect(page.nextForwardToken).toBeDefined();
          expect(page.nextBackwardToken).toBeDefined();
          pages.push(page.events ?? []);
          if (next === token) break;
          token = next;
        }
        return (forward ? pages : pages.reverse()).flat();
      };
      expect(await read(false)).toEqual(await read(true));
    });
  });

  it('describes packages alike, one by one and in a batch', async (context) => {
    const groups = await clients.sagemaker.send(new ListModelPackageGroupsCommand({ MaxResults: 20 }));
    for (const group of groups.ModelPackageGroupSummaryList ?? []) {
      const { ModelPackageSummaryList = [] } = await clients.sagemaker.send(
        new ListModelPackagesCommand({ ModelPackageGroupName: group.ModelPackageGroupName, MaxResults: FEW }),
      );
      const arns = ModelPackageSummaryList.map((item) => item.ModelPackageArn ?? '');
      if (arns.length === 0) continue;
      const batch = await clients.sagemaker.send(new BatchDescribeModelPackageCommand({ ModelPackageArnList: arns }));
      for (const arn of arns) {
        const one = await clients.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
        const item = batch.ModelPackageSummaries?.[arn];
        expect(item?.ModelPackageVersion).toBe(one.ModelPackageVersion);
        expect(item?.CreationTime).toEqual(one.CreationTime);
        expect(item?.InferenceSpecification?.Containers?.[0]?.IsCheckpoint).toBe(
          one.InferenceSpecification?.Containers?.[0]?.IsCheckpoint,
        );
        await clients.sagemaker.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 50 }));
      }
      return;
    }
    context.skip('no package group has a package');
  });

  it('describes its MLflow apps as it lists them', async () => {
    const { Summaries = [] } = await clients.sagemaker.send(new ListMlflowAppsCommand({ MaxResults: FEW }));
    for (const app of Summaries) {
      const described = await clients.sagemaker.send(new DescribeMlflowAppCommand({ Arn: app.Arn }));
      expect(described.Name).toBe(app.Name);
      expect(described.Status).toBe(app.Status);
    }
  });
});
