import { expect, it } from 'vitest';
import { groupSource } from './group-source';
import type { FoundLine, LogReader } from './log-reader';

const T0 = Date.parse('2026-11-22T08:00:00Z');
const HOUR = 3_600_000;

/** CloudWatch as it may answer: so many empty pages before the lines, each with a token for more. */
function readOf(emptyPages: number) {
  let calls = 0;
  const line: FoundLine = { timestampMs: T0 + HOUR / 2, message: 'x', stream: 'a', eventId: '1' };
  const reader: LogReader = {
    listStreams: async () => [{ name: 'a' }],
    readStream: async () => undefined,
    search: async ({ token }) => {
      calls += 1;
      const page = Number(token ?? 0);
      return page < emptyPages ? { lines: [], nextToken: String(page + 1) } : { lines: [line] };
    },
  };
  const clocks = { now: () => T0 + HOUR, awsNow: () => T0 + HOUR };
  const source = groupSource({ reader, floorMs: T0, endMs: T0 + HOUR }, clocks);
  return { source, calls: () => calls };
}

it('reads on over more empty pages than one page of lines may cost', async () => {
  const { source } = readOf(60);
  const page = await source.readAfter(100, 0, {});
  expect(page.events.map(({ message }) => message)).toEqual(['x']);
  expect(page.toMs).toBeUndefined();
});

it('never gives a next page that begins where this one did: it ends in words', async () => {
  const { source, calls } = readOf(Number.POSITIVE_INFINITY);
  await expect(source.readAfter(100, 0, {})).rejects.toMatchObject({ code: 'aws_failed' });
  expect(calls()).toBe(100);
});
