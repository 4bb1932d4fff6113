import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ListLogsResponse, type LogEvent, listLogsQuerySchema } from '@/lib/contract/logs';
import { REGION, startTestDeployment, type TestDeployment } from '@/tests/test-deployment';
import { deleteJob } from '../aws/sagemaker-jobs';
import { findReport, saveReport } from '../catalog/job-reports-store';
import { getJob } from '../jobs/get-job';
import { downloadLog } from './download-log';
import { findFirstLogError, listJobLogs } from './list-job-logs';
import { listLogSources, nameLogGroup } from './log-sources';

let test: TestDeployment;
const GROUP = '/aws/eks/agents/application';
const training = (jobName: string) => ({ jobCategory: 'AgentRFT', jobName }) as const;

beforeAll(async () => {
  Object.assign(globalThis, { [Symbol.for('cairn.boundHost')]: '127.0.0.1' });
  test = await startTestDeployment({
    scenario: 'empty',
    settings: { logGroups: ['/aws/eks/agents/*'], keptLogMb: 16 },
  });
  const { control } = test;
  await control.seedJob({ name: 'done', outcome: 'completed', startedAgo: '12h', steps: 20 });
  await control.seedJob({ name: 'broken', outcome: 'failed', startedAgo: '12h', steps: 20, failAtStep: 12 });
  await control.seedLog({
    group: GROUP,
    stream: 'agent-0',
    lines: 900,
    startedAgo: '12h',
    span: '45m',
    kind: 'service',
  });
  await control.seedLog({
    group: GROUP,
    stream: 'agent-1',
    lines: 900,
    startedAgo: '12h',
    span: '45m',
    kind: 'service',
  });
  await test.d.sync.runUntilIdle();
});

afterAll(() => test.close());

const list = (jobName: string, query: Record<string, unknown>) =>
  listJobLogs(test.d, REGION, training(jobName), listLogsQuerySchema.parse(query));
const calls = async () => {
  const { byOperation } = await test.control.calls();
  return Object.entries(byOperation).reduce((sum, [name, n]) => sum + (name.startsWith('Logs.') ? n : 0), 0);
};

async function readBack(jobName: string, query: Record<string, unknown>): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  let page: ListLogsResponse = await list(jobName, query);
  for (;;) {
    events.unshift(...page.events);
    if (!page.olderCursor) return events;
    page = await list(jobName, { ...query, cursor: page.olderCursor });
  }
}

async function readOn(jobName: string, query: Record<string, unknown>): Promise<LogEvent[]> {
  const { span } = await list(jobName, query);
  const events: LogEvent[] = [];
  let page: ListLogsResponse = await list(jobName, { ...query, around: span.from });
  for (;;) {
    events.push(...page.events);
    if (!page.laterCursor) return events;
    page = await list(jobName, { ...query, cursor: page.laterCursor });
  }
}

describe('the sources of a job', () => {
  it('are its own log, its agent’s, and the groups somebody named', async () => {
    const before = await listLogSources(test.d, REGION, training('done'));
    expect(before.sources.map(({ source }) => source)).toEqual(['job', 'agent']);
    await nameLogGroup(test.d, REGION, training('done'), { logGroup: GROUP, scope: 'job', remove: false });
    const after = await listLogSources(test.d, REGION, training('done'));
    expect(after.sources.at(-1)).toMatchObject({ source: `group:${GROUP}`, scope: 'job' });
    const other = await listLogSources(test.d, REGION, training('broken'));
    expect(other.sources.map(({ source }) => source)).toEqual(['job', 'agent']);
  });

  it('a group that the operator does not list is refused, and one that nobody named is not found', async () => {
    const secret = { logGroup: '/aws/lambda/payroll', scope: 'region', remove: false } as const;
    await expect(nameLogGroup(test.d, REGION, training('done'), secret)).rejects.toMatchObject({
      code: 'access_denied',
    });
    await expect(list('done', { source: 'group:/aws/lambda/payroll' })).rejects.toMatchObject({
      code: 'access_denied',
    });
    await expect(list('broken', { source: `group:${GROUP}` })).rejects.toMatchObject({ code: 'not_found' });
  });

  for (const source of ['job', 'agent', `group:${GROUP}`]) {
    it(`${source}: read back and read on give the same lines, each once`, async () => {
      const back = await readBack('done', { source, limit: 137 });
      const on = await readOn('done', { source, limit: 211 });
      expect(back.length).toBeGreaterThan(100);
      expect(on.map(({ id }) => id)).toEqual(back.map(({ id }) => id));
      expect(new Set(back.map(({ id }) => id)).size).toBe(back.length);
      expect(on.map(({ message }) => message)).toEqual(back.map(({ message }) => message));
    });
  }

  it('can be narrowed to one stream and a stretch of time', async () => {
    const source = `group:${GROUP}`;
    const all = await readBack('done', { source });
    const from = all[400]?.timestamp ?? '';
    const to = all[700]?.timestamp ?? '';
    const narrowed = await readBack('done', { source, stream: 'agent-1', from, to, limit: 50 });
    expect(narrowed.map(({ id }) => id)).toEqual(
      all.filter((e) => e.stream === 'agent-1' && e.timestamp >= from && e.timestamp < to).map(({ id }) => id),
    );
  });

  it('errors are found by level, with words or without', async () => {
    const source = `group:${GROUP}`;
    const all = await readBack('done', { source });
    const errors = all.filter(({ message }) => message.includes('"ERROR"')).map(({ message }) => message);
    expect(errors.length).toBeGreaterThan(5);
    expect((await readBack('done', { source, level: 'error' })).map(({ message }) => message)).toEqual(errors);
    expect((await readBack('done', { source, level: 'error', q: 'timed out' })).map(({ message }) => message)).toEqual(
      errors,
    );
    expect(await readBack('done', { source, level: 'error', q: 'rollout served' })).toEqual([]);
  });

  it('a failed job’s first error is found, and what was read for it is said', async () => {
    const { event, searched } = await findFirstLogError(test.d, REGION, training('broken'), { source: 'job' });
    expect(event?.message).toMatch(/ERROR/);
    expect(Date.parse(searched.to) - Date.parse(searched.from)).toBe(600_000);
    const around = await list('broken', { around: event?.timestamp, limit: 40 });
    expect(around.events.map(({ message }) => message)).toContain(event?.message);
  });
});

