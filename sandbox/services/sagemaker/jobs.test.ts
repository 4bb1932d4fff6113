import { beforeEach, describe, expect, it } from 'vitest';
import { seedJob } from '../../control/seed-job';
import { Sandbox } from '../../sandbox';
import { callOperation, refusalOf } from '../../testing/call-operation';

interface Summary {
  JobName: string;
  JobStatus: string;
  JobSecondaryStatus: string;
  CreationTime: number;
  LastModifiedTime: number;
}
interface Listed {
  JobSummaries: Summary[];
  NextToken?: string;
}

const NOW = Date.UTC(2026, 10, 22, 12, 20);
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox({ scenario: 'team-month', speed: 0, nowMs: NOW });
});

const list = async (input: Record<string, unknown>) =>
  (await callOperation<Listed>(sandbox, 'ListJobs', { JobCategory: 'AgentRFT', ...input })).body;

async function listAll(input: Record<string, unknown>) {
  const jobs: Summary[] = [];
  const sizes: number[] = [];
  let token: string | undefined;
  do {
    const page: Listed = await list({ ...input, ...(token !== undefined && { NextToken: token }) });
    jobs.push(...page.JobSummaries);
    sizes.push(page.JobSummaries.length);
    token = page.NextToken;
  } while (token !== undefined);
  return { jobs, sizes };
}

describe('ListJobs', () => {
  it('lists one category, newest first, with JobSecondaryStatus and nothing of the document', async () => {
    const { JobSummaries } = await list({});
    expect(JobSummaries).toHaveLength(26);
    expect(JobSummaries[0]).toEqual({
      JobArn: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/code-repair-qwen3-6-27b-1122-rank64',
      JobName: 'code-repair-qwen3-6-27b-1122-rank64',
      JobCategory: 'AgentRFT',
      JobStatus: 'InProgress',
      JobSecondaryStatus: 'Training',
      CreationTime: expect.any(Number),
      LastModifiedTime: expect.any(Number),
    });
  });

  it('gives every job once over pages of any size', async () => {
    const whole = (await list({ MaxResults: 100 })).JobSummaries.map((job) => job.JobName);
    const { jobs, sizes } = await listAll({ MaxResults: 5 });
    expect(jobs.map((job) => job.JobName)).toEqual(whole);
    expect(sizes).toEqual([5, 5, 5, 5, 5, 1]);
  });

  it('gives short pages with a token while it filters, and all matches in the end', async () => {
    const { jobs, sizes } = await listAll({ MaxResults: 2, StatusEquals: 'Failed' });
    expect(jobs).toHaveLength(4);
    expect(jobs.every((job) => job.JobStatus === 'Failed')).toBe(true);
    expect(sizes.some((size, i) => size < 2 && i < sizes.length - 1)).toBe(true);
  });

  it('goes on at the right place when a job appears between two pages', async () => {
    const whole = (await list({})).JobSummaries.map((job) => job.JobName);
    const first = await list({ MaxResults: 10 });
    seedJob(sandbox, { name: 'appeared-in-between', outcome: 'running' });
    const second = await list({ MaxResults: 10, NextToken: first.NextToken });
    expect([...first.JobSummaries, ...second.JobSummaries].map((job) => job.JobName)).toEqual(whole.slice(0, 20));
    expect((await list({ MaxResults: 1 })).JobSummaries[0]?.JobName).toBe('appeared-in-between');
  });

  it.each<[string, (job: Summary) => string | number]>([
    ['Name', (job) => job.JobName],
    ['CreationTime', (job) => job.CreationTime],
    ['Status', (job) => job.JobStatus],
  ])('sorts by %s, and the other way round', async (SortBy, key) => {
    const up = (await list({ SortBy, SortOrder: 'Ascending' })).JobSummaries.map(key);
    expect(up).toEqual([...up].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    const down = (await list({ SortBy, SortOrder: 'Descending' })).JobSummaries.map(key);
    expect(down).toEqual([...up].reverse());
  });

  it('filters by name and by times', async () => {
    const named = (await listAll({ NameContains: 'wordle' })).jobs;
    expect(named.map((job) => job.JobName)).toEqual([
      'wordle-gpt-oss-20b-1110',
      'wordle-gpt-oss-20b-1031',
      'wordle-gpt-oss-20b-1030-group16',
      'wordle-gpt-oss-20b-1026',
    ]);
    const recent = await list({ LastModifiedTimeAfter: NOW / 1000 - 600 });
    expect(recent.JobSummaries.map((job) => job.JobName)).toEqual(['code-repair-qwen3-6-27b-1122-rank64']);
    const old = await list({ CreationTimeBefore: NOW / 1000 - 28 * 86_400 });
    expect(old.JobSummaries).toHaveLength(3);
  });

  it('refuses a token of another request', async () => {
    const { NextToken } = await list({ MaxResults: 5 });
    const [type] = await refusalOf(sandbox, 'ListJobs', { JobCategory: 'AgentRFTEvaluation', NextToken });
    expect(type).toBe('ValidationException');
  });

  it('is not known in a region without the service', async () => {
    const answer = await callOperation<{ __type: string }>(
      sandbox,
      'ListJobs',
      { JobCategory: 'AgentRFT' },
      { region: 'eu-central-1' },
    );
    expect(answer.body.__type).toBe('UnknownOperationException');
    const groups = await callOperation(sandbox, 'ListModelPackageGroups', {}, { region: 'eu-central-1' });
    expect(groups.body).toEqual({ ModelPackageGroupSummaryList: [] });
  });
});

describe('DescribeJob', () => {
  const describeJob = async (JobName: string) =>
    (
      await callOperation<{ JobConfigDocument: string; [key: string]: unknown }>(sandbox, 'DescribeJob', {
        JobName,
        JobCategory: 'AgentRFT',
      })
    ).body;

  it('tells why a job failed, and names its promoted checkpoint', async () => {
    const job = await describeJob('support-desk-gpt-oss-20b-1122');
    expect(job).toMatchObject({
      JobStatus: 'Failed',
      SecondaryStatus: 'Failed',
      FailureReason: 'The agent signaled that the trajectory failed',
    });
    const { ServiceOutput } = JSON.parse(job.JobConfigDocument);
    expect(ServiceOutput.ProgressInfo).toEqual({ MaxSteps: 100, CurrentStep: 48, BatchSize: 32 });
    const described = await callOperation<{ ModelPackageDescription: string }>(sandbox, 'DescribeModelPackage', {
      ModelPackageName: ServiceOutput.OutputModelPackageArn,
    });
    expect(described.body.ModelPackageDescription).toBe('Promoted from the last intermediate checkpoint');
  });

  it('has no ServiceOutput before the service wrote one', async () => {
    const input = JSON.parse((await describeJob('support-desk-gpt-oss-20b-1112')).JobConfigDocument);
    expect(Object.keys(input.ServiceOutput)).toEqual([
      'MlflowDetails',
      'BillableTokenUsage',
      'ProgressInfo',
      'RolloutInfo',
      'ResumableCheckpoint',
      'ModelCheckpoint',
      'OutputModelPackageArn',
    ]);
    const failedEarly = JSON.parse((await describeJob('travel-booking-gemma-4-31b-1102')).JobConfigDocument);
    expect(failedEarly).not.toHaveProperty('ServiceOutput');
  });

  it('does not know a job of the other category', async () => {
    const [type] = await refusalOf(sandbox, 'DescribeJob', { JobName: 'wordle-eval-1111', JobCategory: 'AgentRFT' });
    expect(type).toBe('ResourceNotFound');
  });
});
