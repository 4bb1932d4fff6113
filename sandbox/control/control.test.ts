import { beforeEach, describe, expect, it } from 'vitest';
import type { WireRequest } from '../protocol/http';
import { Sandbox } from '../sandbox';
import { callOperation } from '../testing/call-operation';
import { handleControl } from './control';

const NOW = Date.UTC(2026, 10, 22, 12);
let sandbox: Sandbox;
beforeEach(() => {
  sandbox = new Sandbox({ scenario: 'empty', speed: 0, nowMs: NOW });
});

function control(method: string, path: string, body?: unknown) {
  const [pathname = '', query = ''] = path.split('?');
  const request: WireRequest = {
    method,
    path: `/_sandbox/${pathname}`,
    query: new URLSearchParams(query),
    headers: {},
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  };
  const reply = handleControl(sandbox, request);
  const text = typeof reply.body === 'string' ? reply.body : [...(reply.body as Iterable<string>)].join('');
  return { status: reply.status, body: JSON.parse(text) };
}

const describeJob = async (JobName: string, JobCategory = 'AgentRFT') =>
  (
    await callOperation<{ JobStatus: string; EndTime: number; FailureReason?: string; JobConfigDocument: string }>(
      sandbox,
      'DescribeJob',
      { JobName, JobCategory },
    )
  ).body;

describe('the control plane', () => {
  it('tells the state', () => {
    expect(control('GET', 'state').body).toEqual({
      scenario: 'empty',
      seed: 1,
      speed: 0,
      now: '2026-11-22T12:00:00.000Z',
      quota: { training: 1, evaluation: 1 },
      regions: { 'us-west-2': { jobs: 0, groups: 0, packages: 0 } },
    });
  });

  it('moves time forward by durations and milliseconds', () => {
    expect(control('POST', 'advance', { by: '1h30m' }).body.now).toBe('2026-11-22T13:30:00.000Z');
    expect(control('POST', 'advance', { by: 500 }).body.now).toBe('2026-11-22T13:30:00.500Z');
  });

  it('starts over with what is named, and forgets calls, faults and quota', async () => {
    control('POST', 'quota', { training: 7 });
    control('POST', 'faults', { rules: [{ operation: '*', kind: 'error' }] });
    await callOperation(sandbox, 'ListJobs', { JobCategory: 'AgentRFT' });
    const { body } = control('POST', 'reset', { scenario: 'failed-at-night', now: '2026-11-01T08:00:00Z' });
    expect(body).toMatchObject({
      scenario: 'failed-at-night',
      now: '2026-11-01T08:00:00.000Z',
      quota: { training: 1, evaluation: 1 },
      regions: { 'us-west-2': { jobs: 3 } },
    });
    expect(control('GET', 'calls').body).toEqual({ total: 0, byOperation: {} });
    expect(control('GET', 'faults').body).toEqual({ rules: [] });
  });

  it('goes back to where time was told to start', () => {
    control('POST', 'advance', { by: '5h' });
    expect(control('POST', 'reset').body.now).toBe('2026-11-22T12:00:00.000Z');
  });

  it('counts calls of AWS operations and none of its own', async () => {
    await callOperation(sandbox, 'ListJobs', { JobCategory: 'AgentRFT' });
    await callOperation(sandbox, 'ListJobs', {});
    control('GET', 'state');
    expect(control('GET', 'calls').body).toEqual({ total: 2, byOperation: { 'SageMaker.ListJobs': 2 } });
    control('POST', 'calls/reset');
    expect(control('GET', 'calls').body.total).toBe(0);
  });

  it.each([
    ['POST', 'advance', { by: 'soon' }, 'by must be a duration'],
    ['POST', 'advance', { by: -5 }, 'by must be a duration'],
    ['POST', 'advance', { for: '5m' }, 'unknown: for; known: by'],
    ['POST', 'speed', { speed: -1 }, 'speed must be a number of zero or more'],
    ['POST', 'reset', { scenario: 'nowhere' }, 'no scenario "nowhere"; there are: team-month'],
    ['POST', 'reset', { now: 'yesterday' }, 'now must be an ISO time'],
    ['POST', 'faults', { rules: [{ kind: 'explode' }] }, 'kind must be one of throttle'],
    ['POST', 'faults', { rules: [{ kind: 'error', rate: 2 }] }, 'rate must be from 0 to 1'],
    ['POST', 'faults', {}, 'rules must be a list'],
    ['POST', 'quota', { training: 'many' }, 'training must be a number'],
    ['POST', 'jobs', { name: 'a_b', outcome: 'running' }, 'name is not a job name'],
    ['POST', 'jobs', { name: 'x', outcome: 'maybe' }, 'outcome must be one of completed'],
    ['POST', 'jobs', { name: 'x', groups: { output: 'a', intermediate: 'a' } }, 'two different names'],
    ['POST', 'jobs', { name: 'x', from: { job: 'nobody', step: 1 } }, 'from.job nobody is not a training job'],
    ['POST', 'state', '{', 'no such control route'],
    ['POST', 'advance', '{', 'not valid JSON'],
  ])('%s %s %j is refused in words', (method, path, body, message) => {
    const answer = control(method, path, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.error).toContain(message);
  });
});

