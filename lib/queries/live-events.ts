import { CATALOG_EVENT_TYPES, type CatalogEvent, catalogEventSchema } from '../contract/events';

/**
 * connecting: not heard yet. live: changes arrive. reconnecting: the line broke and is being mended.
 * gone: several attempts failed, the server does not answer. asleep: the tab is hidden and asks for nothing.
 */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'gone' | 'asleep';

/** What of an EventSource is used. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

interface LiveEventsOptions {
  open: () => EventSourceLike;
  onState: (state: LiveState) => void;
  /** The first event of every line is `hello`: what is on screen may be older than the line. */
  onEvent: (event: CatalogEvent) => void;
}

const FIRST_DELAY_MS = 1000;
const LAST_DELAY_MS = 15_000;
/** After one and two seconds of trying: longer than a server takes to start again after a crash is not worth hiding. */
const FAILURES_UNTIL_GONE = 3;

/**
 * Keeps one line of server-sent events open: closes it when it breaks, tries again with growing pauses (the browser's
 * own way gives up at an answer such as 503), and says what state it is in. Words it does not know are passed over.
 */
export function createLiveEvents({ open, onState, onEvent }: LiveEventsOptions) {
  let source: EventSourceLike | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function connect() {
    clearTimeout(retry);
    source?.close();
    const line = open();
    source = line;
    line.addEventListener('open', () => {
      failures = 0;
      onState('live');
    });
    for (const type of CATALOG_EVENT_TYPES) {
      line.addEventListener(type, ({ data }) => {
        const event = parseEvent(data);
        if (event) onEvent(event);
      });
    }
    line.addEventListener('error', () => {
      line.close();
      failures += 1;
      onState(failures >= FAILURES_UNTIL_GONE ? 'gone' : 'reconnecting');
      retry = setTimeout(connect, Math.min(LAST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1)));
    });
  }

  function close() {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  }

  return {
    start() {
      onState('connecting');
      connect();
    },
    /** Tries at once, for a person who does not want to wait or a machine that woke up. */
    retryNow() {
      failures = 0;
      onState('reconnecting');
      connect();
    },
    sleep() {
      close();
      onState('asleep');
    },
    isAsleep: () => source === undefined,
    close,
  };
}

function parseEvent(data: string): CatalogEvent | undefined {
  try {
    const parsed = catalogEventSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
