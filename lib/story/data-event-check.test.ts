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

it('has the command for the store, in the store’s region, when it holds none', () => {
  const { state, snippet } = check({ state: 'none', eventDataStore: STORE });
  expect(state).toBe('warn');
  expect(snippet).toContain(`update-event-data-store \\\n  --region us-east-1 \\\n  --event-data-store ${STORE} \\\n`);
});
