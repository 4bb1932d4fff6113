import { expect, it } from 'vitest';
import { foldLines } from './fold-lines';
import { formatLakeStatement, readLakeRows } from './lake-query';
import { callsPlace, countCalls, refusedLines, sumCalls } from './rollout-calls';

const STORE = '0a1b2c3d-0000-4000-8000-000000000001';
const ARN = 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/a-1';
const T0 = Date.parse('2026-11-20T03:00:00Z');

const row = (more: object = {}) => ({
  name: 'Sample',
  code: '',
  message: '',
  calls: '7',
  firsttime: '2026-11-20 03:00:02.000',
  lasttime: '2026-11-20 03:00:58.000',
  ...more,
});

it('asks for one job in one stretch of time, in whole seconds, counted by minute, name and error', () => {
  expect(formatLakeStatement(STORE, ARN, { fromMs: T0 + 1, toMs: T0 + 61_900 })).toBe(
    [
      'SELECT eventName AS name, errorCode AS code, max(errorMessage) AS message, count(*) AS calls,',
      'min(eventTime) AS firstTime, max(eventTime) AS lastTime',
      `FROM ${STORE}`,
      "WHERE eventTime >= '2026-11-20 03:00:01'",
      "AND eventTime <= '2026-11-20 03:01:01'",
      "AND eventName IN ('Sample', 'SampleWithResponseStream', 'CompleteRollout', 'UpdateReward')",
      `AND any_match(resources, one -> one.arn = '${ARN}')`,
      "GROUP BY date_trunc('minute', eventTime), eventName, errorCode",
    ].join('\n'),
  );
});

it.each([`${ARN}' OR 'a' = 'a`, `${ARN}\n--`, 'a-1', `${ARN}_`, ''])(
  'puts nothing else than the ARN of a job into SQL: %j',
  (arn) => {
    expect(() => formatLakeStatement(STORE, arn, { fromMs: T0, toMs: T0 })).toThrow(/signs that no ARN has/);
  },
);

it('reads rows as calls that are counted and folded like single ones', () => {
  const denied = { code: 'AccessDenied', message: 'not authorized to perform: sagemaker:Sample' };
  const minuteLater = { firsttime: '2026-11-20 03:01:05.000 UTC', lasttime: '2026-11-20 03:01:09.000 UTC' };
  const calls = readLakeRows([
    row(),
    row({ name: 'UpdateReward', calls: '1', code: 'null', message: undefined }),
    row({ ...denied, calls: '2' }),
    row({ ...denied, ...minuteLater, calls: '3' }),
  ]);
  expect(sumCalls(calls)).toBe(13);
  expect(calls[1]).toEqual({ atMs: T0 + 2_000, name: 'UpdateReward' });
  expect(countCalls(calls, T0, T0 + 120_000)).toEqual([
    { at: '2026-11-20T03:00:00.000Z', calls: { Sample: 9, UpdateReward: 1 }, refused: 2 },
    { at: '2026-11-20T03:01:00.000Z', calls: { Sample: 3 }, refused: 3 },
    { at: '2026-11-20T03:02:00.000Z', calls: {}, refused: 0 },
  ]);
  expect(foldLines('rollout-calls', refusedLines(calls))).toMatchObject([
    {
      text: 'Sample was refused: AccessDenied: not authorized to perform: sagemaker:Sample',
      at: '2026-11-20T03:00:02.000Z',
      lastAt: '2026-11-20T03:01:09.000Z',
      count: 5,
      pinned: true,
    },
  ]);
});

it.each([{ calls: 'many' }, { calls: '0' }, { firsttime: 'soon' }, { name: '' }])(
  'counts nothing when a row cannot be read: %j',
  (more) => {
    expect(() => readLakeRows([row(), row(more)])).toThrow(/a row that Cairn cannot read/);
  },
);

it('says where calls were read, and what that scanned where it was told', () => {
  const eventDataStore = `arn:aws:cloudtrail:us-west-2:123456789012:eventdatastore/${STORE}`;
  expect(callsPlace({ logGroup: '/aws/cloudtrail/calls' })).toBe('the trail’s log group /aws/cloudtrail/calls');
  expect(callsPlace({ eventDataStore })).toBe(`the Lake event data store ${STORE}`);
  expect(callsPlace({ eventDataStore, scannedBytes: 12_340_000 })).toMatch(/01 \(12\.3\sMB scanned\)$/);
});
