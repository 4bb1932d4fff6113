import 'server-only';
import type { CatalogEvent } from '../../contract/events';

interface EventStreamOptions {
  /** Calls back for every change from now on; returns how to stop that. */
  subscribe: (listener: (events: CatalogEvent[]) => void) => () => void;
  /** Version of the server, for `hello`. */
  version: string;
  /** Ends the stream when the viewer is gone. */
  signal: AbortSignal;
  headers: Record<string, string>;
}

/** 15 s: proxies commonly cut a silent connection after 30 to 60 s. */
const HEARTBEAT_MS = 15_000;
/** How long a browser waits before it connects again. */
const RETRY_MS = 3_000;
/** More kinds of change than this unread, and asking for everything again is cheaper than listing them. */
const MAX_WAITING = 1_000;

/**
 * Server-sent events for one viewer. Starts with `hello`, which tells the browser to ask for everything it shows: there
 * is no history, so `Last-Event-ID` needs no answer. What a slow viewer has not read yet is kept once per subject, never
 * twice, and becomes another `hello` when it grows too long; a viewer costs a few kilobytes and nothing at AWS.
 */
export function eventStream({ subscribe, version, signal, headers }: EventStreamOptions): Response {
  const encoder = new TextEncoder();
  const waiting = new Map<string, CatalogEvent>();
  let wake: (() => void) | undefined;
  let sequence = 0;
  let close: () => void = () => undefined;

  const put = (events: CatalogEvent[]) => {
    for (const event of events) {
      if (!waiting.has('hello')) waiting.set(JSON.stringify(event), event);
    }
    if (waiting.size > MAX_WAITING) {
      waiting.clear();
      waiting.set('hello', { type: 'hello', version });
    }
    wake?.();
  };

  const flush = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const frames = [...waiting.values()].map(
      (event) => `id: ${++sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`,
    );
    waiting.clear();
    controller.enqueue(encoder.encode(frames.join('')));
  };

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const unsubscribe = subscribe(put);
      const heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': still here\n\n'));
      }, HEARTBEAT_MS);
      close = () => {
        clearInterval(heartbeat);
        unsubscribe();
        signal.removeEventListener('abort', end);
        wake?.();
      };
      const end = () => {
        close();
        try {
          controller.close();
        } catch {
          // The reader closed it first.
        }
      };
      signal.addEventListener('abort', end, { once: true });
      if (signal.aborted) return end();
      controller.enqueue(encoder.encode(`retry: ${RETRY_MS}\n\n`));
      waiting.set('hello', { type: 'hello', version });
    },
    async pull(controller) {
      if (waiting.size === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      if (waiting.size > 0 && !signal.aborted) flush(controller);
    },
    cancel() {
      close();
    },
  });

  return new Response(body, {
    headers: {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      // `no-transform` keeps the server and proxies from compressing, which would hold events back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
