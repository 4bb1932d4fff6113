import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeEvents } from '@/lib/logs/merge-events';
import { AppError } from '../../contract/app-error';
import type { ListLogsResponse, LogEvent } from '../../contract/logs';
import { JobLogs } from './job-logs';
import type { LogReader, StreamLine } from './log-reader';

const T0 = Date.parse('2026-11-22T08:00:00Z');
const HOUR = 3_600_000;
const ref = { jobCategory: 'AgentRFT', jobName: 'job-1' } as const;

/**
 * A log group in memory with the habits of CloudWatch that the code must bear, which no server can be told to have on
 * demand: pages that end anywhere, empty pages while more follows, an end that shows only as a token that comes back.
 */
function logGroup(streams: Record<string, StreamLine[]>, habits: { pageLines?: number; emptyPages?: boolean } = {}) {
  const calls = { listStreams: 0, readStream: 0, search: 0 };
  let empty = false;
  const reader: LogReader = {
    async listStreams(prefix) {
      calls.listStreams += 1;
      return Object.entries(streams)
        .filter(([name]) => name.startsWith(prefix ?? ''))
        .map(([name, lines]) => ({ name, lastEventAtMs: lines.at(-1)?.timestampMs }));
    },
    async readStream({ stream, token, beforeMs, fromMs, fromHead, limit }) {
      calls.readStream += 1;
      const all = (streams[stream] ?? []).filter(
        (line) => line.timestampMs < (beforeMs ?? Number.MAX_SAFE_INTEGER) && line.timestampMs >= (fromMs ?? 0),
      );
      const size = Math.min(limit, habits.pageLines ?? limit);
      empty = !empty && habits.emptyPages === true;
      const take = empty ? 0 : size;
      const at = token === undefined ? (fromHead ? 0 : all.length) : Number(token.slice(2));
      const [from, to] = fromHead ? [at, Math.min(all.length, at + take)] : [Math.max(0, at - take), at];
      // An empty page in the middle hands out another token for the same place.
      const mark = empty && from > 0 && to < all.length + 1 && token?.startsWith('a/') ? 'b/' : 'a/';
      return {
        lines: all.slice(from, to),
        forwardToken: to === all.length ? `a/${to}` : `${mark}${to}`,
        backwardToken: from === 0 ? 'a/0' : `${mark}${from}`,
      };
    },
    async search({ streamPrefix, pattern, fromMs, toMs, token, limit }) {
      calls.search += 1;
      const words = (pattern ?? '').slice(1, -1).replace(/\\(.)/g, '$1');
      const found = Object.entries(streams)
        .filter(([name]) => name.startsWith(streamPrefix ?? ''))
        .flatMap(([stream, lines]) => lines.map((line, i) => ({ ...line, stream, eventId: `${stream}/${i}` })))
        .filter((line) => line.timestampMs >= fromMs && line.timestampMs < toMs && line.message.includes(words))
        .sort((a, b) => b.timestampMs - a.timestampMs);
      const at = Number(token ?? 0);
      const end = at + Math.min(limit, habits.pageLines ?? limit);
      return { lines: found.slice(at, end), nextToken: end < found.length ? String(end) : undefined };
    },
  };
  return { reader, calls, streams };
}

function open(group: ReturnType<typeof logGroup>, times: { endedAtMs?: number } = {}) {
  const clock = { wall: T0 + HOUR, aws: T0 + HOUR };
  const logs = new JobLogs({
    reader: () => group.reader,
    place: async () => ({ logGroup: '/aws/sagemaker/Job/AgentRFT', prefix: 'job-1/' }),
    jobTimes: async () => ({ createdAtMs: T0, ...times }),
    awsNowMs: () => clock.aws,
    now: () => clock.wall,
  });
  const list = (query: { q?: string; cursor?: string; limit?: number } = {}) =>
    logs.list('us-west-2', ref, { source: 'job', limit: 500, ...query });
  return { list, clock };
}

const line = (timestampMs: number, message: string): StreamLine => ({ timestampMs, message });
const texts = (events: readonly LogEvent[]) => events.map(({ message }) => message);

