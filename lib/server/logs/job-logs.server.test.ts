import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobRef } from '@/lib/contract/jobs';
import type { LogEvent } from '@/lib/contract/logs';
import { type RunningSandbox, startSandbox } from '@/sandbox/start-sandbox';
import { createCallMeter } from '../aws/call-meter';
import { type AwsRegion, createAwsRegion } from '../aws/clients';
import { readSettings } from '../env';
import { awsLogReader } from './aws-log-reader';
import { JobLogs, type JobTimes } from './job-logs';

const region = 'us-west-2';
let sandbox: RunningSandbox;
let aws: AwsRegion;
const wall = { ms: 1_000_000 };

beforeAll(async () => {
  process.env.AWS_ACCESS_KEY_ID = 'test';
  process.env.AWS_SECRET_ACCESS_KEY = 'test';
  sandbox = await startSandbox({ scenario: 'empty', speed: 0, seed: 7, now: '2026-11-22T08:00:00Z' });
  const settings = readSettings({ VITEST: '1', AWS_REGION: region, AWS_ENDPOINT_URL: sandbox.url });
  aws = createAwsRegion({ settings, region, flavour: 'interactive', meter: createCallMeter() });
});

afterAll(async () => {
  aws.destroy();
  await sandbox.close();
});

async function open(jobName: string) {
  const { now } = await sandbox.control.state();
  const awsNow = { ms: Date.parse(now) };
  const truth = (await sandbox.control.truth(region)).jobs.find(({ name }) => name === jobName);
  if (!truth) throw new Error(`the sandbox has no ${jobName}`);
  const ref: JobRef = { jobCategory: truth.category, jobName };
  const times: JobTimes = {
    createdAtMs: Date.parse(truth.creationTime),
    ...(truth.endTime ? { endedAtMs: Date.parse(truth.endTime) } : {}),
  };
  const logs = new JobLogs({
    reader: (_region, group) => awsLogReader(aws, group),
    place: async (_region, job) => ({
      logGroup: `/aws/sagemaker/Job/${job.jobCategory}`,
      prefix: `${job.jobName}/`,
    }),
    jobTimes: async () => times,
    awsNowMs: () => awsNow.ms,
    now: () => wall.ms,
  });
  const list = (query: { q?: string; cursor?: string; limit?: number } = {}) =>
    logs.list(region, ref, { source: 'job', limit: 500, ...query });
  return { list, ref, awsNow };
}

/** The whole log as a second reader sees it: every stream forward from its head, to the token that comes back. */
async function wholeLog(ref: JobRef): Promise<string[]> {
  const reader = awsLogReader(aws, `/aws/sagemaker/Job/${ref.jobCategory}`);
  const lines: Array<{ at: number; stream: string; message: string }> = [];
  for (const { name } of (await reader.listStreams(`${ref.jobName}/`)) ?? []) {
    for (let token: string | undefined; ; ) {
      const page = await reader.readStream({ stream: name, token, fromHead: true, limit: 10_000 });
      for (const { timestampMs, message } of page?.lines ?? []) lines.push({ at: timestampMs, stream: name, message });
      if (!page || page.forwardToken === token) break;
      token = page.forwardToken;
    }
  }
  return lines
    .sort((a, b) => a.at - b.at || (a.stream < b.stream ? -1 : a.stream > b.stream ? 1 : 0))
    .map(({ message }) => message);
}

const texts = (events: readonly LogEvent[]) => events.map(({ message }) => message);

async function readBack(list: Awaited<ReturnType<typeof open>>['list'], limit: number): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  let page = await list({ limit });
  for (;;) {
    events.unshift(...page.events);
    if (!page.olderCursor) return events;
    page = await list({ limit, cursor: page.olderCursor });
  }
}

