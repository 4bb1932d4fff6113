import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../contract/logs';
import { logEventId, mergeEvents } from './merge-events';

const at = (ms: number, stream = 'a', order = 0): LogEvent => ({
  id: logEventId(stream, ms, order),
  timestamp: new Date(ms).toISOString(),
  message: `${stream} ${ms} ${order}`,
  stream,
});

describe('mergeEvents', () => {
  it('keeps pages that are already in order as they are', () => {
    const pages = [[at(1), at(2)], [at(3)]];
    expect(mergeEvents(pages)).toEqual([at(1), at(2), at(3)]);
  });

  it('takes a line that two pages carry once', () => {
    expect(
      mergeEvents([
        [at(1), at(2)],
        [at(2), at(3)],
      ]),
    ).toEqual([at(1), at(2), at(3)]);
  });

  it('puts a line that arrived late where it belongs', () => {
    expect(mergeEvents([[at(1, 'b'), at(5, 'b')], [at(3, 'a')]])).toEqual([at(1, 'b'), at(3, 'a'), at(5, 'b')]);
  });

  it('orders lines of one millisecond by stream and then as written, the tenth after the ninth', () => {
    const lines = [at(1, 'b', 0), at(1, 'a', 10), at(1, 'a', 9)];
    expect(mergeEvents([lines])).toEqual([at(1, 'a', 9), at(1, 'a', 10), at(1, 'b', 0)]);
  });
});
