import { describe, expect, it } from 'vitest';
import type { JobDetail } from '../contract/jobs';
import type { StoryEntry, StoryResponse } from '../contract/story';
import { findCauses } from './find-causes';
import { foldLines } from './fold-lines';
import { prepareAxis } from './prepare-axis';
import { readLine } from './read-line';
import { formatStoryMarkdown } from './story-markdown';

const T0 = Date.parse('2026-11-20T03:00:00Z');

describe('a line', () => {
  it.each([
    ['2026-11-20T03:00:00.000Z ERROR rollout: it broke', 'error', 'rollout: it broke'],
    ['{"level":"WARN","message":"slow"}', 'warn', 'slow'],
    ['{"severity":"error","msg":"down"}', 'error', 'down'],
    [
      '2026-11-20T03:00:00Z 0a1b2c3d-0000-4000-8000-000000000001 Task timed out after 3.00 seconds',
      'error',
      'Task timed out after 3.00 seconds',
    ],
    ['[ERROR]\t2026-11-20T03:00:00.000Z\t0a1b2c3d-0000-4000-8000-000000000001\tKeyError: 1', 'error', 'KeyError: 1'],
    ['INFO all is well, ERROR_COUNT=0', 'info', 'all is well, ERROR_COUNT=0'],
    ['{"broken json', 'info', '{"broken json'],
    ['', 'info', ''],
  ])('%s', (message, level, text) => {
    expect(readLine(message)).toEqual({ level, text });
  });

  it('shows hostile characters instead of obeying them', () => {
    const { text } = readLine('ERROR \u001b[2J<script>alert(1)</script>\u202e\u0000');
    expect(text).toContain('<script>alert(1)</script>');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000\u001b\u202e]/);
  });
});

describe('folding', () => {
  const lines = [3, 1, 2].map((n) => ({
    atMs: T0 + n * 1000,
    message: `ERROR rollout ${n} of group 7 failed`,
    stream: 's',
  }));

  it('joins what differs only in numbers, keeps when it began and ended, and pins the first error', () => {
    const entries = foldLines('job-log', [
      { atMs: T0, message: 'WARN slow' },
      ...lines,
      { atMs: T0 + 9000, message: 'ERROR another thing' },
      { atMs: T0 + 9500, message: 'INFO nothing' },
    ]);
    expect(entries.map(({ text, count, pinned }) => [text, count, pinned])).toEqual([
      ['slow', 1, false],
      ['rollout 1 of group 7 failed', 3, true],
      ['another thing', 1, false],
    ]);
    expect(entries[1]).toMatchObject({
      at: new Date(T0 + 1000).toISOString(),
      lastAt: new Date(T0 + 3000).toISOString(),
    });
  });

  it('pins a warning that a known cause reads where there is no error, and no other', () => {
    const warned = foldLines('agent-log', [
      { atMs: T0, message: 'WARN rollout ended with status failed' },
      { atMs: T0 + 1, message: 'WARN UpdateReward rewards=[NaN]' },
    ]);
    expect(warned.map(({ pinned }) => pinned)).toEqual([false, true]);
    expect(foldLines('agent-log', [{ atMs: T0, message: 'WARN slow' }])[0]?.pinned).toBe(false);
    expect(foldLines('agent-log', [{ atMs: T0, message: 'fine' }])).toEqual([]);
  });
});

const job = {
  jobName: 'a',
  jobArn: 'arn:a',
  jobStatus: 'Failed',
  secondaryStatus: 'Failed',
  creationTime: new Date(T0 - 3_600_000).toISOString(),
  endTime: new Date(T0).toISOString(),
  failureReason: 'a | b `c`',
  transitions: [],
} as unknown as JobDetail;

const entry = (source: StoryEntry['source'], text: string, more: Partial<StoryEntry> = {}): StoryEntry => ({
  id: text,
  source,
  at: new Date(T0 - 30_000).toISOString(),
  level: 'error',
  text,
  count: 1,
  pinned: true,
  ...more,
});

