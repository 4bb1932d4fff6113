import { expect, it } from 'vitest';
import type { JobDetail } from '../contract/jobs';
import type { StoryResponse, StorySourceState } from '../contract/story';
import { dataEventCheck } from './job-checks';

const ID = '0a1b2c3d-0000-4000-8000-000000000001';
const STORE = `arn:aws:cloudtrail:us-east-1:123456789012:eventdatastore/${ID}`;
const job = { jobArn: 'arn:aws:sagemaker:us-west-2:123456789012:job/AgentRFT/a-1' } as JobDetail;

function check(read?: Omit<StorySourceState, 'source' | 'label'>, calls: Record<string, number> = {}) {
  const story = {
    sources: read ? [{ source: 'rollout-calls', label: 'Rollout calls', ...read }] : [],
    entries: [],
    callMinutes: [{ at: '2026-11-20T03:00:00.000Z', calls, refused: 0 }],
  } as unknown as StoryResponse;
  return dataEventCheck('us-west-2', job, story);
}

it('names both ways to record the calls where neither is set', () => {
  const { state, todo, snippet } = check();
  expect(state).toBe('not-run');
  expect(todo).toMatch(/CAIRN_TRAIL_LOG_GROUP.*CAIRN_TRAIL_LAKE/);
  expect(snippet).toContain('put-event-selectors');
});

it('does not judge what is still being read', () => {
  expect(check({ state: 'reading', eventDataStore: STORE, note: 'Still reading it.' })).toMatchObject({
    state: 'not-run',
    evidence: 'Still reading it.',
  });
});

it('names the source it counted in', () => {
  const calls = { Sample: 3, SampleWithResponseStream: 2, UpdateReward: 1 };
  const counts = '5 Sample, 1 UpdateReward, 0 CompleteRollout near the end, from';
  expect(check({ state: 'ok', logGroup: '/aws/cloudtrail/calls' }, calls)).toMatchObject({
    state: 'pass',
    evidence: `${counts} the trail’s log group /aws/cloudtrail/calls; none was refused.`,
  });
  expect(check({ state: 'ok', eventDataStore: STORE, scannedBytes: 2_000_000 }, calls).evidence).toBe(
    `${counts} the Lake event data store ${ID} (2.00\u00a0MB scanned); none was refused.`,
  );
});

const selectorsIn = (snippet = '') =>
  JSON.parse(/--advanced-event-selectors '(.+)'$/.exec(snippet)?.[1] ?? '') as unknown;
const ofJob = {
  Name: 'Rollout calls of one job',
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::SageMaker::Job'] },
    { Field: 'resources.ARN', Equals: [job.jobArn] },
  ],
};

it('has the command for the store, in the store’s region, and begins no paid intake of management events', () => {
  const { state, todo, snippet } = check({ state: 'none', eventDataStore: STORE });
  expect(state).toBe('warn');
  expect(snippet).toContain(`update-event-data-store \\\n  --region us-east-1 \\\n  --event-data-store ${STORE} \\\n`);
  expect(selectorsIn(snippet)).toEqual([ofJob]);
  expect(todo).toMatch(/replaces all selectors of the store: where it keeps management events too, add its own/);
});

it('keeps the management events of a trail', () => {
  expect(selectorsIn(check({ state: 'none', logGroup: '/aws/cloudtrail/calls' }).snippet)).toEqual([
    { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    ofJob,
  ]);
});

it.each([
  [{ eventDataStore: STORE }, 'Events may arrive up to 15 minutes late.'],
  [{ logGroup: '/aws/cloudtrail/calls' }, 'Events may arrive about five minutes late, at times later.'],
])('switches nothing on while events may be on their way (%o)', (place, late) => {
  const asOf = '2026-11-20T03:00:00.000Z';
  const early = check({ ...place, state: 'none', asOf });
  expect(early).toMatchObject({ state: 'warn', evidence: `There are none yet. ${late}` });
  expect(early.snippet).toBeUndefined();
  expect(early.todo).toMatch(/^Look again/);
  expect(check({ ...place, state: 'ok', asOf }, { Sample: 1 }).evidence).toContain(
    ', as of 2026-11-20 03:00:00 UTC; none',
  );
});