describe('seeding a job', () => {
  it('that is over is over now, whatever its outcome', async () => {
    control('POST', 'jobs', { name: 'done', outcome: 'completed', steps: 10 });
    control('POST', 'jobs', {
      name: 'broken',
      outcome: 'failed',
      steps: 10,
      failAtStep: 4,
      failureReason: 'Out of luck',
    });
    control('POST', 'jobs', { name: 'halted', outcome: 'stopped', steps: 10 });
    control('POST', 'jobs', { name: 'checked', category: 'AgentRFTEvaluation', outcome: 'completed' });
    expect((await describeJob('done')).JobStatus).toBe('Completed');
    expect(await describeJob('broken')).toMatchObject({ JobStatus: 'Failed', FailureReason: 'Out of luck' });
    expect((await describeJob('halted')).JobStatus).toBe('Stopped');
    const checked = await describeJob('checked', 'AgentRFTEvaluation');
    expect(checked.JobStatus).toBe('Completed');
    expect(NOW / 1000 - checked.EndTime).toBeLessThan(300);
  });

  it('that runs begins now, or as long ago as said, past the quota', async () => {
    control('POST', 'jobs', { name: 'new', outcome: 'running' });
    control('POST', 'jobs', { name: 'old', outcome: 'running', startedAgo: '1h', steps: 60 });
    expect((await describeJob('new')).JobStatus).toBe('InProgress');
    const { ServiceOutput } = JSON.parse((await describeJob('old')).JobConfigDocument);
    expect(ServiceOutput.BillableTokenUsage.TrainTokenCount).toBeGreaterThan(0);
  });

  it('goes on from another, and truth tells so', () => {
    control('POST', 'jobs', { name: 'one', outcome: 'failed', startedAgo: '6h', steps: 20, failAtStep: 8 });
    control('POST', 'jobs', {
      name: 'two',
      outcome: 'completed',
      startedAgo: '4h',
      from: { job: 'one', step: 8, kind: 'resume' },
      groups: { output: 'a-mpg', intermediate: 'b-mpg' },
    });
    const { body } = control('GET', 'truth');
    expect(body.jobs.map((job: { name: string; parent: unknown }) => [job.name, job.parent])).toEqual([
      ['one', null],
      ['two', { kind: 'resume', job: 'one', step: 8 }],
    ]);
    const steps = body.packages
      .filter(([, , kind, job]: string[]) => kind === 'resumable' && job === 'two')
      .map((entry: unknown[]) => entry[5]);
    expect(steps).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
  });

  it('from a checkpoint that was not there yet is refused', () => {
    control('POST', 'jobs', { name: 'one', outcome: 'completed', startedAgo: '3h', steps: 20 });
    const late = {
      name: 'two',
      outcome: 'running',
      startedAgo: '170m',
      from: { job: 'one', step: 20, kind: 'iterate' },
    };
    expect(control('POST', 'jobs', late)).toEqual({
      status: 400,
      body: { error: 'job one has no model checkpoint of step 20 by then' },
    });
  });

  it('gives it versions behind the ones that were listed already', async () => {
    control('POST', 'jobs', { name: 'one', outcome: 'completed', startedAgo: '3h', steps: 5 });
    const before = control('GET', 'truth').body.packages;
    control('POST', 'jobs', { name: 'earlier', outcome: 'completed', startedAgo: '5h', steps: 5 });
    const after = control('GET', 'truth').body.packages;
    for (const entry of before) expect(after).toContainEqual(entry);
    expect(after).toHaveLength(20);
  });
});