describe('causes', () => {
  it('a deployment counts only while the job ran', () => {
    const at = (ms: number) => [{ at: new Date(ms).toISOString(), text: 'Deployed', source: 'cloudtrail' as const }];
    expect(findCauses(job, [], at(T0 - 60_000)).map(({ id }) => id)).toEqual(['agent-redeployed']);
    expect(findCauses(job, [], at(T0 + 60_000))).toEqual([]);
    expect(findCauses(job, [], at(T0 - 7_200_000))).toEqual([]);
  });

  it('one line supports one cause, and what nobody knows supports none', () => {
    const denied = 'AccessDeniedException: not authorized to perform: sagemaker:Sample, KeyError: 1';
    expect(findCauses(job, [entry('agent-log', denied)], []).map(({ id }) => id)).toEqual(['sample-denied']);
    expect(findCauses(job, [entry('agent-log', 'something nobody has met')], [])).toEqual([]);
  });
});

describe('the table of known causes', () => {
  it.each([
    ['User: x is not authorized to perform: sagemaker:CompleteRollout', 'sample-denied'],
    ['Task timed out after 3.00 seconds', 'lambda-timeout'],
    ['UpdateReward: reward is NaN', 'malformed-reward'],
    ['ServiceQuotaExceededException: active sessions', 'quota'],
    [
      'An error occurred (ExpiredTokenException): The security token included in the request is expired',
      'token-expired',
    ],
    ['session 1f2e was terminated: idle session timed out after 900 s', 'session-ended'],
    ['ResourceNotFoundException: trajectory r-1 not found', 'rollout-gone'],
    ['ConflictException: the rollout was completed before', 'reward-conflict'],
    ['ThrottlingException: Rate exceeded', 'throttled'],
    ['RequestId: 1 Error: Runtime exited with error: signal: killed', 'agent-memory'],
    ["Runtime.ImportModuleError: Unable to import module 'app'", 'agent-start'],
    ['waiting for capacity, attempt 11', 'capacity'],
    ["lookup() got an unexpected keyword argument 'ticket'", 'tool-drift'],
    ['orders-api answered 503', 'tool-down'],
    ['AccessDeniedException: may not call bedrock-agentcore:InvokeAgentRuntime', 'agent-denied'],
    ['AccessDenied: not authorized to perform: sts:AssumeRole', 'role-trust'],
    ['KMS.DisabledException: the key is disabled', 'key'],
    ['writing to MLflow failed: 403', 'mlflow'],
    ['connect ECONNREFUSED 10.0.0.1:443', 'network'],
    ["KeyError: 'ticket'", 'agent-error'],
    ['S3: NoSuchKey', 'data-missing'],
  ])('%s', (text, id) => {
    expect(findCauses(job, [entry('agent-log', text)], [])[0]?.id).toBe(id);
  });

  it('reads a line of any length at once', () => {
    const started = performance.now();
    findCauses(job, [entry('agent-log', 'session reward tool key mlflow '.repeat(40_000).slice(0, 1_200))], []);
    expect(performance.now() - started).toBeLessThan(200);
  });
});

it('Markdown cannot be broken by what a log says', () => {
  const story = {
    entries: [entry('job-log', 'a | b ``` c\n# heading')],
    sources: [{ source: 'agent-log', label: 'Agent log', state: 'denied', note: 'not allowed' }],
    causes: [],
  } as unknown as StoryResponse;
  const text = formatStoryMarkdown(job, story);
  expect(text).toContain('| ```` a \\| b ``` c # heading ```` |');
  expect(text).toContain('- Failure reason: `` a | b `c` ``');
  expect(text).toContain('- Agent log: not allowed');
  expect(text.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
});

it('the axis shows the last ten minutes, and what is pinned inside them', () => {
  const axis = prepareAxis(
    {
      entries: [
        entry('transitions', 'long ago', { at: new Date(T0 - 3_600_000).toISOString(), level: 'info', pinned: false }),
        entry('job-log', 'pinned', { at: new Date(T0 - 120_000).toISOString() }),
        entry('job-log', 'end', { at: new Date(T0).toISOString() }),
        entry('cloudtrail', 'deleted much later', { at: new Date(T0 + 1_800_000).toISOString(), level: 'info' }),
      ],
      sources: [
        { source: 'job-log', label: 'Job log', state: 'ok' },
        { source: 'cloudtrail', label: 'CloudTrail', state: 'ok' },
      ],
    } as StoryResponse,
    T0,
  );
  expect(axis.before).toBe(1);
  expect(axis.lanes[0]?.marks.map(({ label }) => label)).toEqual(['pinned', 'end']);
  expect(axis.lanes[1]?.marks).toEqual([]);
  expect(axis.endMs - axis.startMs).toBeLessThan(10 * 60_000);
});
