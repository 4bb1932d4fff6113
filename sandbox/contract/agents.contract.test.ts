import {
  BedrockAgentCoreControlClient,
  GetAgentRuntimeCommand,
  GetAgentRuntimeEndpointCommand,
  ListAgentRuntimesCommand,
  ListAgentRuntimeVersionsCommand,
} from '@aws-sdk/client-bedrock-agentcore-control';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { REGION, sandboxConfig } from './clients';

let sandbox: RunningSandbox;
let core: BedrockAgentCoreControlClient;
let trail: CloudTrailClient;
let lambda: LambdaClient;
let logs: CloudWatchLogsClient;
let jobs: SageMakerClient;

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'failure-classes', speed: 0, seed: 1, now: '2026-11-20T09:00:00Z' });
  const config = sandboxConfig(sandbox.url);
  core = new BedrockAgentCoreControlClient(config);
  trail = new CloudTrailClient(config);
  lambda = new LambdaClient(config);
  logs = new CloudWatchLogsClient(config);
  jobs = new SageMakerClient(config);
});

afterAll(async () => {
  for (const client of [core, trail, lambda, logs, jobs]) client.destroy();
  await sandbox.close();
});

const REDEPLOYED = 'agent_redeployed_agent-a1B2c3D4e5';
const FORWARDER = 'SageMaker-agent-adapter-lambda-timeout';

describe('AgentCore control', () => {
  it('tells of a runtime, its versions and its endpoint, with times', async () => {
    const runtime = await core.send(new GetAgentRuntimeCommand({ agentRuntimeId: REDEPLOYED }));
    expect(runtime).toMatchObject({ agentRuntimeVersion: '2', status: 'READY' });
    expect(runtime.lastUpdatedAt).toBeInstanceOf(Date);
    const { agentRuntimes } = await core.send(new ListAgentRuntimeVersionsCommand({ agentRuntimeId: REDEPLOYED }));
    expect(agentRuntimes?.map(({ agentRuntimeVersion }) => agentRuntimeVersion)).toEqual(['2', '1']);
    const endpoint = await core.send(
      new GetAgentRuntimeEndpointCommand({ agentRuntimeId: REDEPLOYED, endpointName: 'DEFAULT' }),
    );
    expect(endpoint).toMatchObject({ status: 'READY', liveVersion: '2', targetVersion: '2' });
  });

  it('pages through the runtimes and refuses what is not there', async () => {
    const first = await core.send(new ListAgentRuntimesCommand({ maxResults: 3 }));
    expect(first.agentRuntimes).toHaveLength(3);
    const rest = await core.send(new ListAgentRuntimesCommand({ nextToken: first.nextToken }));
    expect(rest.agentRuntimes?.length).toBeGreaterThan(0);
    await expect(
      core.send(new GetAgentRuntimeCommand({ agentRuntimeId: 'nobody_agent-a1B2c3D4e5' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });
});

describe('Lambda', () => {
  it('tells of a function by the ARN a job names', async () => {
    const arn = `arn:aws:lambda:${REGION}:123456789012:function:${FORWARDER}:PROD`;
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: arn }));
    expect(Configuration).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful', Timeout: 30 });
    await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('a forwarder without time runs out of it', async () => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: FORWARDER, LogType: 'Tail', Payload: new TextEncoder().encode('{}') }),
    );
    expect(answer.FunctionError).toBe('Unhandled');
    expect(answer.Payload?.transformToString()).toContain('Task timed out after 30.00 seconds');
    expect(Buffer.from(answer.LogResult ?? '', 'base64').toString()).toContain('START RequestId');
  });
});

