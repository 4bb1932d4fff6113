import 'server-only';
import type { CatalogEvent } from '@/lib/contract/events';

export type CatalogListener = (events: CatalogEvent[]) => void;

/** Who hears of changes in the catalog: the server-sent events route, and tests. */
export interface EventBus {
  publish(event: CatalogEvent): void;
  /** Listeners get what was published within one window at once, each event a single time. Returns how to leave. */
  subscribe(listener: CatalogListener): () => void;
  /** Sends what is waiting now instead of at the end of the window. */
  flush(): void;
  close(): void;
}

/** 250 ms: one page of a list touches 100 jobs within a few milliseconds, and nobody sees a quarter of a second. */
const WINDOW_MS = 250;

/** An event bus inside this process. Order is kept; the same event published twice in a window is sent once. */
export function createEventBus(windowMs = WINDOW_MS): EventBus {
  const listeners = new Set<CatalogListener>();
  let waiting = new Map<string, CatalogEvent>();
  let timer: NodeJS.Timeout | undefined;

  function flush() {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    const events = [...waiting.values()];
    waiting = new Map();
    for (const listener of [...listeners]) {
      try {
        listener(events);
      } catch {
        // A browser that went away must not keep the others from hearing.
        listeners.delete(listener);
      }
    }
  }

  return {
    publish(event) {
      waiting.set(JSON.stringify(event), event);
      if (timer) return;
      timer = setTimeout(flush, windowMs);
      timer.unref();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush,
    close() {
      clearTimeout(timer);
      timer = undefined;
      waiting = new Map();
      listeners.clear();
    },
  };
}
