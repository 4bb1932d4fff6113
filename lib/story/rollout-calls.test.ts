import { expect, it } from 'vitest';
import { foldLines } from './fold-lines';
import { countCalls, readRolloutCall, refusedLines, sourcesRead } from './rollout-calls';
import { rolloutEntry } from './rollout-entries';

const ARN = 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/a-1';
const T0 = Date.parse('2026-11-20T03:00:00Z');

const record = (more: object = {}, arn = ARN) =>
  JSON.stringify({
    eventTime: '2026-11-20T03:00:30Z',
    eventName: 'Sample',
    resources: [{ type: 'AWS::SageMaker::Job', ARN: arn }],
    requestParameters: { jobArn: arn, trajectoryId: 'r-1' },
    ...more,
  });

it('reads the four calls of exactly this job, and nothing else', () => {
  expect(readRolloutCall(record(), ARN)).toEqual({ atMs: T0 + 30_000, name: 'Sample', rolloutId: 'r-1' });
  expect(readRolloutCall(record({}, `${ARN}0`), ARN)).toBeUndefined();
  expect(readRolloutCall(record({ eventName: 'PutRecord' }), ARN)).toBeUndefined();
  expect(readRolloutCall(record({ eventTime: 'soon' }), ARN)).toBeUndefined();
  expect(readRolloutCall(record({ resources: 'none', requestParameters: null }), ARN)).toBeUndefined();
  for (const text of ['', 'null', '7', '{"eventName":', '[]']) expect(readRolloutCall(text, ARN)).toBeUndefined();
});

it('counts by minute, silent minutes too, and folds what was refused', () => {
  const refused = record({ errorCode: 'AccessDenied', errorMessage: 'not authorized to perform: sagemaker:Sample' });
  const calls = [record(), record({ eventName: 'UpdateReward' }), refused, refused].flatMap(
    (text) => readRolloutCall(text, ARN) ?? [],
  );
  expect(countCalls(calls, T0 - 60_000, T0 + 60_000)).toEqual([
    { at: '2026-11-20T02:59:00.000Z', calls: {}, refused: 0 },
    { at: '2026-11-20T03:00:00.000Z', calls: { Sample: 3, UpdateReward: 1 }, refused: 2 },
    { at: '2026-11-20T03:01:00.000Z', calls: {}, refused: 0 },
  ]);
  const [entry] = foldLines('rollout-calls', refusedLines(calls));
  expect(entry).toMatchObject({
    level: 'error',
    count: 2,
    pinned: true,
    text: 'Sample was refused: AccessDenied: not authorized to perform: sagemaker:Sample',
  });
});

it('rollouts that ended in an error near the end are one warning', () => {
  const rollout = (traceId: string, seconds: number, state: 'ok' | 'error') => ({
    traceId,
    state,
    step: 12,
    turns: 3,
    startTime: new Date(T0 + seconds * 1000).toISOString(),
    durationMs: 10_000,
  });
  const rollouts = [
    rollout('b', -20, 'error'),
    rollout('a', -50, 'error'),
    rollout('c', -30, 'ok'),
    rollout('d', -900, 'error'),
  ];
  expect(rolloutEntry(rollouts, T0 - 600_000, T0)).toMatchObject({
    id: 'rollouts#a',
    level: 'warn',
    pinned: false,
    count: 2,
    at: new Date(T0 - 40_000).toISOString(),
    lastAt: new Date(T0 - 10_000).toISOString(),
    text: expect.stringMatching(/^A rollout ended in an error after 3\sturns in step 12$/),
  });
  expect(rolloutEntry([rollout('c', -30, 'ok')], T0 - 600_000, T0)).toBeUndefined();
});

it('names what is still being read', () => {
  const trail = { source: 'cloudtrail', label: 'CloudTrail', state: 'reading' } as const;
  const calls = { source: 'rollout-calls', label: 'Rollout calls', state: 'reading' } as const;
  expect(sourcesRead({ sources: [{ ...trail, state: 'ok' }] })).toBe('');
  expect(sourcesRead({ sources: [{ ...calls, eventDataStore: 'arn' }, trail] })).toBe('CloudTrail Lake, CloudTrail');
  expect(sourcesRead({ sources: [{ ...calls, logGroup: '/a' }] })).toBe('the trail’s log group');
});