describe('the log of a job at AWS', () => {
  it('is read back to its very first line, page by page, whole and in order', async () => {
    await sandbox.control.seedJob({ name: 'done', outcome: 'completed', startedAgo: '12h', steps: 100 });
    const { list, ref } = await open('done');
    const whole = await wholeLog(ref);
    expect(whole.length).toBeGreaterThan(500);
    const events = await readBack(list, 137);
    expect(texts(events)).toEqual(whole);
    expect(new Set(events.map(({ id }) => id)).size).toBe(whole.length);
  });

  it('costs no call when it is opened again', async () => {
    const { list } = await open('done');
    await list();
    await sandbox.control.resetCalls();
    expect((await list()).events.length).toBeGreaterThanOrEqual(500);
    expect((await sandbox.control.calls()).total).toBe(0);
  });

  it('is found by exact words, newest first, and never by words that are operators elsewhere', async () => {
    const { list, ref } = await open('done');
    const whole = await wholeLog(ref);
    const words = 'trainer: ';
    const expected = whole.filter((line) => line.includes(words));
    expect(expected.length).toBeGreaterThan(50);
    const found: string[] = [];
    let page = await list({ q: words, limit: 60 });
    for (;;) {
      found.unshift(...texts(page.events));
      if (!page.olderCursor) break;
      page = await list({ q: words, limit: 60, cursor: page.olderCursor });
    }
    expect(found).toEqual(expected);
    expect(page.searched?.complete).toBe(true);
    for (const q of ['"', '\\', '{ $.level = "x" }', '[a, b]', '%re%', '-no', '?a ?b', ' ', '%']) {
      const { events } = await list({ q, limit: 2_000 });
      for (const message of texts(events)) expect(message).toContain(q);
    }
  });

  it('of another job whose name begins alike is not shown', async () => {
    await sandbox.control.seedJob({ name: 'done-1', outcome: 'completed', startedAgo: '8h', steps: 3 });
    await sandbox.control.seedJob({ name: 'done-10', outcome: 'completed', startedAgo: '7h', steps: 3 });
    const { list } = await open('done-1');
    const { streams, events } = await list();
    expect(new Set(streams.map((name) => name.split('/')[0]))).toEqual(new Set(['done-1']));
    expect(new Set(events.map(({ stream }) => stream.split('/')[0]))).toEqual(new Set(['done-1']));
  });

  it('goes from none to live: a hundred viewers see every new line and cost the calls of one', async () => {
    await sandbox.control.seedJob({ name: 'young', outcome: 'running', startedAgo: '10s', steps: 30 });
    const { list, awsNow, ref } = await open('young');
    const none = await list();
    expect(none).toMatchObject({ state: 'none-yet', events: [] });

    const advance = async (by: string) => {
      awsNow.ms = Date.parse((await sandbox.control.advance(by)).now);
      wall.ms += 4_000;
    };
    await advance('20m');
    const viewers = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const page = await list({ cursor: none.newerCursor });
        return { events: [...page.events], cursor: page.newerCursor };
      }),
    );
    await advance('7m');
    await sandbox.control.resetCalls();
    await Promise.all(
      viewers.map(async (viewer) => {
        const page = await list({ cursor: viewer.cursor });
        viewer.events.push(...page.events);
      }),
    );
    const { byOperation } = await sandbox.control.calls();
    const calls = Object.values(byOperation).reduce((sum, count) => sum + count, 0);
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBeLessThanOrEqual(6);
    const whole = await wholeLog(ref);
    for (const { events } of viewers) expect(texts(events)).toEqual(whole);
  });

  it('that retention took is told apart from one that was never written', async () => {
    await sandbox.control.reset({ scenario: 'team-month', speed: 0, now: '2026-11-22T08:00:00Z' });
    const { jobs } = await sandbox.control.truth(region);
    const finished = jobs
      .filter(({ endTime }) => endTime)
      .sort((a, b) => ((a.endTime ?? '') < (b.endTime ?? '') ? -1 : 1));
    const oldest = await open(finished[0]?.name ?? '');
    expect(await oldest.list()).toMatchObject({ state: 'expired', events: [] });
    const newest = await open(finished.at(-1)?.name ?? '');
    expect((await newest.list()).state).toBe('ok');
  });

  it('that may not be read says which permission is missing', async () => {
    const { jobs } = await sandbox.control.truth(region);
    await sandbox.control.setFaults([{ operation: 'DescribeLogStreams', kind: 'access-denied' }]);
    const { list } = await open(jobs.find(({ endTime }) => !endTime)?.name ?? '');
    await expect(list()).rejects.toMatchObject({
      code: 'access_denied',
      hint: expect.stringContaining('logs:DescribeLogStreams'),
    });
    await sandbox.control.setFaults([]);
  });
});
