import {
  CloudTrailClient,
  DescribeQueryCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudtrail';
import { DescribeJobCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../start-sandbox';
import { REGION, sandboxConfig } from './clients';

const STORE = '0a1b2c3d-0000-4000-8000-000000000001';
const JOB = 'access-denied-on-sample';

let sandbox: RunningSandbox;
let trail: CloudTrailClient;
let endMs = 0;

beforeAll(async () => {
  sandbox = await startSandbox({ scenario: 'failure-classes', speed: 0, seed: 1, now: '2026-11-20T09:00:00Z' });
  const config = sandboxConfig(sandbox.url);
  trail = new CloudTrailClient(config);
  const jobs = new SageMakerClient(config);
  const { EndTime } = await jobs.send(new DescribeJobCommand({ JobName: JOB, JobCategory: 'AgentRFT' }));
  endMs = EndTime?.getTime() ?? 0;
  jobs.destroy();
});

afterAll(async () => {
  trail.destroy();
  await sandbox.close();
});

const sqlTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

const statement = ({ store = STORE, job = JOB, fromMs = endMs - 600_000, toMs = endMs } = {}) => `
  SELECT date_trunc('minute', eventTime) AS minute, eventName, errorCode, count(*) AS calls, max(errorMessage) AS message
  FROM ${store}
  WHERE eventTime >= '${sqlTime(fromMs)}' AND eventTime <= '${sqlTime(toMs)}'
  AND eventName IN ('Sample', 'SampleWithResponseStream', 'CompleteRollout', 'UpdateReward')
  AND any_match(resources, r -> r.arn = 'arn:aws:sagemaker:${REGION}:123456789012:job/AgentRFT/${job}')
  GROUP BY date_trunc('minute', eventTime), eventName, errorCode`;

const start = async (text: string) => (await trail.send(new StartQueryCommand({ QueryStatement: text }))).QueryId;

/** All rows of a query, page by page, once it is finished. */
async function rowsOf(QueryId: string | undefined, MaxQueryResults?: number) {
  const rows: Record<string, string>[] = [];
  let NextToken: string | undefined;
  for (let calls = 0; calls < 60; calls++) {
    const page = await trail.send(new GetQueryResultsCommand({ QueryId, MaxQueryResults, NextToken }));
    if (page.QueryStatus !== 'FINISHED') continue;
    for (const row of page.QueryResultRows ?? []) {
      expect(row.every((column) => Object.keys(column).length === 1)).toBe(true);
      rows.push(Object.assign({}, ...row));
    }
    NextToken = page.NextToken;
    if (!NextToken) return rows;
  }
  throw new Error('the query did not end');
}

it('queues, runs and finishes, and then tells rows and what it scanned', async () => {
  const QueryId = await start(statement());
  const ask = () => trail.send(new GetQueryResultsCommand({ QueryId }));
  expect(await ask()).toMatchObject({ QueryStatus: 'QUEUED' });
  expect(await trail.send(new DescribeQueryCommand({ QueryId }))).toMatchObject({ QueryId, QueryStatus: 'RUNNING' });
  const answer = await ask();
  const rows = answer.QueryResultRows?.length ?? 0;
  expect(rows).toBeGreaterThan(10);
  expect(answer).toMatchObject({
    QueryStatus: 'FINISHED',
    QueryStatistics: { ResultsCount: rows, TotalResultsCount: rows, BytesScanned: expect.any(Number) },
  });
  const { QueryStatistics } = await trail.send(new DescribeQueryCommand({ QueryId }));
  expect(QueryStatistics?.BytesScanned).toBe(answer.QueryStatistics?.BytesScanned);
  expect(QueryStatistics?.CreationTime).toBeInstanceOf(Date);
});

it('counts calls of one job by minute, name and error, and all of them however they are paged', async () => {
  const rows = await rowsOf(await start(statement()), 7);
  expect(rows).toEqual(await rowsOf(await start(statement())));
  expect(new Set(rows.map(({ minute, eventName, errorCode }) => `${minute} ${eventName} ${errorCode}`)).size).toBe(
    rows.length,
  );
  for (const { minute } of rows) expect(minute).toMatch(/^2026-11-\d\d \d\d:\d\d:00\.000$/);
  expect(new Set(rows.map(({ eventName }) => eventName))).toEqual(
    new Set(['Sample', 'CompleteRollout', 'UpdateReward']),
  );
  expect(rows.find(({ errorCode }) => errorCode === 'AccessDenied')).toMatchObject({
    eventName: 'Sample',
    message: expect.stringContaining('not authorized to perform: sagemaker:Sample'),
  });
  const calls = (of: typeof rows) => of.reduce((sum, row) => sum + Number(row.calls), 0);
  const half = endMs - 300_000;
  const [early, late] = [
    await rowsOf(await start(statement({ toMs: half }))),
    await rowsOf(await start(statement({ fromMs: half + 1_000 }))),
  ];
  expect(calls(early) + calls(late)).toBe(calls(rows));
  expect(await rowsOf(await start(statement({ job: 'access-denied' })))).toEqual([]);
});

it('refuses other stores, statements, queries and tokens', async () => {
  const send = (text: string) => trail.send(new StartQueryCommand({ QueryStatement: text }));
  await expect(send(statement({ store: STORE.replace('1', '2') }))).rejects.toMatchObject({
    name: 'EventDataStoreNotFoundException',
  });
  for (const text of [`SELECT * FROM ${STORE}`, `${statement()} HAVING count(*) > 1`, `DELETE FROM ${STORE}`]) {
    await expect(send(text)).rejects.toMatchObject({ name: 'InvalidQueryStatementException' });
  }
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(trail.send(new GetQueryResultsCommand({ QueryId: nobody }))).rejects.toMatchObject({
    name: 'QueryIdNotFoundException',
  });
  const QueryId = await start(statement());
  await rowsOf(QueryId);
  await expect(trail.send(new GetQueryResultsCommand({ QueryId, NextToken: 'another' }))).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  });
});
