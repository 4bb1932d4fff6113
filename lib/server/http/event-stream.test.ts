import { describe, expect, it } from 'vitest';
import type { CatalogEvent } from '../../contract/events';
import { eventStream } from './event-stream';

function open() {
  const listeners = new Set<(events: CatalogEvent[]) => void>();
  const abort = new AbortController();
  const response = eventStream({
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: '1.2.3',
    signal: abort.signal,
    headers: { 'x-request-id': 'r' },
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  return {
    response,
    listeners,
    abort,
    reader,
    send: (event: CatalogEvent) => {
      for (const listener of listeners) listener([event]);
    },
    read: async () => {
      const { value, done } = await reader.read();
      return done ? undefined : decoder.decode(value);
    },
  };
}

const job = (jobName: string): CatalogEvent => ({ type: 'job', region: 'us-west-2', jobCategory: 'AgentRFT', jobName });

describe('the event stream', () => {
  it('says hello, then each change, as text that is never stored or compressed on the way', async () => {
    const stream = open();
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(await stream.read()).toBe('retry: 3000\n\n');
    expect(await stream.read()).toBe('id: 1\nevent: hello\ndata: {"type":"hello","version":"1.2.3"}\n\n');
    const next = stream.read();
    stream.send({ type: 'jobs', region: 'us-west-2' });
    expect(await next).toBe('id: 2\nevent: jobs\ndata: {"type":"jobs","region":"us-west-2"}\n\n');
    stream.abort.abort();
  });

  it('keeps what a slow viewer has not read once per subject', async () => {
    const stream = open();
    await stream.read();
    await stream.read();
    for (let i = 0; i < 500; i++) stream.send(job(`j${i % 3}`));
    const names = [...`${await stream.read()}`.matchAll(/"jobName":"(\w+)"/g)].map((match) => match[1]);
    expect(names).toEqual(['j0', 'j1', 'j2']);
    stream.abort.abort();
  });

  it('says hello again to a viewer who fell a thousand subjects behind', async () => {
    const stream = open();
    await stream.read();
    for (let i = 0; i < 1_500; i++) stream.send(job(`j${i}`));
    const text = `${await stream.read()}${await Promise.race([stream.read(), Promise.resolve('')])}`;
    expect(text).toContain('event: hello');
    expect(text.match(/event: job\n/g) ?? []).toEqual([]);
    stream.abort.abort();
  });

  it('lets go of a viewer who left, whichever way', async () => {
    const aborted = open();
    expect(aborted.listeners.size).toBe(1);
    aborted.abort.abort();
    expect(aborted.listeners.size).toBe(0);

    const cancelled = open();
    await cancelled.reader.cancel();
    expect(cancelled.listeners.size).toBe(0);

    const waiting = open();
    await waiting.read();
    await waiting.read();
    const pending = waiting.read();
    waiting.abort.abort();
    expect(await pending).toBeUndefined();
  });
});