async function readBack(list: ReturnType<typeof open>['list'], limit: number): Promise<ListLogsResponse[]> {
  const pages = [await list({ limit })];
  for (let cursor = pages[0]?.olderCursor; cursor; cursor = pages[0]?.olderCursor) {
    pages.unshift(await list({ limit, cursor }));
  }
  return pages;
}

describe('paging back through a finished log', () => {
  it('gives every line once, in order, however pages end and however many lines share a millisecond', async () => {
    const stream = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 120 });
    const logs = fc.record({
      streams: fc.array(stream, { minLength: 1, maxLength: 3 }),
      limit: fc.integer({ min: 1, max: 25 }),
      pageLines: fc.integer({ min: 1, max: 40 }),
      emptyPages: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(logs, async ({ streams, limit, pageLines, emptyPages }) => {
        const named = Object.fromEntries(
          streams.map((times, s) => [
            `job-1/algo-${s}`,
            times.sort((a, b) => a - b).map((ms, i) => line(T0 + ms, `stream ${s} line ${i}`)),
          ]),
        );
        const whole = Object.entries(named)
          .flatMap(([name, lines]) => lines.map((entry) => ({ name, ...entry })))
          .sort((a, b) => a.timestampMs - b.timestampMs || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
        const { list } = open(logGroup(named, { pageLines, emptyPages }), { endedAtMs: T0 + 60_000 });
        const events = (await readBack(list, limit)).flatMap((page) => page.events);
        expect(texts(events)).toEqual(whole.map(({ message }) => message));
        expect(new Set(events.map(({ id }) => id)).size).toBe(whole.length);
      }),
      { numRuns: 300 },
    );
  });

  it('never shows the lines of a job whose name begins alike', async () => {
    const { list } = open(logGroup({ 'job-1/a': [line(T0, 'mine')], 'job-10/a': [line(T0, 'not mine')] }), {
      endedAtMs: T0 + 1,
    });
    expect(texts((await list()).events)).toEqual(['mine']);
  });

  it('costs nothing the second time, and once when many ask at the same moment', async () => {
    const group = logGroup({ 'job-1/a': Array.from({ length: 900 }, (_, i) => line(T0 + i, `${i}`)) });
    const { list } = open(group, { endedAtMs: T0 + 60_000 });
    await Promise.all(Array.from({ length: 50 }, () => list()));
    const first = { ...group.calls };
    expect(first).toEqual({ listStreams: 1, readStream: 1, search: 0 });
    await list();
    expect(group.calls).toEqual(first);
  });

  it('ends a page at a million characters, so that long lines cannot make an answer of gigabytes', async () => {
    const long = 'x'.repeat(256_000);
    const { list } = open(logGroup({ 'job-1/a': Array.from({ length: 40 }, (_, i) => line(T0 + i, long)) }), {
      endedAtMs: T0 + 60_000,
    });
    const pages = await readBack(list, 500);
    expect(pages.map(({ events }) => events.length)).toEqual(Array.from({ length: 10 }, () => 4));
  });

  it('gives up in words when CloudWatch sends empty pages for ever', async () => {
    const group = logGroup({ 'job-1/a': [line(T0, 'x')] });
    let count = 0;
    group.reader.readStream = async () => ({ lines: [], forwardToken: 'f', backwardToken: `b${++count}` });
    const { list } = open(group, { endedAtMs: T0 + 1 });
    await expect(list()).rejects.toMatchObject({ code: 'aws_failed' });
    expect(count).toBeLessThan(100);
  });

  it('refuses a cursor of another log', async () => {
    const group = logGroup({ 'job-1/a': Array.from({ length: 20 }, (_, i) => line(T0 + i, `${i}`)) });
    const { list } = open(group, { endedAtMs: T0 + 60_000 });
    const { olderCursor } = await list({ limit: 5 });
    await expect(list({ cursor: `x${olderCursor}` })).rejects.toMatchObject({ code: 'bad_request', field: 'cursor' });
    await expect(list({ cursor: olderCursor, q: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

describe('watching a live log', () => {
  it('brings each new line once, asks AWS at most every 4 s, and not at all when nobody asks', async () => {
    const lines = [line(T0, 'one'), line(T0 + 5, 'two')];
    const group = logGroup({ 'job-1/a': lines });
    const { list, clock } = open(group);
    const first = await list();
    expect(texts(first.events)).toEqual(['one', 'two']);
    const seeded = { ...group.calls };

    lines.push(line(T0 + 5, 'two again'), line(T0 + 9, 'three'));
    const early = await list({ cursor: first.newerCursor });
    expect(early.events).toEqual([]);
    expect(group.calls).toEqual(seeded);

    clock.wall += 4_000;
    const pages = await Promise.all(Array.from({ length: 100 }, () => list({ cursor: early.newerCursor })));
    for (const page of pages) expect(texts(page.events)).toEqual(['two again', 'three']);
    expect(group.calls.readStream - seeded.readStream).toBe(2);

    clock.wall += 4_000;
    expect((await list({ cursor: pages[0]?.newerCursor })).events).toEqual([]);
    expect(new Set([...first.events, ...(pages[0]?.events ?? [])].map(({ id }) => id)).size).toBe(4);
  });

  it('joins with the older pages without gap or double', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => line(T0 + Math.floor(i / 3), `${i}`));
    const { list } = open(
      logGroup({ 'job-1/a': lines, 'job-1/b': lines.map((l) => ({ ...l, message: `b${l.message}` })) }),
    );
    const pages = await readBack(list, 500);
    expect(mergeEvents(pages.map(({ events }) => events))).toHaveLength(6_000);
    expect(pages.flatMap(({ events }) => events)).toHaveLength(6_000);
  });

  it('finds a stream that appears later and a line that arrives late', async () => {
    const a = [line(T0 + 10, 'a10')];
    const streams: Record<string, StreamLine[]> = { 'job-1/a': a };
    const { list, clock } = open(logGroup(streams));
    const first = await list();
    streams['job-1/b'] = [line(T0 + 3, 'b3')];
    a.push(line(T0 + 20, 'a20'));
    clock.wall += 30_000;
    const next = await list({ cursor: first.newerCursor });
    expect(texts(next.events)).toEqual(['b3', 'a20']);
    expect(texts(mergeEvents([first.events, next.events]))).toEqual(['b3', 'a10', 'a20']);
  });

  it('goes from no log yet to lines, and stops when the job has ended and its last lines are in', async () => {
    const streams: Record<string, StreamLine[]> = {};
    const times: { endedAtMs?: number } = {};
    const { list, clock } = open(logGroup(streams), times);
    const none = await list();
    expect(none).toMatchObject({ state: 'none-yet', events: [], streams: [] });
    streams['job-1/a'] = [line(T0 + HOUR, 'first')];
    clock.wall += 4_000;
    const some = await list({ cursor: none.newerCursor });
    expect(some).toMatchObject({ state: 'ok', streams: ['job-1/a'] });
    expect(texts(some.events)).toEqual(['first']);
    expect(some.newerCursor).toBeDefined();

    streams['job-1/a'].push(line(T0 + HOUR + 1, 'last'));
    clock.wall += 4_000;
    clock.aws += 10 * 60_000;
    // Spread at construction: a finished job is another answer of the catalog.
    const finished = open(logGroup(streams), { endedAtMs: T0 + HOUR });
    finished.clock.aws = clock.aws;
    const last = await finished.list({ cursor: some.newerCursor });
    expect(texts(last.events)).toContain('last');
    expect(last.newerCursor).toBeUndefined();
  });

  it('starts a viewer again at the end when too much was missed, and says so by an older cursor', async () => {
    const lines = [line(T0, 'start')];
    const group = logGroup({ 'job-1/a': lines });
    const before = await open(group).list();
    for (let i = 1; i <= 5_000; i++) lines.push(line(T0 + i, `${i}`));
    const later = await open(group).list({ cursor: before.newerCursor });
    expect(later.olderCursor).toBeDefined();
    expect(later.events.at(-1)?.message).toBe('5000');
  });

  it('goes on with another tail when nothing was missed', async () => {
    const lines = [line(T0, 'start')];
    const group = logGroup({ 'job-1/a': lines });
    const before = await open(group).list();
    lines.push(line(T0 + 1, 'next'));
    const later = await open(group).list({ cursor: before.newerCursor });
    expect(later.olderCursor).toBeUndefined();
    expect(texts(mergeEvents([before.events, later.events]))).toEqual(['start', 'next']);
  });

  it('keeps a day of lines in bounded memory and still pages back to the first', async () => {
    const lines: StreamLine[] = [];
    const group = logGroup({ 'job-1/a': lines });
    const { list, clock } = open(group);
    let cursor = (await list()).newerCursor;
    for (let tick = 0; tick < 12; tick++) {
      for (let i = 0; i < 2_000; i++) lines.push(line(T0 + lines.length, `${lines.length}`));
      clock.wall += 30_000;
      const page = await list({ cursor });
      expect(page.events).toHaveLength(2_000);
      cursor = page.newerCursor;
    }
    const pages = await readBack(list, 2_000);
    expect(texts(pages.flatMap(({ events }) => events))).toEqual(lines.map(({ message }) => message));
  });

  it('tells a failure to everybody who asks within 4 s, with one call, and recovers', async () => {
    const group = logGroup({ 'job-1/a': [line(T0, 'x')] });
    const { listStreams } = group.reader;
    let calls = 0;
    group.reader.listStreams = async () => {
      calls += 1;
      throw new AppError('access_denied', 'no');
    };
    const { list, clock } = open(group);
    const answers = await Promise.allSettled([list(), list(), list()]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(list()).rejects.toMatchObject({ code: 'access_denied' });
    expect(calls).toBe(1);
    group.reader.listStreams = listStreams;
    clock.wall += 4_000;
    expect(texts((await list()).events)).toEqual(['x']);
  });
});

describe('searching a log', () => {
  it('finds exactly the words, newest first page by page, and says how far it looked', async () => {
    const lines = Array.from({ length: 100 }, (_, i) =>
      line(T0 + i * 60_000, i % 2 ? `step "${i}" done` : `loss ${i}`),
    );
    const { list } = open(logGroup({ 'job-1/a': lines }, { pageLines: 3 }), { endedAtMs: T0 + 100 * 60_000 });
    const found: string[] = [];
    let page = await list({ q: '" done', limit: 10 });
    expect(page.searched).toMatchObject({ complete: false });
    for (;;) {
      found.unshift(...texts(page.events));
      if (!page.olderCursor) break;
      page = await list({ q: '" done', limit: 10, cursor: page.olderCursor });
    }
    expect(found).toEqual(lines.map(({ message }) => message).filter((message) => message.includes('" done')));
    expect(page.searched).toMatchObject({ from: '2026-11-22T08:00:00.000Z', complete: true });
  });

  it('does not claim what it has not read when the words are not found within its calls', async () => {
    const group = logGroup({ 'job-1/a': [] });
    group.reader.search = async ({ token }) => ({ lines: [], nextToken: String(Number(token ?? 0) + 1) });
    const { list } = open(group, { endedAtMs: T0 + HOUR });
    const page = await list({ q: 'nothing' });
    expect(page.searched?.complete).toBe(false);
    expect(page.searched?.from).toBe(page.searched?.to);
    expect(page.olderCursor).toBeDefined();
  });

  it('answers 400 for a place that AWS has forgotten', async () => {
    const group = logGroup({ 'job-1/a': [] });
    group.reader.search = async ({ token }) => {
      if (token) throw new AppError('unprocessable', 'The specified nextToken is invalid.');
      return { lines: [], nextToken: 't' };
    };
    const { list } = open(group, { endedAtMs: T0 + HOUR });
    await expect(list({ q: 'x' })).rejects.toMatchObject({ code: 'bad_request', field: 'cursor' });
  });
});