describe('CloudTrail', () => {
  const lookup = (key: 'EventName' | 'EventSource', value: string, token?: string) =>
    trail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: key, AttributeValue: value }],
        MaxResults: 5,
        NextToken: token,
      }),
    );

  it('knows who created jobs and who deployed, newest first', async () => {
    const page = await lookup('EventName', 'CreateJob');
    expect(page.Events).toHaveLength(5);
    const times = page.Events?.map(({ EventTime }) => EventTime?.getTime() ?? 0) ?? [];
    expect([...times].sort((a, b) => b - a)).toEqual(times);
    const record = JSON.parse(page.Events?.[0]?.CloudTrailEvent ?? '{}') as { requestParameters: { jobName: string } };
    expect(record.requestParameters.jobName).toBe('max-runtime');
    const deployed = await lookup('EventName', 'UpdateAgentRuntime');
    expect(deployed.Events?.map(({ Username }) => Username)).toEqual(['deploy-bot']);
  });

  it('answers two calls a second and no more, under both names of the operation', async () => {
    await new Promise((done) => setTimeout(done, 1_050));
    const began = Date.now();
    const targets = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0
        ? 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents'
        : 'CloudTrail_20131101.LookupEvents',
    );
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${REGION}/cloudtrail/aws4_request, Signature=x`;
    const answers = await Promise.all(
      targets.map(async (target) => {
        const headers = { 'x-amz-target': target, authorization };
        const response = await fetch(sandbox.url, { method: 'POST', headers, body: '{}' });
        return { status: response.status, text: await response.text() };
      }),
    );
    // However long a busy machine took for them all.
    const seconds = Math.ceil((Date.now() - began) / 1000);
    const answered = answers.filter(({ status }) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(2);
    expect(answered).toBeLessThanOrEqual(2 * (seconds + 1));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(answered + refused.length).toBe(20);
    for (const { text } of refused) expect(text).toContain('ThrottlingException');
    await expect(Promise.all([1, 2, 3, 4, 5, 6].map(() => lookup('EventName', 'StopJob')))).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});

describe('the log of an agent', () => {
  it.each([
    ['/aws/bedrock-agentcore/runtimes/access_denied_on_sample_agent-a1B2c3D4e5-DEFAULT', 'sagemaker:Sample'],
    [`/aws/lambda/${FORWARDER}`, 'Task timed out after 30.03 seconds'],
  ])('%s holds the cause', async (logGroupName, words) => {
    const found: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.send(
        new FilterLogEventsCommand({ logGroupName, filterPattern: `"${words}"`, nextToken }),
      );
      found.push(...(page.events ?? []).map(({ message }) => message ?? ''));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(found).toHaveLength(4);
  });
});

describe('the log group of a trail with data events', () => {
  it('holds every call an agent made, refused ones with their error, about five minutes late', async () => {
    const jobName = 'access-denied-on-sample';
    const jobArn = `arn:aws:sagemaker:${REGION}:123456789012:job/AgentRFT/${jobName}`;
    const job = await jobs.send(new DescribeJobCommand({ JobName: jobName, JobCategory: 'AgentRFT' }));
    const endMs = job.EndTime?.getTime() ?? 0;
    const records: Array<{ eventName: string; errorCode?: string; eventTime: string; resources: unknown }> = [];
    let nextToken: string | undefined;
    for (let page = 0; page < 40; page++) {
      const answer = await logs.send(
        new FilterLogEventsCommand({
          logGroupName: '/aws/cloudtrail/rollout-calls',
          filterPattern: `"${jobArn}"`,
          startTime: endMs - 600_000,
          endTime: endMs + 600_000,
          startFromHead: false,
          nextToken,
        }),
      );
      for (const { message, timestamp } of answer.events ?? []) {
        const record = JSON.parse(message ?? '');
        records.push(record);
        expect(timestamp).toBeGreaterThanOrEqual(Date.parse(record.eventTime) + 300_000);
      }
      nextToken = answer.nextToken;
      if (!nextToken || records.some(({ eventName }) => eventName === 'CompleteRollout')) break;
    }
    expect(records.find(({ errorCode }) => errorCode)).toMatchObject({
      eventName: 'Sample',
      errorCode: 'AccessDenied',
      eventCategory: 'Data',
      resources: [{ type: 'AWS::SageMaker::Job', ARN: jobArn }],
    });
    expect(records.map(({ eventName }) => eventName)).toContain('CompleteRollout');
  });
});