describe('a log that is kept', () => {
  it('is the same as before, costs no call, and outlives its group', async () => {
    const { logKeeper } = test.d;
    for (const source of ['job', 'agent']) {
      const before = await readBack('done', { source, limit: 300 });
      const errors = await readBack('done', { source, level: 'warn' });
      expect(await logKeeper.keep(REGION, training('done'), source)).toBe(before.length);
      await test.control.resetCalls();
      expect(await readBack('done', { source, limit: 97 })).toEqual(before);
      expect(await readOn('done', { source, limit: 101 })).toEqual(before);
      expect((await readBack('done', { source, level: 'warn' })).map(({ message }) => message)).toEqual(
        errors.map(({ message }) => message),
      );
      const page = await list('done', { source, q: 'no such words anywhere' });
      expect(page.searched).toMatchObject({ complete: true, lines: before.length });
      expect(page.kept).toMatchObject({ lines: before.length, whole: true });
      expect(await calls()).toBe(0);
    }
  });

  it('is downloaded whole, as text', async () => {
    const response = await downloadLog(test.d, REGION, training('done'), { source: 'job' }, {});
    const text = await response.text();
    const before = await readBack('done', {});
    expect(text.split('\n').filter(Boolean).length).toBe(before.length);
    expect(response.headers.get('content-disposition')).toContain('done-job.log');
    const found = await downloadLog(test.d, REGION, training('done'), { source: 'job', q: 'trainer: ' }, {});
    const lines = (await found.text()).split('\n').filter(Boolean);
    expect(lines.length).toBe(before.filter(({ message }) => message.includes('trainer: ')).length);
  });
});

describe('a job that is made again under the name of a deleted one', () => {
  it('has neither the log nor the story that were kept of the other', async () => {
    const ref = training('done-again');
    const { catalog, sync, logKeeper } = test.d;
    await test.control.seedJob({ name: ref.jobName, outcome: 'completed', startedAgo: '12h', steps: 20 });
    await sync.runUntilIdle();
    await logKeeper.keep(REGION, ref, 'job');
    const scope = await test.d.scope(REGION);
    await saveReport(catalog, scope, ref, 'story', { of: 'the first' });
    const first = await list(ref.jobName, {});
    expect(first.kept?.whole).toBe(true);

    const minutesPass = async (minutes: number) => {
      for (let i = 0; i < minutes; i += 1) {
        await test.pass(60_000);
        await sync.runUntilIdle();
      }
    };
    await deleteJob(test.d.aws(REGION), ref);
    await minutesPass(30);
    await test.control.seedJob({ name: ref.jobName, outcome: 'failed', startedAgo: '10s', steps: 20, failAtStep: 2 });
    await minutesPass(60);
    const { job } = await getJob(test.d, REGION, ref);
    expect(job.jobStatus).toBe('Failed');
    const second = await list(ref.jobName, {});
    expect(second.kept).toBeUndefined();
    expect(await findReport(catalog, scope, ref, 'story')).toBeUndefined();
  });
});

describe('a hundred viewers of a live agent log', () => {
  it('cost the calls of one', async () => {
    const startedAgo = '2h';
    for (const name of ['watched-by-one', 'watched-by-many']) {
      await test.control.seedJob({ name, outcome: 'running', startedAgo, steps: 200 });
    }
    const look = (name: string) => list(name, { source: 'agent', limit: 100 });
    // The jobs themselves are read before anything is counted.
    await Promise.all(
      ['watched-by-one', 'watched-by-many'].map((name) => listLogSources(test.d, REGION, training(name))),
    );
    await test.control.resetCalls();
    expect((await look('watched-by-one')).events.length).toBeGreaterThan(10);
    const ofOne = await calls();
    await test.control.resetCalls();
    const pages = await Promise.all(Array.from({ length: 100 }, () => look('watched-by-many')));
    expect(new Set(pages.map(({ newerCursor }) => newerCursor)).size).toBe(1);
    // The two logs are not the same: a page more or less.
    expect(await calls()).toBeLessThanOrEqual(ofOne + 2);
  });
});
